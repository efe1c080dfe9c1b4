"""Ages in a source's words, as ranges of months: 6个月至3岁, 2岁以下, 新生儿."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["AgeRange", "age_limits", "onset_range"]

_LONGEST_CHILDHOOD = 216.0
_UNIT_MONTHS = {
    "岁": 12.0,
    "周岁": 12.0,
    "个月": 1.0,
    "月龄": 1.0,
    "月": 1.0,
    "周": 7 / 30.4375,
    "天": 1 / 30.4375,
    "日": 1 / 30.4375,
}
_UNIT = r"(周岁|岁|个月|月龄|周(?!岁)|天|日)"
_RANGE = re.compile(rf"(\d+(?:\.\d+)?)\s*{_UNIT}?\s*[～~〜–—至到-]\s*(\d+(?:\.\d+)?)\s*{_UNIT}")
_BELOW = re.compile(
    rf"(?:小于\s*)?(\d+(?:\.\d+)?)\s*{_UNIT}(?:及)?(?:以[下内]|之内|以前|内)|[小低]于\s*(\d+(?:\.\d+)?)\s*{_UNIT}"
)
_ABOVE = re.compile(rf"(\d+(?:\.\d+)?)\s*{_UNIT}(?:及)?以[上后]|大于\s*(\d+(?:\.\d+)?)\s*{_UNIT}")
_WRITTEN = re.compile(r"(?<![一二三四五六七八九十百])([一二两三四五六七八九十])(?=个月|岁|周(?!围)|天)")
_NEWBORN = re.compile(r"新生儿|初生儿|早产儿|出生后|产后|生后")
_ONSET = re.compile(
    r"多见|好发|多发|高发|常见于|易[患感发]|发病年龄|首次发作|起病年龄|好发年龄|多在|最多|受累|高峰|一般在.{0,6}发病|以.{0,8}为多|发病较多|多于"
)


@dataclass(frozen=True)
class AgeRange:
    """Months from `low` to `high`."""

    low: float
    high: float

    def within(self, other: AgeRange) -> AgeRange | None:
        """What both allow; none if they exclude one another."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return AgeRange(low, high) if low <= high else None


def _in_figures(text: str) -> str:
    """`text` with the ages up to ten that are written out (一周, 三岁) in figures."""
    return _WRITTEN.sub(lambda match: str("零一二三四五六七八九十".index(match[1].replace("两", "二"))), text)


def _months(number: str, unit: str) -> float:
    return float(number) * _UNIT_MONTHS[unit]


def _range(text: str) -> AgeRange | None:
    if match := _RANGE.search(text):
        low = _months(match[1], match[2] or match[4])
        return AgeRange(low, max(low, _months(match[3], match[4])))
    return None


def onset_range(sentence: str) -> AgeRange | None:
    """The age at which the disease is common, where `sentence` says so with numbers."""
    if not _ONSET.search(sentence):
        return None
    for clause in re.split(r"[，。；]", _in_figures(sentence)):
        if not _ONSET.search(clause):
            continue
        found = _range(clause)
        if found is None and (match := _BELOW.search(clause)):
            top = _months(match[1] or match[3], match[2] or match[4])
            found = AgeRange(top / 3, top * 0.99)
        if found is None and _NEWBORN.search(clause):
            found = AgeRange(0.1, 0.9)
        if found is not None and found.high <= _LONGEST_CHILDHOOD and found.high >= 0.1:
            return found
    return None


def age_limits(sentence: str) -> AgeRange:
    """The ages to which an instruction in `sentence` is limited; all of childhood where it says nothing."""
    limits = AgeRange(0.0, _LONGEST_CHILDHOOD)
    if (found := _range(sentence)) and re.search(r"(?:岁|个月|月龄|天)(?:儿童|患儿|婴儿|婴幼儿|者)", sentence):
        limits = limits.within(found) or limits
    if match := _ABOVE.search(sentence):
        limits = (
            limits.within(AgeRange(_months(match[1] or match[3], match[2] or match[4]), _LONGEST_CHILDHOOD)) or limits
        )
    if match := _BELOW.search(sentence):
        limits = limits.within(AgeRange(0.0, _months(match[1] or match[3], match[2] or match[4]))) or limits
    return limits
