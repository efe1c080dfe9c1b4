"""What damaged text looks like: letters for digits beside a unit, lost marks, misread characters, running heads.

Patterns only; each is sure enough to be shown to a reviewer, none corrects anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Damage", "find_damage", "find_quantities"]


class Damage(NamedTuple):
    """A stretch of text that looks damaged."""

    start: int
    end: int
    reason: str
    """`damaged_number`, `lost_exponent`, `misread_character` or `running_head`."""


_METRIC = r"(?:mg|μg|µg|ug|mcg|ng|kg|g|ml|mL|dl|dL|mmol|μmol|mEq|IU|kPa|mmHg|cm|mm|kcal|kJ|L|U)"
_SAFE_METRIC = r"(?:mg|μg|µg|ug|mcg|kg|ml|mL|mmol|mEq|kPa|mmHg|cm|mm|kcal|kJ)"
"""Those that no word begins with when a single l or I stands before them."""
_LOOSE_METRIC = r"(?:g|L)(?=\s*/\s*(?:kg|[dh]\b|[日天次时L]))"
_TIME = r"(?:个月|小时|分钟|次|天|日|岁|周|片|粒|滴|支(?!气|持|配|架|原|链)|℃|%|％)"
_UNIT = rf"(?:{_METRIC}(?![A-Za-z])|万?U(?![A-Za-z])|{_TIME})"
_NOT_INSIDE = r"(?<![A-Za-z0-9.])"

# A number may be read from these: l I for 1, O o Q U for 0, S for 5, Z for 2, B for 8.
_MIXED = re.compile(
    rf"{_NOT_INSIDE}(?=[\d.,lIOoQUSZB]*\d)(?:\d|[lIOo](?=[\dlOo.,])|S(?=\d+{_SAFE_METRIC}))"
    rf"[\d.,lIOoQUSZB]*?[lIOoQUSZB\d](?=\s?{_UNIT})"
)
_LETTERS = re.compile(rf"{_NOT_INSIDE}[lI][OQU0]{{1,3}}(?=\s?{_UNIT})|{_NOT_INSIDE}[Oo][.．][\dlO]+(?=\s?{_UNIT})")
_SINGLE = re.compile(
    rf"{_NOT_INSIDE}(?:l|(?<!第)I)(?:[.．]\d+)?(?=\s?(?:{_SAFE_METRIC}(?![A-Za-z(])|{_LOOSE_METRIC}|{_TIME}"
    rf"|[~～〜\-–—]\s?\d[\d.]*\s?{_UNIT}))"
)
_CLEAN = re.compile(rf"\d+(?:[.,]\d+)*\s?{_UNIT}")
_TWO_POINTS = re.compile(rf"{_NOT_INSIDE}\d{{1,3}}\.\d+\.\d+(?=\s?{_METRIC}(?![A-Za-z]))")
_EXPONENT = re.compile(r"[×xX]\s?10(?:9|12|6|3)(?=\s?/\s?[LlμuµI])")
_MISREAD = re.compile(
    r"(?<=[大小低高等由对关位用见属少多短长早晚])千(?=\s?[\d一二三四五六七八九十])(?!\s?[\d.]+\s?(?:克|卡|瓦|米|元|伏))"
)
_MISREAD_AFTER = re.compile(
    r"(?<=发生|多见|见诸|有利|不利|有助|相当|来源|常见|取决|常用|适用|可用|应用)千(?![克卡瓦米元伏帕赫万百金])"
)
_FONTANELLE = re.compile(r"(?<=[前后])卤|卤(?=门)")
_CHAPTER = r"第[一二三四五六七八九十百\d]{1,4}[章篇编]"
_NO_QUANTITY = r"(?![\d.%％]|\s?[A-Za-z]|\s?[个岁年月日天次小周种例型度])"
_HEAD = re.compile(
    rf"(?<=[\u4e00-\u9fff，、；])\s?(?:\d{{1,4}}\s?{_CHAPTER}"
    rf"|{_CHAPTER}\s?[\u4e00-\u9fff]{{2,16}}?\s?\d{{1,4}}{_NO_QUANTITY})(?=\s?[\u4e00-\u9fff，、；。])"
)
_QUANTITY = re.compile(rf"(?<![A-Za-z\d.])\d[\d.,]*(?:\s?[~～〜\-–—−至]\s?\d[\d.,]*)?(?=\s?(?:{_UNIT}|[×xX]\s?10))")


def find_damage(text: str) -> list[Damage]:
    """Damaged stretches of `text`, each once, in order."""
    return sorted(set(_damage(text)))


def _damage(text: str) -> Iterator[Damage]:
    for pattern in (_MIXED, _LETTERS, _SINGLE):
        for found in pattern.finditer(text):
            if re.search(r"[A-Za-z]", found[0]) and not _CLEAN.match(text, found.start()):
                yield Damage(found.start(), found.end(), "damaged_number")
    for found in _TWO_POINTS.finditer(text):
        yield Damage(found.start(), found.end(), "damaged_number")
    for found in _EXPONENT.finditer(text):
        yield Damage(found.start(), found.end(), "lost_exponent")
    for pattern in (_MISREAD, _MISREAD_AFTER, _FONTANELLE):
        for found in pattern.finditer(text):
            yield Damage(found.start(), found.end(), "misread_character")
    for found in _HEAD.finditer(text):
        yield Damage(found.start(), found.end(), "running_head")


def find_quantities(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the numbers, or ranges of numbers, that stand next to a unit."""
    return (found.span() for found in _QUANTITY.finditer(text))
