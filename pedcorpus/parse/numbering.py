"""The numbers that Chinese and English books put before headings and list items.

Says what a line is numbered with; whether it is a heading is decided in `headings`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Family", "Marker", "read_marker"]


class Family(StrEnum):
    """Kinds of numbering, as one book uses each for one level."""

    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    DECIMAL = "decimal"
    """1.1, 1.1.1; each depth is a level of its own."""
    PLAIN = "plain"
    """`1 引言`: a bare number and a space."""
    APPENDIX = "appendix"
    """`附：奶麻`."""
    CHINESE = "chinese"
    """`一、`."""
    CHINESE_PAREN = "chinese_paren"
    """`（一）`."""
    ARABIC = "arabic"
    """`1.`."""
    ARABIC_PAREN = "arabic_paren"
    """`（1）` and `1)`."""
    CIRCLED = "circled"
    """`①`."""


_RANK = {
    Family.PART: 0.0,
    Family.CHAPTER: 1.0,
    Family.SECTION: 2.0,
    Family.PLAIN: 3.0,
    Family.DECIMAL: 3.1,
    Family.APPENDIX: 3.8,
    Family.CHINESE: 4.0,
    Family.CHINESE_PAREN: 5.0,
    Family.ARABIC: 6.0,
    Family.ARABIC_PAREN: 7.0,
    Family.CIRCLED: 8.0,
}
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "―": 1, "—": 1}
_CN = "[〇零一二三四五六七八九十百两]{1,4}"
_CN_LOOSE = "(?:[〇零一二三四五六七八九十百两]{1,4}|[―—])"
_UNITS = {"篇": Family.PART, "编": Family.PART, "部分": Family.PART, "卷": Family.PART}
_UNITS |= {"章": Family.CHAPTER, "节": Family.SECTION}
_ENGLISH = {"part": Family.PART, "chapter": Family.CHAPTER, "section": Family.SECTION, "appendix": Family.APPENDIX}

_PATTERNS: tuple[tuple[str, Family | None, re.Pattern[str]], ...] = (
    ("第", None, re.compile(rf"第\s*(?P<n>{_CN}|\d{{1,3}})\s*(?P<unit>部分|[篇编卷章节])[\s　:：、.]*")),
    (
        "pPcCsSaA",
        None,
        re.compile(r"(?P<unit>part|chapter|section|appendix)\s+(?P<n>\d{1,3}|[ivx]{1,5}|[a-h])\b[\s:.—-]*", re.I),
    ),
    ("附", Family.APPENDIX, re.compile(rf"附(?P<n>{_CN}|\d{{1,2}})?[\s　]*[：:][\s　]*(?=\S)")),
    ("〇零一二三四五六七八九十百两", Family.CHINESE, re.compile(rf"(?P<n>{_CN})\s*[、．.][\s　]*")),
    ("（(", Family.CHINESE_PAREN, re.compile(rf"[（(]\s*(?P<n>{_CN_LOOSE})\s*[）)][\s　]*")),
    ("123456789", Family.DECIMAL, re.compile(r"(?P<n>[1-9]\d?(?:[.．] ?\d{1,2}){1,4})(?!\d)[.．、]?[\s　]*")),
    ("123456789", Family.ARABIC, re.compile(r"(?P<n>[1-9]\d{0,2})\s?[.．、](?!\d)[\s　]*")),
    (
        "（(0123456789",
        Family.ARABIC_PAREN,
        re.compile(r"(?:[（(]\s*(?P<n>\d{1,2})\s*[）)]|(?P<m>\d{1,2})[）)])[\s　]*"),
    ),
    ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", Family.CIRCLED, re.compile(r"(?P<n>[①-⑳])[\s　]*")),
    ("123456789", Family.PLAIN, re.compile(r"(?P<n>[1-9]\d?)[ 　]+(?=[^\W\d])")),
)
"""What a number may begin with, its family, and its pattern; the first one that fits counts."""
_BY_FIRST = {
    character: tuple((family, pattern) for beginnings, family, pattern in _PATTERNS if character in beginnings)
    for beginnings, _, _ in _PATTERNS
    for character in beginnings
}
"""The patterns that a line with this first character may fit: most lines have none."""
_TIGHT_PLAIN = re.compile(r"(?P<n>[1-9]\d?)(?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class Marker:
    """The number at the beginning of a line."""

    family: Family
    number: tuple[int, ...]
    """Its value, `(1, 2)` for 1.2; empty where the line has a mark but no number."""
    length: int
    """Characters of the line before the text proper."""

    @property
    def level(self) -> str:
        """Name of the level within one document; decimals of unlike depth are unlike levels."""
        return f"{self.family}{len(self.number)}" if self.family is Family.DECIMAL else self.family

    @property
    def rank(self) -> float:
        """How deep the level usually is; larger is deeper."""
        return _RANK[self.family] + (0.01 * len(self.number) if self.family is Family.DECIMAL else 0.0)


def read_marker(line: str, *, declared: bool = False) -> Marker | None:
    """The number that `line` begins with; in a `declared` heading `1资料` counts as numbered too."""
    for family, pattern in _BY_FIRST.get(line[:1], ()):
        if found := pattern.match(line):
            groups = found.groupdict()
            number = _value(groups.get("n") or groups.get("m") or "")
            return Marker(family or _unit_family(groups["unit"]), number, found.end())
    found = _TIGHT_PLAIN.match(line) if declared else None
    return Marker(Family.PLAIN, _value(found["n"]), found.end()) if found else None


def _unit_family(unit: str) -> Family:
    return _UNITS.get(unit) or _ENGLISH[unit.lower()]


def _value(printed: str) -> tuple[int, ...]:
    if not printed:
        return ()
    if printed[0].isdecimal():
        return tuple(int(part) for part in re.split(r"[.．]\s?", printed))
    if "①" <= printed <= "⑳":
        return (ord(printed) - ord("①") + 1,)
    return (_chinese_value(printed),) if printed[0] in "十百" or printed[0] in _DIGITS else ()


def _chinese_value(printed: str) -> int:
    """Value of a Chinese numeral below a thousand, as 十二 or 一百零三."""
    total, digit = 0, None
    for character in printed:
        if character in "十百":
            total += (1 if digit is None else digit) * (10 if character == "十" else 100)
            digit = None
        else:
            digit = _DIGITS[character]
    return total + (digit or 0)
