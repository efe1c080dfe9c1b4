"""Whether a person who writes says that a sign is there: not denied, not long past, not a textbook's question.

Doubt counts as yes: what is asked ("是不是抽搐") or supposed ("如果抽搐怎么办") is advised on.
"""

from __future__ import annotations

import re

from pedcorpus.curate.sense import clause_start, sentence_span
from pedcorpus.facts import Reading
from pedcorpus.inference.emergency.elsewhere import is_elsewhere

__all__ = ["is_asserted"]

_FILLING = r"(?:\s|再|又|出现|发生|发现|见到?|伴有?|任何|明显|有|的|过|了|什么|也|any|signs? of|had|has|have|having|showing|been|a|an|the|more)*"
_LISTED = r"(?:[^,;。!?\s]{1,9}(?:、|和|及|或者?|以及|与|/|\s(?:and|or|nor)\s))*"
_GOVERNED = re.compile(rf"{_FILLING}{_LISTED}{_FILLING}")
"""What may stand between a denying word and what it denies; 不知道为什么突然抽搐 denies no fit."""
_LIST_BEFORE = re.compile(r"[a-z ]{2,40}(?:, [a-z ]{2,25})*(?:, |,? (?:or|nor) )")
_LIST_AFTER = re.compile(r"[a-z ]*(?:, [a-z ]{2,25})*,? (?:or|nor) ")
_HOW_TO_PREVENT = re.compile(r"[^,;。!?]{0,6}(?:预防|防止|避免)")
_PREVENTED = re.compile(r"(?:预防|防止|避免|以防|以免|排除|除外|prevent(?:ing)?|avoid(?:ing)?)[^,;。!?]{0,6}$")
_CLAUSE_END = re.compile(r"[,;。!?\n]")
_NEAR = 24
_QUESTION_FORM = "有是会要能"
_PAST = re.compile(
    r"去年|前年|以前|曾|小时候|既往|病史|上个?月|上次|年前|个月前|出生的?(?:时|那)|[生当]下来(?:的时|那)|那时候?"
    r"|last (?:year|month)|(?:years?|months?) ago|used to|history of|\b(?:as a|when (?:he|she) was) (?:\w+ )?(?:newborn|baby|infant|toddler|born|little|young)"
)
_LATELY_PAST = re.compile(r"上个?(?:周|星期|礼拜)|(?:一|两|几|\d)个?(?:周|星期|礼拜)前|last week|weeks? ago")
_OVER = re.compile(
    r"(?:已经?|早就?|都|就|全|现在|这几天)[^,。;!?]{0,4}(?:好了|没事|正常|恢复|痊愈|消了|好好的|不(?:出血|抽|喘|烧|吐|肿)了)|(?:fine|well|normal|better|healthy) (?:now|since)|(?:fully|completely) recovered|nothing since"
)
_FEARED = re.compile(
    r"(?:怕|担心|害怕|担忧|恐怕)[^,。;!?]{0,14}会[^,。;!?]{0,8}$|会不会(?!是|在|已|又)[^,。;!?]{0,6}$"
    r"|(?:worried|afraid|scared|fear|worry)[^.;!?]{0,20}\b(?:might|could|would|will|may)\b[^.;!?]{0,12}$"
    r"|\b(?:can|could|does|do|will|would|may|might)\b[^.;!?]{0,25}\b(?:cause|make|give|lead to|trigger|bring on)\b[^.;!?]{0,20}$"
)
_NOW = re.compile(r"又|再次|现在|刚|今天|正在|昨|今早|\bnow\b|\bagain\b|\btoday\b|\bjust\b")
_TEXTBOOK = re.compile(
    r"定义|概念|机制|机理|病因|病理|原因有哪些|分型|分类|分度|诊断标准|诊断依据|诊断要点|鉴别|治疗原则|并发症有|预后|流行病学|发病率|临床表现|表现有哪些|见于哪些|常见于"
    r"|什么是|是指|用法用量|\bdefin|\bpathogen|\bmechanism|\baetiolog|\betiolog|\bclassif|\bcriteria|\bepidemiolog|\bdifferential|\bmanagement of\b|\bcauses of\b"
)
_SOMEBODY = re.compile(
    r"我|俺|孩子|宝宝|宝贝|娃|儿子|女儿|闺女|小孩|患儿|他|她|岁|月大|月龄|今天|昨|刚|突然|正在|怎么办|\b(?:my|he|she|his|her|our|baby|son|daughter)\b|了(?=[,。!?;\s]|$)"
)


def is_asserted(reading: Reading, start: int, end: int) -> bool:
    """Is what stands at `start:end` of the text something that may be there now?"""
    text = reading.text
    begin = clause_start(text, start)
    return not (
        _is_denied(reading, begin, start, end)
        or _is_past(text, begin, end)
        or _is_over(text, start)
        or _is_feared(text, start)
        or _is_of_textbooks(text, start)
        or is_elsewhere(text, start)
    )


def _is_denied(reading: Reading, begin: int, start: int, end: int) -> bool:
    text = reading.text
    if _PREVENTED.search(text, begin, start) or _HOW_TO_PREVENT.match(text, end):
        return True
    for first, last in reading.denials:
        if begin <= first and last <= start and not (first and text[first - 1] in _QUESTION_FORM):
            if _GOVERNED.fullmatch(text, last, start):
                return True
        elif last <= start and _is_listed(text, last, start, end):
            return True
    return False


def _is_listed(text: str, denied: int, start: int, end: int) -> bool:
    """Is it part of an English list, as in: no cyanosis, seizures or grunting?"""
    listed = _LIST_BEFORE.fullmatch(text, denied, start)
    return bool(listed and (listed.group().endswith("or ") or _LIST_AFTER.match(text, end)))


def _is_past(text: str, begin: int, end: int) -> bool:
    after = _CLAUSE_END.search(text, end)
    end = min(end + _NEAR, after.start() if after else len(text))
    return bool(_PAST.search(text, begin, end) and not _NOW.search(text, begin, end))


def _is_over(text: str, start: int) -> bool:
    """Was it there a week ago or more, and is it said to have passed?"""
    first, last = sentence_span(text, start)
    return bool(_LATELY_PAST.search(text, first, start) and _OVER.search(text, start, last))


def _is_feared(text: str, start: int) -> bool:
    """Is it what somebody is afraid of, or wonders whether it may come?"""
    first, _ = sentence_span(text, start)
    return _FEARED.search(text, first, start) is not None


def _is_of_textbooks(text: str, start: int) -> bool:
    span = sentence_span(text, start)
    return bool(_TEXTBOOK.search(text, *span)) and not _SOMEBODY.search(text)
