"""Heading styles of a Word file, whatever they are called: those with an outline level, their own or inherited."""

from __future__ import annotations

import re
from xml.etree import ElementTree

__all__ = ["heading_style_map"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE_NAME = re.compile(r"(?:标题|標題)\s*(?P<level>[1-6])")
_TITLES = ("Title", "标题", "標題", "书名")
_MAX_INHERITANCE = 20


def heading_style_map(styles: bytes) -> str:
    """Rules for mammoth, one a line, for the paragraph styles that `word/styles.xml` makes headings."""
    if not styles:
        return ""
    root = ElementTree.fromstring(styles)
    known = {style.get(f"{_W}styleId", ""): style for style in root.iter(f"{_W}style")}
    rules = [f"p[style-name='{title}'] => h1:fresh" for title in _TITLES]
    for style in known.values():
        name, level = _name(style), _level(style, known)
        if level is not None and name and "'" not in name and "\\" not in name and "\n" not in name:
            rules.append(f"p[style-name='{name}'] => h{level}:fresh")
    return "\n".join(reversed(rules))


def _name(style: ElementTree.Element) -> str:
    return _value(style.find(f"{_W}name"))


def _value(element: ElementTree.Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val", "")


def _level(style: ElementTree.Element, known: dict[str, ElementTree.Element]) -> int | None:
    """Heading level from 1 to 6; none for body text."""
    if found := _CHINESE_NAME.fullmatch(_name(style).strip()):
        return int(found["level"])
    current: ElementTree.Element | None = style
    for _ in range(_MAX_INHERITANCE):
        if current is None or style.get(f"{_W}type") != "paragraph":
            return None
        level = _value(current.find(f"{_W}pPr/{_W}outlineLvl"))
        if level.isdecimal():
            return int(level) + 1 if int(level) < 6 else None
        current = known.get(_value(current.find(f"{_W}basedOn")))
    return None
