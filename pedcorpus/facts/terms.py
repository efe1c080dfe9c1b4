"""What a stretch of text is about: pairs of characters in Chinese, word stems in English, without the words of form."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from pedcorpus.facts.lookup import words_pattern

__all__ = ["TermIndex", "terms"]

_SAME = {
    "发烧": "发热", "高烧": "高热", "低烧": "低热", "退烧": "退热", "烧": "热", "抽搐": "惊厥", "抽风": "惊厥", "抽筋": "惊厥", "打针": "注射", "吃药": "服药",
    "孩子": "患儿", "宝宝": "患儿", "小孩": "患儿", "患者": "患儿", "病人": "患儿", "病儿": "患儿", "儿童": "患儿", "小儿": "患儿", "婴幼儿": "患儿",
    "拉肚子": "腹泻", "肚子痛": "腹痛", "肚子疼": "腹痛", "嗓子疼": "咽痛", "喉咙痛": "咽痛", "起疹子": "皮疹", "疹子": "皮疹", "出疹": "皮疹",
    "传染": "传播", "预防接种": "接种", "自己": "自行", "自然": "自行", "自愈": "自行缓解", "好转": "缓解", "停止": "缓解", "消退": "缓解", "恢复": "缓解",
    "大多数": "多数", "大部分": "多数", "绝大多数": "多数", "大多": "多数", "常见于": "多见", "多见于": "多见", "好发于": "多见", "最常见": "多见", "多发": "多见",
    "高发": "多见", "病死率": "死亡", "死亡率": "死亡", "病死": "死亡", "发病率": "发生", "患病率": "发生", "发生率": "发生", "头疼": "头痛", "医院": "就诊", "就医": "就诊", "看医生": "就诊",
    "需要": "需", "必须": "应", "应当": "应", "应该": "应", "须": "需", "宜": "应", "使用": "用", "应用": "用", "采用": "用", "选用": "用", "给予": "用", "服用": "用",
    "发痒": "瘙痒", "肛门周围": "肛周", "晚上": "夜间", "夜里": "夜间", "夜晚": "夜间", "早晨": "清晨", "早上": "清晨", "止痛": "镇痛", "忌口": "忌食",
    "声音嘶哑": "声嘶", "嗓子哑": "声嘶", "拉稀": "腹泻", "流鼻涕": "流涕", "心慌": "心悸", "狗叫": "犬吠", "起病": "发病", "得病": "发病",
    "腰穿": "腰椎穿刺", "效果": "效", "疗效": "效", "喂奶": "哺乳", "哺喂": "哺乳", "母乳喂养": "哺乳",
}  # fmt: skip
_CHANGED = re.compile(words_pattern(_SAME))
_PIECE = re.compile(
    "[^\\u0000-\\u4dff\\ua000-\\uffff的了在是为与和或及等以于者其该此这那个之所也都就还则即可应需用会能要时中约常作做有不无未勿没多较更最而且但被把将由从到至向对按每各或若如因]+"
)
_ANY_LATIN = re.compile("[a-z]{3}")
_LATIN = re.compile(r"[a-z][a-z\d]+")
_STOP = frozenset(
    "the and for with that this are was were has have had from should can may will not without than more less over under "
    "between within into onto when which who whom whose their its his her them they you your our any all each per most "
    "usually commonly often generally mainly also such then does did been being about these those there here what how why "
    "child children patient patients infant infants kid kids once twice daily day days week weeks month months year years "
    "hour hours minute minutes dose doses given give gives treated treatment used use using needed need needs required "
    "recommended neither nor mostly mainly especially preferably case cases occurs occur seen age aged older younger least before after until while because due both either".split()
)
_ENDINGS = ("ations", "ation", "ions", "ion", "ings", "ing", "ally", "ed", "es", "ly", "ic", "al", "s", "e", "y")


def terms(text: str) -> frozenset[str]:
    """Terms of a plain text."""
    return TermIndex(text).between(0, len(text))


class TermIndex:
    """Terms of one plain text with their places."""

    def __init__(self, text: str) -> None:
        found = [*_latin(text), *_han(text)] if _ANY_LATIN.search(text) else [*_han(text)]
        found.sort()
        self._places = [place for place, _ in found]
        self._terms = [term for _, term in found]

    def between(self, start: int, end: int) -> frozenset[str]:
        """Those that begin in `start:end`."""
        first, last = bisect_left(self._places, start), bisect_left(self._places, end)
        return frozenset(self._terms[first:last])


def _latin(text: str) -> Iterator[tuple[int, str]]:
    for match in _LATIN.finditer(text):
        if match.end() - match.start() > 2 and match.group() not in _STOP:
            yield match.start(), _stem(match.group())


def _han(text: str) -> Iterator[tuple[int, str]]:
    changed, shifts = _changed(text)
    shift = turn = 0
    for match in _PIECE.finditer(changed):
        at = match.start()
        while turn < len(shifts) and shifts[turn][0] <= at:
            shift = shifts[turn][1]
            turn += 1
        piece = match.group()
        if len(piece) == 1:
            yield at - shift, piece
        for index in range(len(piece) - 1):
            yield at - shift + index, piece[index : index + 2]


def _changed(text: str) -> tuple[str, list[tuple[int, int]]]:
    """`text` with one word for each meaning, and from where on it is how much longer than `text`."""
    parts: list[str] = []
    shifts: list[tuple[int, int]] = []
    last = length = 0
    for match in _CHANGED.finditer(text):
        word = _SAME[match.group()]
        parts += (text[last : match.start()], word)
        length += match.start() - last + len(word)
        last = match.end()
        shifts.append((length, length - last))
    return "".join((*parts, text[last:])) if parts else text, shifts


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
