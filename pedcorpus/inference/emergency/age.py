"""How young a child is, as parents say it in a chat: 两个月大, 才45天, 满月, 新生儿, 6-week-old; durations are no ages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pedcorpus.curate.sense import find_ages
from pedcorpus.facts import Reading

__all__ = ["ages_said", "asks_for_age"]

DAYS_A_MONTH = 365.25 / 12
_NEWBORN = re.compile(
    r"新生儿|(?:出生|才|宝宝|娃|孩子)十[几来]天|(?<!未)满月(?!后)|未满月|没满月|(?:没|刚|才)?出月子|坐月子|刚出生|刚生(?:下来)?|早产儿|月子里|\bnew-?born\b|\bneonate\b"
)
_BEFORE = re.compile(
    r"(?:才|刚满?|只有|就|仅|出生|生下来?|生后|还?不到|未满|不满|不足|没到|宝宝|宝贝|宝|娃|孩子|小孩|婴儿?|儿子|女儿|闺女|他|她|岁数|年龄|月龄|是个?|大概|差不多"
    r"|\b(?:is|only|just|aged?|at|under|of)|\b(?:he|she|baby)'s)\s*$"
)
_ILL_BEFORE = re.compile(r"(?:烧|热|咳|拉|吐|喘|泻|痛|哭|抽|病|持续|已经?|有|了|共|for)\s*$")
_AFTER = re.compile(
    r"\s*(?:零?\d{1,2}天)?(?:了)?(?:大|龄|的?(?:小?宝|小?婴|孩|娃|男|女|小家伙|新生)|old|[- ]old|的(?=[,。!?;\s]|$))"
)
_DURATION_AFTER = re.compile(r"\s*(?:没|不|未|都|前|来|内|以?后|之|一次|未|with|of fever|ago)")
_SPOKEN = re.compile(r"百天|(\d{1,2})[- ](day|week|month)s?[- ]old|(\d{1,2})\s?(d|w|m)o\b")
_MONTHS_AND_MORE = re.compile(r"([一两二俩1-3])个?多?月(?!前|后|龄|大)")
_FEW = {"一": 1.0, "两": 2.0, "二": 2.0, "俩": 2.0}
_UNITS = {"d": 1 / DAYS_A_MONTH, "w": 7 / DAYS_A_MONTH, "m": 1.0}
_ASKED = re.compile(r"多大|几个?月|月龄|年龄|几岁|出生.{0,4}天|how old|\bage\b")
_YOUNG_DAYS = 200.0


def ages_said(reading: Reading, *, is_answer: bool = False) -> Iterator[float]:
    """Ages in months that a message states; `is_answer` where somebody has just asked for one."""
    text = reading.text
    yield from (age.low for age in find_ages(text))
    if _NEWBORN.search(text):
        yield 0.5
    for match in _SPOKEN.finditer(text):
        number, unit = match[1] or match[3] or "100", (match[2] or match[4] or "d")[0]
        yield float(number) * _UNITS[unit]
    for match in _MONTHS_AND_MORE.finditer(text):
        if ("多" in match.group() or "俩" in match.group()) and _is_age(text, *match.span(), is_answer=is_answer):
            yield (_FEW.get(match[1]) or float(match[1])) + (0.5 if "多" in match.group() else 0.0)
    for item in reading.quantities:
        if (
            item.dimension == ("time",)
            and 1 <= item.low <= _YOUNG_DAYS
            and _is_age(text, item.start, item.end, is_answer=is_answer)
        ):
            yield item.low / DAYS_A_MONTH


def asks_for_age(text: str) -> bool:
    """Does this turn of the assistant ask how old the child is?"""
    return bool(_ASKED.search(text))


def _is_age(text: str, start: int, end: int, *, is_answer: bool) -> bool:
    if _ILL_BEFORE.search(text, max(0, start - 8), start) and not _AFTER.match(text, end):
        return False
    if _AFTER.match(text, end) or re.search(r"(?:出生|生后|生下来?|才|刚满?)\s*第?$", text[max(0, start - 5) : start]):
        return True
    if _DURATION_AFTER.match(text, end):
        return False
    is_bare = not text[:start].strip(" 他她是的") and not text[end:].strip(" ,。!了的呢啊~")
    is_month = "月" in text[start:end] or "month" in text[start:end]
    return bool(_BEFORE.search(text, max(0, start - 10), start)) or (is_bare and (is_month or is_answer))
