"""Ages that a text tells of the one who is ill: 3岁, 6个月大, 出生5天, my 2 year old."""

from __future__ import annotations

import re
from enum import StrEnum

__all__ = ["AgeGroup", "ages_in"]


class AgeGroup(StrEnum):
    """Stages of life as far as the filter tells them apart."""

    INFANT = "infant"
    """An age in days, weeks or months."""
    CHILD = "child"
    """Up to 13 years."""
    ADOLESCENT = "adolescent"
    """14 to 17 years."""
    ADULT = "adult"


_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2}
_NUMBER = r"(?P<n>\d{1,3}(?:\.\d)?|[零一二两俩三四五六七八九十]{1,3})"
_LIMIT = r"(?!以[上下]|之[前后]|[前后](?!发|出|开|查|诊)|起|的?时候?(?!常))"
_YEARS = re.compile(
    rf"{_NUMBER}\s*(?:多|来|半)?\s*周?岁{_LIMIT}"
    rf"|年龄\s*[:：]?\s*{_NUMBER.replace('<n>', '<told>')}(?!\s*(?:个月|天|周))"
    rf"|{_NUMBER.replace('<n>', '<en>')}[\s-]?(?:year|yr)s?[\s-]?(?:old|of age)",
    re.IGNORECASE,
)
_YOUNG = r"(?:宝宝|婴儿|孩子|小孩|男婴|女婴|男宝|女宝|患儿|幼儿|娃|宝贝|女儿|儿子|小儿|男孩|女孩)"
_PERIOD = (
    r"(?:\d{1,2}|[一二两三四五六七八九十几半]{1,3})\s*(?:多|来)?\s*"
    r"(?:个\s*(?:多|半)?\s*月|天|周(?!岁)|星期)(?:半|多)?"
)
_NOW = r"(?:才|刚|快|已经?|今年|现在|今天)?"
_INFANT = re.compile(
    rf"{_PERIOD}\s*(?:大|龄|的?{_YOUNG})"
    rf"|{_YOUNG}[^，。,.；;]{{0,8}}?{_NOW}\s*{_PERIOD}(?=了?[，。,.；;？?\s]|大|$)"
    rf"|(?:出生|生后|生下来?|降生|日龄|月龄)(?:才|刚|后|已经?|了)?\s*(?:第)?\s*{_PERIOD}"
    r"|(?:刚|才|前几天)(?:刚)?(?:出生|生下|生出)|\d{1,2}[\s-]?(?:month|week|day)s?[\s-]?old",
    re.IGNORECASE,
)
_ADOLESCENT_FROM, _ADULT_FROM, _OLDEST = 14, 18, 120


def ages_in(text: str) -> set[AgeGroup]:
    """Groups of the ages that `text` tells; limits such as 3岁以下 are no one's age."""
    found = {AgeGroup.INFANT} if _INFANT.search(text) else set()
    for match in _YEARS.finditer(text):
        years = _value(match["n"] or match["told"] or match["en"])
        if years is not None and years <= _OLDEST:
            found.add(_group(years))
    return found


def _group(years: float) -> AgeGroup:
    if years >= _ADULT_FROM:
        return AgeGroup.ADULT
    return AgeGroup.ADOLESCENT if years >= _ADOLESCENT_FROM else AgeGroup.CHILD


def _value(printed: str) -> float | None:
    if printed[0].isdecimal():
        return float(printed)
    if "十" in printed:
        tens, _, ones = printed.partition("十")
        return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
    return float(_DIGITS[printed]) if printed in _DIGITS else None
