"""Printed lines in reading order put together to paragraphs, across lines, columns and pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from pedcorpus.normalise import fold
from pedcorpus.parse.blocks import Block
from pedcorpus.parse.joins import columns, join_lines
from pedcorpus.parse.lines import opens_paragraph
from pedcorpus.parse.numbering import Family, read_marker
from pedcorpus.parse.pdf_lines import PrintedLine
from pedcorpus.records import Box, PassageKind

__all__ = ["block_of", "paragraphs_of"]

_ENDS = re.compile(
    r"[。！？!?：:；;][”’」』）)】〕\"']*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹⁻,，-]|\[[\d,，\-~ ]+\])*$|[.](?:\s*\[[\d,\- ]+\])?$"
)
_HANGING = re.compile(r"\[\d{1,3}\]|[•●○◆■*-]\s|[（(]?\d{1,3}[.．、)）]|[①-⑳]")
_STRIDE = 1_000_000
"""Characters that no printed line reaches: keeps the offsets of joined lines apart."""
_STRONG_FAMILIES = (Family.PART, Family.CHAPTER, Family.SECTION)


def paragraphs_of(
    lines: Iterable[PrintedLine], *, body: float, titles: Collection[tuple[str, int]] = ()
) -> Iterator[list[PrintedLine]]:
    """Lines that make one paragraph, heading or table each.

    `body` is the size of running text; `titles` are headings known from elsewhere, folded, each with its page.
    """
    listed = list(lines)
    leading = _leading(listed)
    paragraph: list[PrintedLine] = []
    for line in listed:
        known = titles and any((fold(one.text), one.page) in titles for one in (*paragraph[-1:], line))
        if paragraph and (known or _is_break(paragraph, line, leading=leading, body=body)):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _leading(lines: Sequence[PrintedLine]) -> float:
    """The usual distance from line to line."""
    steps = [after.middle - before.middle for before, after in pairwise(lines)]
    return median([step for step in steps if 0 < step < 60] or [14.0])


def _is_break(paragraph: Sequence[PrintedLine], after: PrintedLine, *, leading: float, body: float) -> bool:
    before = paragraph[-1]
    if before.table or after.table or abs(before.size - after.size) > 0.6:
        return True
    moved = before.page != after.page or before.column != after.column
    if not moved and not 0 < after.middle - before.middle < 1.7 * max(leading, 1.3 * after.size):
        return True
    if before.size > 1.15 * body and not moved:
        return read_marker(after.text) is not None
    if before.bold != after.bold and (_is_heading_like(before) or _is_heading_like(after)):
        return True
    return _is_break_by_place(paragraph, after, moved=moved)


def _is_heading_like(line: PrintedLine) -> bool:
    return line.bold and columns(line.text) <= 60 and not _ENDS.search(line.text)


def _is_break_by_place(paragraph: Sequence[PrintedLine], after: PrintedLine, *, moved: bool) -> bool:
    before, em = paragraph[-1], max(after.size, 1.0)
    if _is_hung(paragraph, after, moved=moved):
        return False
    marker = read_marker(after.text)
    ended = _ENDS.search(before.text) is not None
    if after.text.startswith(("【", "〔")) or (marker and marker.family in _STRONG_FAMILIES and not ended):
        return after.text.startswith(("【", "〔")) or before.x1 < before.column[1] - 2 * em
    if before.x1 < before.column[1] - 2.2 * em and (ended or not _is_ragged(paragraph)):
        return True
    shift = (after.x0 - after.column[0]) - (before.x0 - before.column[0])
    hanging = _HANGING.match(paragraph[0].text) is not None
    if shift > 0.8 * em and not (hanging and len(paragraph) == 1 and shift < 5 * em):
        return not (moved and not ended)
    if shift < -0.8 * em and len(paragraph) > 1 and hanging:
        return True
    if hanging and _HANGING.match(after.text) and (ended or shift < -0.8 * em):
        return True
    return ended and opens_paragraph(after.text)


def _is_hung(paragraph: Sequence[PrintedLine], after: PrintedLine, *, moved: bool) -> bool:
    """Does it hang under the number of a list's item, as the lines before it do?"""
    first = paragraph[0]
    inside = 0.8 * after.size < after.x0 - first.x0 < 5 * after.size
    return not moved and inside and _HANGING.match(first.text) is not None and not _HANGING.match(after.text)


def _is_ragged(paragraph: Sequence[PrintedLine]) -> bool:
    """Is it set without a straight right edge, as English may be? Then a shorter line ends nothing."""
    before = paragraph[-1]
    full = before.x1 > before.column[0] + 0.75 * (before.column[1] - before.column[0])
    return full and before.text[-1:].isascii()


def block_of(paragraph: Sequence[PrintedLine], level: int | None = None) -> Block:
    """One block of a paragraph's lines, with a box for each line."""
    if paragraph[0].table:
        return _table_block(paragraph[0].table)
    text, keys = join_lines((line.text, number * _STRIDE) for number, line in enumerate(paragraph))
    starts: dict[int, int] = {}
    for position, key in enumerate(keys):
        starts.setdefault(key // _STRIDE, position)
    numbers = sorted(starts)
    stops = [*(starts[number] for number in numbers[1:]), len(text)]
    boxes = tuple(_box(paragraph[number], starts[number], stop) for number, stop in zip(numbers, stops, strict=True))
    return Block(text, range(len(text)), level=level, page=paragraph[0].page, boxes=boxes)


def _table_block(rows: Sequence[PrintedLine]) -> Block:
    text = "\n".join(row.text for row in rows)
    boxes, start = [], 0
    for row in rows:
        boxes.append(_box(row, start, start + len(row.text)))
        start += len(row.text) + 1
    return Block(text, range(len(text)), kind=PassageKind.TABLE, page=rows[0].page, boxes=tuple(boxes))


def _box(line: PrintedLine, start: int, end: int) -> Box:
    x0, y0, x1, y1 = (round(edge, 1) for edge in (line.x0, line.y0, line.x1, line.y1))
    return Box(page=line.page, x0=x0, y0=y0, x1=x1, y1=y1, start=start, end=end, confidence=line.confidence)
