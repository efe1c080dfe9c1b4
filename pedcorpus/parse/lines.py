"""Lines of a text with their offsets, and which of them belong to one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pedcorpus.parse.blocks import Block
from pedcorpus.parse.joins import columns, join_lines
from pedcorpus.parse.numbering import Family, read_marker

__all__ = ["Line", "line_blocks", "lines_of", "opens_paragraph"]

_ENDS = re.compile(r"[。！？!?：:；;…][”’」』）)】〕\"']*$|[.][\"')\]]*$")
_OPENS = re.compile(
    r"[【〔]|[\u4e00-\u9fff]{2,6}[：:](?=\S)|例[一二三四五六七八九十\d]+[、：:]|[-*•●○◆■]\s+\S|\[\d{1,3}\]\s*\S"
)
_INDENT = re.compile(r"[ \t]*　{2}|[ \t]{4,}")
_MAX_WRAP = 160
"""Columns: no one wraps text wider than this, so a longer line is a whole paragraph."""
_NEARLY_FULL, _HALF_FULL = 0.85, 0.5


class Line(NamedTuple):
    """One physical line without its newline."""

    text: str
    offset: int
    """Of its first character in the document's text."""


def lines_of(text: str, start: int = 0) -> Iterator[Line]:
    """Lines of `text`, whose first character has offset `start`."""
    for line in text.split("\n"):
        yield Line(line, start)
        start += len(line) + 1


def opens_paragraph(text: str) -> bool:
    """Does a line that begins so begin a paragraph, whatever stands before it?"""
    body = text.lstrip()
    if _OPENS.match(body):
        return True
    marker = read_marker(body)
    if marker is None or marker.family in (Family.DECIMAL, Family.PLAIN):
        return False
    return len(body) > marker.length


def line_blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Paragraphs of a run of lines without a blank one between them, wrapped lines joined."""
    width = max((columns(line.text.rstrip()) for line in lines), default=0)
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and _is_break(paragraph[-1].text, line.text, width):
            yield _block(paragraph)
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield _block(paragraph)


def _block(paragraph: Sequence[Line]) -> Block:
    text, origin = join_lines(paragraph)
    return Block(text, origin)


def _is_break(before: str, after: str, width: int) -> bool:
    """Does a paragraph end between these two lines, in text wrapped at `width` columns?"""
    if opens_paragraph(after) or _INDENT.match(after):
        return True
    if width > _MAX_WRAP:
        return True
    filled = columns(before.rstrip()) / max(width, 1)
    return filled < (_NEARLY_FULL if _ENDS.search(before.rstrip()) else _HALF_FULL)
