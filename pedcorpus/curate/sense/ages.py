"""Ages that a text states for somebody: 3岁半, 2岁6个月, 9月龄, 宝宝6个月, 12日龄, a 2-year-old; bounds and ranges are none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pedcorpus.facts.numerals import CHINESE_NUMERAL, numeral_value

__all__ = ["ADULT_MONTHS", "StatedAge", "ages_between", "find_ages"]

ADULT_MONTHS = 216.0
_DAYS_A_MONTH = 365.25 / 12
_DIGIT = CHINESE_NUMERAL.removesuffix("+")
_N = rf"(?:(?<![\d.~\-<>≥≤])\d{{1,3}}(?:\.\d)?|(?<!{_DIGIT})(?<![~\-<>≥≤]){_DIGIT}{{1,5}})"
_OF_PERSON = r"(?<![^\s,;:。!?(])|(?<=[孩儿子宝娃女男童婴友贝])|(?<=[孩儿子宝娃女男童婴友贝][,:\s])"
_UNBOUNDED = r"(?!\s*(?:[~\-]|至|到|及?以[上下内前后]|[或及]以[上下]|之?[前内]))"
_PATTERN = re.compile(
    rf"(?P<y>{_N})\s*(?:周岁|岁)(?:(?P<half>半)|\s*零?(?P<ym>\d{{1,2}}|{_DIGIT}{{1,3}})\s*个?月)?{_UNBOUNDED}"
    rf"|(?P<ml>{_N})\s*个?(?:月龄|月大){_UNBOUNDED}"
    rf"|(?:{_OF_PERSON})(?:今年|现在?|刚满?|才|已经?|快|大概|大约|约|是|出生)?\s{{0,3}}(?P<m>{_N})\s*个(?P<mh>半)?月(?:(?P<md>\d{{1,2}})天)?(?:大|的)?(?=[,。;!?)\s宝男女婴孩体患]|$)"
    rf"|(?P<dl>{_N})\s*(?:日龄|天大){_UNBOUNDED}"
    r"|(?P<e>\d{1,2}(?:\.\d)?|one|two|three|four|five|six|seven|eight|nine|ten)[- ](?P<eu>day|week|month|year)s?[- ]old"
    r"|\baged? (?P<a>\d{1,2}(?:\.\d)?) (?P<au>day|week|month|year)s?\b"
)
_BOUND = re.compile(
    r"(?:[<>≥≤~\-]|超过|大于|小于|低于|不满|未满|不足|至|到|[至最][少多小大]|满|under|over|than|least|to)\s*$"
)
_UNITS = {"day": 1 / _DAYS_A_MONTH, "week": 7 / _DAYS_A_MONTH, "month": 1.0, "year": 12.0}


class StatedAge(NamedTuple):
    """An age at `start:end` of a plain text: somewhere from `low` to `high` months, since 3岁 lasts a year."""

    start: int
    end: int
    low: float
    high: float

    @property
    def is_adult(self) -> bool:
        """Eighteen years or more."""
        return self.low >= ADULT_MONTHS


def find_ages(text: str) -> Iterator[StatedAge]:
    """Every age of a plain text that is one person's, in order."""
    for match in _PATTERN.finditer(text):
        if not _BOUND.search(text, max(0, match.start() - 8), match.start()):
            low, width = _months(match)
            yield StatedAge(match.start(), match.end(), low, low + width)


def ages_between(stated: Sequence[StatedAge], start: int, end: int) -> Sequence[StatedAge]:
    """Those of `stated`, which is in order, that begin in `start:end`."""
    first = bisect_left(stated, start, key=lambda age: age.start)
    return stated[first : bisect_left(stated, end, lo=first, key=lambda age: age.start)]


def _months(match: re.Match[str]) -> tuple[float, float]:
    """Least age in months, and for how long it is called so."""
    if match["y"]:
        years = numeral_value(match["y"])
        if match["half"]:
            return years * 12 + 6, 6.0
        if match["ym"]:
            return years * 12 + numeral_value(match["ym"]), 1.0
        return years * 12, 12.0
    if match["ml"] or match["m"]:
        return numeral_value(match["ml"] or match["m"]) + (0.5 if match["mh"] else 0.0), 1.0
    if match["dl"]:
        return numeral_value(match["dl"]) / _DAYS_A_MONTH, 0.1
    number, unit = (match["e"], match["eu"]) if match["e"] else (match["a"], match["au"])
    return numeral_value(number) * _UNITS[unit], _UNITS[unit]
