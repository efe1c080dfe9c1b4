"""The numbers that Word counts itself and stores nowhere: written into the text, as print shows them.

`第%1章` before a heading and `（%1）` before an item tell a book's structure; mammoth makes bare lists of them. Bullets
are left to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

__all__ = ["with_numbers"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting"}
)
_DIGITS = "零一二三四五六七八九"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_SILENT = frozenset({"bullet", "none"})
_TIGHT = "、）)】〕"
"""Behind other numbers a space parts them from the text: 1. and 5岁 must not become 1.5岁."""
_MOST = 999


@dataclass(frozen=True)
class _Level:
    start: int
    form: str
    text: str


@dataclass
class _List:
    """One list definition, with how far each of its levels has counted."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)

    def next_label(self, depth: int) -> str:
        """The number of the next paragraph at `depth`; empty where it has a bullet or nothing."""
        level = self.levels.get(depth)
        if level is None:
            return ""
        self.counts[depth] = self.counts[depth] + 1 if depth in self.counts else level.start
        for deeper in [each for each in self.counts if each > depth]:
            del self.counts[deeper]
        return "" if level.form in _SILENT else re.sub(r"%([1-9])", self._printed, level.text)

    def _printed(self, place: re.Match[str]) -> str:
        depth = int(place[1]) - 1
        level = self.levels.get(depth, _Level(1, "decimal", ""))
        return _formatted(self.counts.get(depth, level.start), level.form)


def with_numbers(parts: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """`parts` of a Word file, its numbered paragraphs opening with their numbers."""
    body, numbering = parts.get("word/document.xml", b""), parts.get("word/numbering.xml", b"")
    if not body or not numbering:
        return parts
    lists, by_style = _lists(ElementTree.fromstring(numbering)), _style_numbers(parts.get("word/styles.xml", b""))
    root = ElementTree.fromstring(body)
    for paragraph in root.iter(f"{_W}p"):
        _number(paragraph, lists, by_style)
    return {**parts, "word/document.xml": ElementTree.tostring(root, encoding="utf-8")}


def _number(
    paragraph: ElementTree.Element, lists: Mapping[str, _List], by_style: Mapping[str, tuple[str, int]]
) -> None:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None or not any(run.text for run in paragraph.iter(f"{_W}t")):
        return
    own = properties.find(f"{_W}numPr")
    inherited = by_style.get(_value(properties.find(f"{_W}pStyle")), ("", 0))
    name, depth = _reference(own, inherited) if own is not None else inherited
    label = lists[name].next_label(depth) if name in lists else ""
    if not label.strip():
        return
    if own is not None:
        properties.remove(own)
    run = ElementTree.Element(f"{_W}r")
    text = ElementTree.SubElement(run, f"{_W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    text.text = label if label.endswith(tuple(_TIGHT)) else f"{label.rstrip()} "
    paragraph.insert(list(paragraph).index(properties) + 1, run)


def _lists(root: ElementTree.Element) -> dict[str, _List]:
    """Lists by the number that paragraphs name; those of one definition count on together, unless they start anew."""
    defined = {one.get(f"{_W}abstractNumId", ""): _List(_levels(one)) for one in root.findall(f"{_W}abstractNum")}
    found: dict[str, _List] = {}
    for number in root.findall(f"{_W}num"):
        shared = defined.get(_value(number.find(f"{_W}abstractNumId")))
        if shared is not None:
            starts = _levels_restarted(number)
            levels = {
                depth: _Level(starts.get(depth, one.start), one.form, one.text) for depth, one in shared.levels.items()
            }
            found[number.get(f"{_W}numId", "")] = _List(levels) if starts else shared
    return found


def _levels(definition: ElementTree.Element) -> dict[int, _Level]:
    return {
        _integer(level.get(f"{_W}ilvl"), 0): _Level(
            _integer(_value(level.find(f"{_W}start")), 1),
            _value(level.find(f"{_W}numFmt")) or "decimal",
            _value(level.find(f"{_W}lvlText")),
        )
        for level in definition.findall(f"{_W}lvl")
    }


def _levels_restarted(number: ElementTree.Element) -> dict[int, int]:
    return {
        _integer(override.get(f"{_W}ilvl"), 0): _integer(_value(start), 1)
        for override in number.findall(f"{_W}lvlOverride")
        if (start := override.find(f"{_W}startOverride")) is not None
    }


def _style_numbers(styles: bytes) -> dict[str, tuple[str, int]]:
    """List and level that each paragraph style numbers its paragraphs with."""
    found: dict[str, tuple[str, int]] = {}
    for style in ElementTree.fromstring(styles).iter(f"{_W}style") if styles else ():
        numbered = style.find(f"{_W}pPr/{_W}numPr")
        if numbered is not None:
            found[style.get(f"{_W}styleId", "")] = _reference(numbered, ("", 0))
    return found


def _reference(numbered: ElementTree.Element, inherited: tuple[str, int]) -> tuple[str, int]:
    depth = _integer(_value(numbered.find(f"{_W}ilvl")), inherited[1])
    return _value(numbered.find(f"{_W}numId")) or inherited[0], depth


def _value(element: ElementTree.Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val", "")


def _integer(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) <= 4 else default


def _formatted(count: int, form: str) -> str:
    if form in _CHINESE and 0 < count <= _MOST:
        return _chinese(count)
    if form == "decimalEnclosedCircle" and 0 < count <= 20:
        return chr(ord("①") + count - 1)
    if form in ("upperLetter", "lowerLetter") and 0 < count <= 26:
        letter = chr(ord("A") + count - 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman") and 0 < count <= _MOST:
        roman = _roman(count)
        return roman if form == "upperRoman" else roman.lower()
    return str(count)


def _chinese(count: int) -> str:
    hundreds, tens, ones = count // 100, count // 10 % 10, count % 10
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _roman(count: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (count // value)
        count %= value
    return text
