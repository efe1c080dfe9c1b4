"""Numbering before headings and list items (第二节, 一、, （一）, 1., 【…】): which level, and the text without it."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Marker", "find_marker", "strip_numbering"]

_CN = "[一二三四五六七八九十百零〇]{1,4}"
# From the outermost level to the innermost. A bracketed title is its own marker.
_STYLES = (
    re.compile(rf"第(?:{_CN}|\d{{1,3}})[篇编部章](?![^\s　]*?[，。])"),
    re.compile(rf"第(?:{_CN}|\d{{1,3}})[节](?![^\s　]*?[，。])"),
    re.compile(r"(?=[〔【［][^〕】］]{1,16}[〕】］])"),
    re.compile(rf"{_CN}[、.．]"),
    re.compile(rf"[（(](?:{_CN}|[―—－])[）)]"),
    re.compile(r"\d{1,2}(?:\.\d{1,2})+(?=[\s　\u4e00-\u9fffA-Z])(?!\s*(?:mg|g|ml|kg))"),
    re.compile(r"\d{1,2}(?:[、．]|[.：](?!\d))"),
    re.compile(r"[（(]\d{1,2}[）)]"),
    re.compile(r"\d{1,2}[）)]"),
    re.compile(r"[①-⑳]"),
    re.compile(r"[●○■□◆◇▪•★※](?=\s*\S)"),
)
_ENGLISH = re.compile(r"(?:Chapter|Section|Part)\s+[\dIVX]+[.:]?\s+", re.I)
_EMPHASIS = re.compile(r"\*\*|__|[#\s　]+$|^[#\s　]+")
_BRACKETS = re.compile(r"^[〔【［](.{1,16}?)[〕】］]")


@dataclass(frozen=True)
class Marker:
    """Numbering at the start of a text."""

    level: int
    """Smaller is further out."""
    end: int
    """Where the text after the numbering begins."""


def find_marker(text: str) -> Marker | None:
    """The numbering that `text` opens with, if any."""
    lead = len(text) - len(text.lstrip(" 　*"))
    for level, style in enumerate(_STYLES):
        if match := style.match(text, lead):
            end = match.end()
            return Marker(level, end + len(text[end:]) - len(text[end:].lstrip(" 　")))
    return None


def strip_numbering(heading: str) -> str:
    """`heading` without numbering, brackets, emphasis and closing colon: 第二节　热性惊厥 becomes 热性惊厥."""
    text = _ENGLISH.sub("", _EMPHASIS.sub("", heading), count=1)
    while (marker := find_marker(text)) and marker.end > 0:
        text = text[marker.end :]
    text = _BRACKETS.sub(r"\1", text)
    return _EMPHASIS.sub("", text).strip(" 　：:。.、*")
