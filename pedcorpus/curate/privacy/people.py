"""Recogniser `people`: names before titles (王医生, 浩浩妈妈), after cues (患儿李小明) and in English (Dr Smith).

A surname alone is no name: Chinese surnames end and begin common words (提高医生的, 麻黄, 唐氏综合征). The title or cue
says that a name may stand here, the characters and what stands around them decide how much of it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pedcorpus.curate.privacy.identifier import Identifier
from pedcorpus.curate.privacy.words import characters_of, words_of
from pedcorpus.facts.lookup import matches_from
from pedcorpus.records import IdentifierKind as Kind

__all__ = ["RECOGNISER"]

_SURNAMES = characters_of("names.txt", "surnames")
_RISKY = characters_of("names.txt", "risky") - _SURNAMES
_COMPOUND = words_of("names.txt", "compound")
_GIVEN = characters_of("names.txt", "given")
_WIDE = _GIVEN | characters_of("names.txt", "wide")
_NOT_GIVEN = characters_of("names.txt", "not_given")
_NOT_PEOPLE = words_of("names.txt", "not_people")
_NOT_NICKNAMES = words_of("names.txt", "not_nicknames")
_FOLLOW = tuple(sorted(words_of("names.txt", "follow_words")))

_DOCTOR = "副?主任医师|主治医师|住院医师|医生|大夫|医师|主任|教授|护士长|护士|院长|专家|老师|药师|治疗师"
_PERSON = "女士|先生|小姐|太太|阿姨|叔叔|同学"
_KIN = "妈妈|爸爸|奶奶|爷爷|外婆|外公|姥姥|姥爷|家长|母亲|父亲|妈|爸"
_CALL = "小朋友|小盆友|宝宝|宝贝"
_TITLE = re.compile(f"(?P<call>的?(?:{_KIN})|{_CALL})|{_DOCTOR}|{_PERSON}")
_TITLE_AFTER = re.compile(f"{_DOCTOR}|{_PERSON}|{_KIN}|{_CALL}")
_BEFORE_NAME = frozenset(
    '是找由让请看给和与跟同叫到了谢位问的见听说在向为：:，。,.、；;！!？?“”"（(）) \n\t及或按据经去挂约把被对从等你您我他她好'
)
_CUE = re.compile(
    r"(?P<strong>(?:患儿|患者|病人|家长|监护人|联系人|母亲|父亲|医生|医师|签发人|报告人|审核人|孩子|宝宝|学生)?(?:姓名|名字|全名|大名|小名|乳名|签名|签字)\s?(?:叫做?|是|为|[:：]|\s)\s*"
    r"|(?:名叫|取名|小名叫?|大名叫?|昵称|户名)\s?[:：]?\s*)"
    r"|(?P<colon>(?:患儿|患者|病人|家长|监护人|联系人|母亲|父亲|母|父|医生|医师|主治|护士|记录者|记录人|陪护人?|申请人|报告人|审核人|收件人)\s?[:：]\s*)"
    r"|(?P<weak>(?:孩子|宝宝|儿子|女儿|小孩|娃|他|她|我|弟弟|妹妹|哥哥|姐姐|妈妈|爸爸)?叫|患儿|患者|病人|病儿|家长|家属|监护人|母亲|父亲|儿子|女儿|宝宝|孩子|外孙女?|孙子|孙女|学生|男孩|女孩|男童|女童|产妇|孕妇|医生|医师|大夫|护士|主任|教授|"
    r"联系人|我是|本人)"
)
_ENGLISH_TITLE = re.compile(
    r"(?<![A-Za-z])(?:Drs?|Mr|Mrs|Ms|Miss|Prof|Professor|Doctor|Nurse|Sister)\.?\s(?P<name>[A-Z][A-Za-z'’]*[a-z](?:[- ][A-Z][A-Za-z'’]*[a-z]){0,2})"
)
_ENGLISH_CUE = re.compile(
    r"(?<![A-Za-z])(?:[Mm]y name is|[Nn]ame(?: is|d)?\s?:?|[Pp]atient:|[Ss]on|[Dd]aughter|[Mm]other|[Ff]ather|[Pp]atient|[Cc]alled)\s"
    r"(?P<name>[A-Z][a-z'’]+(?: [A-Z][a-z'’]+){1,2})(?![A-Za-z])"
)
_TITLE_STARTS = re.compile("[的妈爸奶爷外姥家母父小宝副主住医大教护院专老药治女先太阿叔同]")
_CUE_STARTS = re.compile(
    "[患病家监联母父医签报审孩宝学姓名全大小乳取昵户主护记陪申收儿女娃他她我弟妹哥姐妈爸叫外孙男产孕教本]"
)
_LATIN = re.compile("[A-Z][a-z'’]")
_NUMERALS = frozenset("一二三四五六七八九十")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


class PeopleRecogniser:
    """Names by what stands around them."""

    name = "people"
    version = 2

    def identifiers(self, text: str) -> Iterator[Identifier]:
        for title in matches_from(_TITLE_STARTS, _TITLE, text):
            start = _name_before(text, title.start(), is_call=title["call"] is not None)
            if start is not None:
                yield Identifier(start, title.start(), Kind.PERSON, 0.85)
        for cue in matches_from(_CUE_STARTS, _CUE, text):
            end = _name_after(text, cue.end(), strength=str(cue.lastgroup))
            if end is not None:
                yield Identifier(cue.end(), end, Kind.PERSON, 0.9 if cue.lastgroup != "weak" else 0.8)
        for pattern in (_ENGLISH_TITLE, _ENGLISH_CUE) if _LATIN.search(text) else ():
            for match in pattern.finditer(text):
                yield Identifier(*match.span("name"), Kind.PERSON, 0.85)


def _name_before(text: str, end: int, *, is_call: bool) -> int | None:
    """Where the name that ends at `end`, before a title, begins; none if there is none."""
    best: int | None = None
    is_baby = text.startswith("宝", end)  # 祝宝宝健康, 照顾宝宝
    for length in (1, 2, 3, 4):
        start = end - length
        if start < 0 or not _HAN.match(text[start]):
            break
        if _is_name(text, start, end, is_call=is_call) and not (is_baby and text[start] in _SURNAMES | _RISKY):
            best = start
    return best


def _is_name(text: str, start: int, end: int, *, is_call: bool) -> bool:
    """May `text[start:end]`, before a title, be a whole name?"""
    name = text[start:end]
    opens = start == 0 or text[start - 1] in _BEFORE_NAME or not _HAN.match(text[start - 1]) or _ends_cue(text, start)
    if len(name) > 1 and (name in _NOT_PEOPLE or name[-2:] in _NOT_PEOPLE):
        return False
    if len(name) == 1:
        before = text[max(0, start - 1) : end]
        return before not in _NOT_PEOPLE and (name in _SURNAMES or (name in _RISKY and opens))
    if name[:2] in _COMPOUND:
        return opens and all(character not in _NOT_GIVEN for character in name[2:])
    if len(name) <= 3 and opens and name[0] in (_SURNAMES | _RISKY):
        return not _NOT_GIVEN.intersection(name[1:]) and (name[0] in _SURNAMES or _WIDE.issuperset(name[1:]))
    return is_call and _is_nickname(name, opens=opens)


def _is_nickname(name: str, *, opens: bool) -> bool:
    if name in _NOT_NICKNAMES or len(name) > 3:
        return False
    stem = name[1:] if name[0] in "小阿" else name
    if not opens or any(character in _NOT_GIVEN for character in stem):
        return False
    if len(stem) == 2 and stem[0] == stem[1]:
        return True
    return all(character in _GIVEN for character in stem) and len(name) == 2


def _ends_cue(text: str, end: int) -> bool:
    """Does a cue stand directly before `end`?"""
    return any(match.end() == end for match in _CUE.finditer(text, max(0, end - 8), end))


def _name_after(text: str, start: int, *, strength: str) -> int | None:
    """Where the name that begins at `start`, after a cue, ends; none if there is none."""
    compound = text[start : start + 2] in _COMPOUND
    opened = start + (2 if compound else 1)
    if not compound and text[start : start + 1] not in (_SURNAMES | _RISKY):
        return _call_name_after(text, start) if strength == "strong" else None
    for end in (opened + 2, opened + 1, opened):
        given = text[opened:end]
        if len(given) != end - opened or not all(map(_may_be_given, given)):
            continue
        if text[start] not in _SURNAMES and _NUMERALS & set(given):
            continue
        if text[start:end] in _NOT_PEOPLE or text[start : start + 2] in _NOT_PEOPLE:
            continue
        if given and _closes(
            text, end, is_sure=compound or strength != "weak" or text[start] in _SURNAMES or _WIDE.issuperset(given)
        ):
            return end
        if not given and _TITLE_AFTER.match(text, end) and text[start] in _SURNAMES:
            return end
    return None


def _may_be_given(character: str) -> bool:
    return character not in _NOT_GIVEN and _HAN.match(character) is not None


def _closes(text: str, end: int, *, is_sure: bool) -> bool:
    """Can a name end here? An unsure one only before a sign."""
    if end == len(text) or not _HAN.match(text[end]):
        return True
    return is_sure and text.startswith(_FOLLOW, end)


def _call_name_after(text: str, start: int) -> int | None:
    """A name without a surname after a cue that says that a name comes: 小名叫豆豆."""
    for end in (start + 3, start + 2):
        name = text[start:end]
        if len(name) == end - start and all(map(_may_be_given, name)) and _closes(text, end, is_sure=True):
            return end
    return None


RECOGNISER = PeopleRecogniser()
