"""Vital signs that a text states: which sign, how much, whose age, and whether as a child's own or as what is normal."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pedcorpus.curate.sense.ages import StatedAge, ages_between, find_ages
from pedcorpus.curate.sense.people import OTHERS, sentence_span
from pedcorpus.curate.sense.vital_table import SignName

__all__ = ["HINT", "StatedSign", "find_signs"]

Use = Literal["normal", "too_fast", "own", "other"]
HINT = re.compile(r"次|℃|°|℉|度|血压|收缩压|%|％|min|bpm|breaths|beats|[mM]{2}[hH][gG]|[kK][pP]a")
"""Stands in every text that holds a sign with its unit."""
_N = r"(?<![\d.\-])\d{1,4}(?:\.\d{1,2})?"
_MINUTE = r"次\s*(?:/\s*|每)(?:分钟?|min)|\bbpm\b|(?:beats|breaths|times)\s*(?:/|per|a)\s*min(?:ute)?|/\s*min\b"
_VALUE = re.compile(
    rf"(?P<bound>[<>≥≤]|超过|大于|高于|小于|低于|不足|达到?|over|above|under|below|more than|less than)?\s{{0,3}}=?(?:每分钟?\s{{0,3}})?(?P<a>{_N})"
    rf"(?:\s*(?:{_MINUTE}|℃|度|%|mmhg)?\s*(?:~|-|至|到|to|and)\s*(?P<b>\d{{1,4}}(?:\.\d{{1,2}})?))?(?:\s*/\s*(?P<low>\d{{1,3}}))?\s*"
    rf"(?P<u>{_MINUTE}|次(?=[,。;!?\s)]|$)|℃|°c|摄氏度|度(?!的|脱|烧|房|营|缺|以|过|水|腹|贫|窒|黄|肥|[ivx])|℉|°f|华氏度|%|mm\s?hg|毫米汞柱|kpa|千帕)(?P<end>\s*(?:及?以[上下]))?"
)
_RATE, _HEAT, _SHARE, _PRESSURE = "rate", "heat", "share", "pressure"
_WORDS: tuple[tuple[SignName, str, str], ...] = (
    ("heart_rate", _RATE, r"心率|心跳|脉搏|脉率|\bheart rate|\bpulse(?: rate)?\b|\bhr\b"),
    (
        "respiratory_rate",
        _RATE,
        r"呼吸(?:频率|次数)?(?!机|暂停|支持|囊)|\b(?:respiratory|breathing) rate|\bbreath(?:s|ing)\b|\brr\b",
    ),
    (
        "temperature",
        _HEAT,
        r"体温(?!计)|腋温|肛温|耳温|口温|直肠温|发热|发烧|高烧|低烧|高热|低热|烧到?|\btemperature|\bfever",
    ),
    ("oxygen_saturation", _SHARE, r"血氧饱和度|氧饱和度|血氧|\bspo2|\bsao2|oxygen saturation|saturation"),
    ("systolic_bp", _PRESSURE, r"收缩压|血压(?!计)|\bsystolic|\bblood pressure|\bbp\b"),
)
_WORD = re.compile("|".join(f"(?P<{name}>{words})" for name, _, words in _WORDS))
_KIND: dict[str, str] = {name: kind for name, kind, _ in _WORDS}
_CHANGE = re.compile(
    r"(?:每(?!分)|升高|上升|升|下降|降低|降|增加|增快|加快|减少|减慢|相差|差|波动|不超过|幅度|increase[sd]?(?: by)?|rise of|fall of|drop(?:s|ped)? by)[^\d,;。到至为达]{0,4}$"
)
_NOT_A_CHILDS = re.compile(
    r"按压|通气|呼吸机|呼吸囊|复苏|胎心|胎儿|水温|室温|箱温|环境|温箱|冷藏|保存|培养|胎动|compress|ventilat|fetal|foetal|water|room|骤停|停搏|濒死|舒张压|平均动脉压|脉压|diastolic|arrest"
)
_RELATIVE = re.compile(r"(?:低于|高于|比|超过)(?:正常)?$")
_FEVERS = re.compile(r"发热|发烧|[高低]烧|[高低]热|烧|fever")
_ADULT = re.compile(OTHERS)
_NORMAL = re.compile(r"(?<!不)正常(?!生理盐水)|参考值|参考范围|\bnormal(?! saline)")
_FAST = re.compile(r"增快|过速|急促|气促|加快|呼吸快|过快|fast breathing|tachy\w+")
_CLASSES: tuple[tuple[str, tuple[float, float]], ...] = (
    ("新生儿", (0, 1)), ("newborn", (0, 1)), ("婴幼儿", (0, 36)), ("小婴儿", (0, 6)), ("婴儿", (0, 12)), ("infant", (0, 12)),
    ("幼儿", (12, 36)), ("学龄前", (36, 84)), ("学龄", (60, 156)), ("青少年", (120, 216)), ("青春期", (108, 216)),
    ("儿童", (0, 216)), ("小儿", (0, 216)), ("孩子", (0, 216)), ("小孩", (0, 216)), ("宝宝", (0, 36)), ("child", (0, 216)),
)  # fmt: skip
_CLASS = re.compile("|".join(name for name, _ in _CLASSES))
_BAND = re.compile(
    r"(?P<a>\d{1,2})\s*(?P<ua>个月|月龄|月|岁)?\s*(?:~|-|至|到)\s*(?P<b>\d{1,2})\s*(?P<u>个月|月龄|岁|years?|months?)"
    r"|(?:<|不足|小于|未满|under )\s*(?P<under>\d{1,2})\s*(?P<uu>个月|月龄|月|岁)(?:龄)?"
    r"|(?P<below>\d{1,2})\s*(?P<ub>个月|月龄|月|岁)(?:龄)?(?:及?以下|以内|内)|(?:>|≥|超过|大于)\s*(?P<over>\d{1,2})\s*(?P<uo>个月|月龄|岁)|(?P<above>\d{1,2})\s*(?P<ux>个月|月龄|岁)(?:及?以上)"
)
_LISTED = 80
"""The same within a list of what is normal at one age after the other."""
_FAR = 14
"""Characters between a sign's word and its number at most, where nothing else is said between them."""


class StatedSign(NamedTuple):
    """One value or range of a sign at `start:end` of a plain text, in the sign's own unit."""

    start: int
    end: int
    sign: SignName
    low: float | None
    """`None` where only a highest value is given."""
    high: float | None
    ages: tuple[float, float] | None
    """Ages that the sentence says it for."""
    use: Use


def find_signs(text: str) -> Iterator[StatedSign]:
    """Every vital sign of a plain text that is a child's, in order."""
    words = list(_WORD.finditer(text))
    if not words:
        return
    stated: list[StatedAge] | None = None
    for value in _VALUE.finditer(text):
        word = _word_of(value, words, text)
        if word is None:
            continue
        start, end = sentence_span(text, value.start())
        before = text[max(start, word.start() - 12) : value.start("a")]
        if _CHANGE.search(before) or _NOT_A_CHILDS.search(before):
            continue
        name: SignName = word.lastgroup  # type: ignore[assignment]  # the groups are the names
        stated = list(find_ages(text)) if stated is None else stated
        ages = _ages_before(text, (start, end), value.start(), stated)
        if _RELATIVE.search(text, max(0, word.start() - 6), word.start()):
            continue
        use = _use(text, (max(start, word.start() - 20), min(end, value.end() + 10)), before)
        yield StatedSign(word.start(), value.end(), name, *_ends(value, use), ages, use)


def _word_of(value: re.Match[str], words: Sequence[re.Match[str]], text: str) -> re.Match[str] | None:
    """The sign that `value` is of: the last word before it, near by, or anywhere before it in its sentence for rates."""
    before = bisect_right(words, value.start("a"), key=lambda word: word.end())
    last = words[before - 1] if before else None
    if last is None or value.start() - last.end() > _LISTED or _KIND[last.lastgroup or ""] != _unit_kind(value["u"]):
        return None
    between = text[last.end() : value.start()]
    if len(between) <= _FAR and not re.search(r"[。!?\n;\d]", between):
        return last
    is_listed = _unit_kind(value["u"]) == _RATE and not re.search(r"[。!?\n]", between)
    return last if is_listed and _NORMAL.search(text, *sentence_span(text, value.start())) else None


def _unit_kind(unit: str) -> str:
    if unit in ("%",):
        return _SHARE
    if "hg" in unit or "汞" in unit or unit in ("kpa", "千帕"):
        return _PRESSURE
    return _HEAT if unit in ("℃", "°c", "摄氏度", "度", "℉", "°f", "华氏度") else _RATE


def _ends(value: re.Match[str], use: Use) -> tuple[float | None, float | None]:
    low, high = sorted((float(value["a"]), float(value["b"] or value["a"])))
    if value["u"] in ("kpa", "千帕"):
        low, high = low * 7.50062, high * 7.50062
    if value["u"] in ("℉", "°f", "华氏度"):
        low, high = (low - 32) / 1.8, (high - 32) / 1.8
    bound = value["bound"] or ""
    if use == "normal" and not value["b"]:
        if bound in (">", "≥", "超过", "大于", "高于", "over", "above", "more than") or (value["end"] or "").endswith(
            "上"
        ):
            return low, None
        if bound in ("<", "≤", "小于", "低于", "不足", "under", "below", "less than") or (value["end"] or "").endswith(
            "下"
        ):
            return None, high
    return low, high


def _use(text: str, around: tuple[int, int], before: str) -> Use:
    if _ADULT.search(before):
        return "other"
    if _FEVERS.search(before):
        return "own"
    if _FAST.search(text, *around):
        return "too_fast"
    return "normal" if _NORMAL.search(text, *around) else "own"


def _ages_before(
    text: str, sentence: tuple[int, int], position: int, stated: Sequence[StatedAge]
) -> tuple[float, float] | None:
    """The last age, band of ages or name of an age before `position` in its sentence, else the only one after it."""
    start, end = sentence
    found = [(age.start, (age.low, age.high)) for age in ages_between(stated, start, end)]
    found += [(match.start(), _band(match)) for match in _BAND.finditer(text, start, end)]
    before = [item for item in found if item[0] < position]
    if before:
        return max(before)[1]
    classes = list(_CLASS.finditer(text, start, position))
    if classes:
        return dict(_CLASSES)[classes[-1].group()]
    return found[0][1] if len(found) == 1 else None


def _band(match: re.Match[str]) -> tuple[float, float]:
    if match["a"]:
        is_years = match["u"] in ("岁",) or match["u"].startswith("year")
        first = 12.0 if (match["ua"] == "岁" or (is_years and not match["ua"])) else 1.0
        return float(match["a"]) * first, float(match["b"]) * (12.0 if is_years else 1.0) + (11.0 if is_years else 0.0)
    top, bottom = match["under"] or match["below"], match["over"] or match["above"]
    scale = 12.0 if "岁" in (match["uu"], match["ub"], match["uo"], match["ux"]) else 1.0
    return (0.0, float(top) * scale) if top else (float(bottom) * scale, 216.0)
