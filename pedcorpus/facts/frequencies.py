"""How often: 每日3次, tid, q8h, 每8小时1次, every 6 hours, in 3 divided doses; all as times a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pedcorpus.facts.lookup import matches_from
from pedcorpus.facts.numerals import CHINESE_NUMERAL, ENGLISH_NUMERAL, NEAR_ITS_BEGINNING, numeral_value
from pedcorpus.facts.units import unit_of

__all__ = ["Frequency", "find_frequencies"]

_N = rf"(?:\d+(?:\.\d+)?|{CHINESE_NUMERAL})"
_E = rf"(?:\d+(?:\.\d+)?|{ENGLISH_NUMERAL})"
_TO = r"\s*(?:~|-|至|到|to|or)\s*"
_ZH_TIME = r"(?:个?小时|时|分钟|分|天|日|晚|周|星期|个?月|年|h|d|min)"
_EN_TIME = r"(?:hours?|hrs?|h|minutes?|mins?|days?|weeks?|months?|years?)"
_PATTERN = re.compile(
    rf"(?:每|一|1)\s*(?P<t1>个?(?:天|日|晚|周|星期|月|年|小时|分钟))\s*(?:给药|服药|服|用药|口服|注射|吸入|用|接种|喂养)?\s*(?P<a1>{_N})\s*(?:{_TO}(?P<b1>{_N})\s*)?(?:次|回)"
    rf"|(?P<a2>{_N})\s*(?:{_TO}(?P<b2>{_N})\s*)?次\s*[/每]\s*(?P<t2>天|日|d|周|星期|月|年|小时|h|分钟?|min)"
    rf"|(?:每隔?|间隔|隔(?=\s*\d))\s*(?P<a3>{_N})\s*(?:{_TO}(?P<b3>{_N})\s*)?(?P<t3>{_ZH_TIME})(?:\s*(?:给药|服药|服|用药|注射|吸入|重复|用)?\s*(?P<n3>{_N})\s*次)?"
    rf"|(?:均|再)?分\s*(?P<a4>{_N})\s*(?:{_TO}(?P<b4>{_N})\s*)?次"
    r"|(?P<hour>(?<![a-z])q\s*(?P<a5>\d+)(?:\s*[-~]\s*(?P<b5>\d+))?\s*h(?![a-z]))"
    r"|(?<![a-z])(?P<latin>q\.?d\.?|b\.?i\.?d\.?|t\.?i\.?d\.?|q\.?i\.?d\.?|q\.?o\.?d\.?|qn)(?![a-z])"
    r"|(?P<other>隔[日天](?:\s*[1一]\s*次)?|every other day|on alternate days|alternate days)"
    rf"|(?:(?P<a6>once|twice|thrice)|(?P<c6>{_E})(?:{_TO}(?P<b6>{_E}))?\s*(?:times?|doses?))\s*(?:/|\b(?:a|an|per|each|every)\b)?\s*\b(?P<t6>daily|day|d|weekly|week|nightly|night|monthly|month|year|minute|min|hour)(?![a-z])(?<!\d d)"
    rf"|\bevery\s+(?:(?P<a7>{_E})(?:{_TO}(?P<b7>{_E}))?\s*)?(?P<t7>{_EN_TIME})(?![a-z])"
    rf"|(?P<a8>\d+|{ENGLISH_NUMERAL})-hourly|\b(?:in|into)\s+(?P<a9>{_E})(?:{_TO}(?P<b9>{_E}))?\s*(?:equally\s*)?(?:divided|separate|equal)?\s*doses"
)
_STARTS = re.compile(rf"[\d零〇一二两三四五六七八九十百千半每间隔均再分]{NEAR_ITS_BEGINNING}|(?<![a-z])[a-z]")
_LATIN = {"qd": 1.0, "bid": 2.0, "tid": 3.0, "qid": 4.0, "qod": 0.5, "qn": 1.0}
_WORDS = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_DAYS = {
    "晚": 1.0, "daily": 1.0, "nightly": 1.0, "night": 1.0, "weekly": 7.0, "monthly": 365.25 / 12, "日": 1.0,
    "个小时": 1 / 24, "个月": 365.25 / 12,
}  # fmt: skip


class Frequency(NamedTuple):
    """So many times a day, at `start:end` of the plain text."""

    start: int
    end: int
    low: float
    high: float
    is_interval: bool = False
    """Said as a time between, 隔5分钟, and not as a count."""


def find_frequencies(text: str) -> Iterator[Frequency]:
    """Every frequency that a plain text states, in order."""
    for match in matches_from(_STARTS, _PATTERN, text):
        if (read := _read(match)) is not None:
            low, high = sorted(read)
            yield Frequency(match.start(), match.end(), low, high, bool(match["t3"] or match["t7"]))


def _read(match: re.Match[str]) -> tuple[float, float] | None:
    groups = match.groupdict()
    if latin := groups["latin"]:
        return (_LATIN[latin.replace(".", "")],) * 2
    if groups["other"]:
        return 0.5, 0.5
    for number in "1267":
        if groups[f"t{number}"]:
            return _with_time(groups, number)
    if groups["t3"]:
        count = _value(groups["n3"]) if groups["n3"] else 1.0
        first, last = _ends(groups, "3")
        days = _days(groups["t3"])
        return count / (last * days), count / (first * days)
    if groups["hour"]:
        first, last = _ends(groups, "5")
        return 24 / last, 24 / first
    if groups["a8"]:
        return (24 / _value(groups["a8"]),) * 2
    return _ends(groups, "4" if groups["a4"] else "9")


def _with_time(groups: dict[str, str | None], number: str) -> tuple[float, float]:
    days = _days(groups[f"t{number}"] or "")
    first, last = _ends(groups, number)
    if number == "7":
        return 1 / (last * days), 1 / (first * days)
    return first / days, last / days


def _ends(groups: dict[str, str | None], number: str) -> tuple[float, float]:
    first = _value(groups[f"a{number}"] or groups.get(f"c{number}") or "1")
    last = groups.get(f"b{number}")
    return first, _value(last) if last else first


def _value(text: str) -> float:
    return _WORDS.get(text) or numeral_value(text) or 1.0


def _days(name: str) -> float:
    return _DAYS.get(name) or unit_of(name).scale
