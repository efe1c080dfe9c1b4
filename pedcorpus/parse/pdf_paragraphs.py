"""Printed lines in reading order put together to paragraphs, across lines, columns and pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from pedcorpus.parse.blocks import Block, PrintedBox
from pedcorpus.parse.captions import is_caption
from pedcorpus.parse.joins import columns, join_pieces
from pedcorpus.parse.lines import opens_paragraph
from pedcorpus.parse.numbering import Family, read_marker
from pedcorpus.parse.pdf_lines import PrintedLine
from pedcorpus.parse.pdf_typography import Typography
from pedcorpus.records import PassageKind

__all__ = ["Paragraph", "block_of", "paragraphs_of"]

Paragraph = list[PrintedLine]
"""Lines of one paragraph, heading or table."""

_ENDS = re.compile(
    r"[。！？!?：:；;][”’」』）)】〕\"']*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹⁻,，-]|\[[\d,，\-~ ]+\])*$|[.](?:\s*\[[\d,\- ]+\])?$"
)
_LAST = frozenset("。！？!?：:；;”’」』）)】〕\"'⁰¹²³⁴⁵⁶⁷⁸⁹⁻,，-].")
"""What a line that ends a sentence may end with."""
_MAY_OPEN = frozenset("【〔第PpCcSs")
"""What a line that begins a paragraph in the middle of a sentence may begin with: a bracket, or 第一章 and its like."""
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,6}[：:]")
_HANGING = re.compile(
    r"(?P<reference>\[\d{1,3}\])|(?P<bullet>[•●○◆■*-]\s?)|(?P<bracket>[（(]?\d{1,3}[)）])"
    r"|(?P<number>\d{1,3}[.．、](?!\d))|(?P<circle>[①-⑳])"
)
_BRACKETS = ("【", "〔")
_STRONG_FAMILIES = (Family.PART, Family.CHAPTER, Family.SECTION)
_UNBREAKABLE = re.compile(r"[!-~～·∶μ℃Ａ-Ｚａ-ｚ０-９]+|.", re.DOTALL)
_CLOSING = "，。、；：？！）】》〕”’%℃～·/,.;:?!)]"
_LONGEST_PIECE = 14.0
"""Ems of a word that may have been pushed to the next line whole; an address of any length is."""
_ADDRESSES = ("http://", "https://")
_SAME_SIZE = 0.6
_LONG, _LONGEST = 4_000, 8_000
"""Characters from which a paragraph ends with the next sentence that ends a line, and from which with any line."""


def paragraphs_of(
    lines: Iterable[tuple[PrintedLine, Typography]], is_title: Callable[[PrintedLine], bool] = lambda _: False
) -> Iterator[tuple[Paragraph, Typography]]:
    """Lines that make one paragraph, heading or table each; `is_title` knows headings from elsewhere.

    A table that a sentence runs around, at the head of a page or column, comes after the sentence's paragraph. Text in
    which nothing shows where paragraphs begin is parted at the end of a sentence once it is long.
    """
    paragraph: Paragraph = []
    aside: list[tuple[Paragraph, Typography]] = []
    was = Typography()
    after_title = False
    length = 0
    for line, kind in lines:
        if paragraph and _floats(paragraph, line):
            aside.append(([line], kind))
            continue
        title = is_title(line)
        apart = title or (after_title and is_title(paragraph[-1]))  # what was looked up since is a title no longer
        enough = length > _LONG and (length > _LONGEST or _is_ended(paragraph[-1].text))
        if paragraph and (apart or enough or _is_break(paragraph, line, kind)):
            yield paragraph, was
            yield from aside
            paragraph, aside, length = [], [], 0
        if not paragraph:
            was = kind
        paragraph.append(line)
        length += len(line.text)
        after_title = title
    if paragraph:
        yield paragraph, was
    yield from aside


def _floats(paragraph: Paragraph, line: PrintedLine) -> bool:
    """Is `line` a table, or the caption of one, in the middle of the paragraph's sentence?"""
    if not (line.table or is_caption(line.text)):
        return False
    before = paragraph[-1]
    unfinished = not before.table and not _is_ended(before.text) and not is_caption(before.text)
    return unfinished and _fills(before, line, 2.0)


def _is_break(paragraph: Paragraph, after: PrintedLine, kind: Typography) -> bool:
    before = paragraph[-1]
    if _runs_on(before, after, kind):
        return False
    if before.table or after.table or not -_SAME_SIZE <= before.size - after.size <= _SAME_SIZE:
        return True
    moved = before.page != after.page or before.column != after.column
    step = after.middle - before.middle
    if not moved and not 0 < step < 1.7 * max(kind.leading, 1.3 * after.size):
        return True
    if before.size > 1.15 * kind.body and not moved:
        return read_marker(after.text) is not None
    if not kind.heavy and before.bold != after.bold and (_is_heading_like(before) or _is_heading_like(after)):
        return True
    return _is_break_by_place(paragraph, after, kind, moved=moved)


def _runs_on(before: PrintedLine, after: PrintedLine, kind: Typography) -> bool:
    """Is it plain text in the middle of a sentence, below a full line? Of most lines, nothing else need be asked."""
    size, column = after.size, after.column
    return (
        before.text[-1:] not in _LAST
        and before.size == size
        and before.column == column
        and column[1] - before.x1 <= 1.8 * size
        and -0.8 * size <= after.x0 - before.x0 <= 0.8 * size
        and before.page == after.page
        and 0 < after.y0 + after.y1 - before.y0 - before.y1 < 4.4 * size
        and 1.0 <= size <= 1.15 * kind.body
        and after.text[:1] not in _MAY_OPEN
        and before.bold == after.bold
        and not before.table
        and not after.table
    )


def _is_heading_like(line: PrintedLine) -> bool:
    return line.bold and columns(line.text) <= 60 and not _is_ended(line.text)


def _is_break_by_place(paragraph: Paragraph, after: PrintedLine, kind: Typography, *, moved: bool) -> bool:
    """Where the text itself is of one kind: do the ends of the lines and their indents part them?"""
    before, em = paragraph[-1], max(after.size, 1.0)
    ended = _is_ended(before.text)
    if not _fills(before, after, 0.8) and (ended or not _is_ragged(before)):
        return True
    if after.text.startswith(_BRACKETS):
        return ended or _offset(after) > 0.8 * em
    if _is_strong(after) and not ended:
        return not _fills(before, after, 0.0)
    if not ended and abs(_offset(after) - _offset(before)) <= 0.8 * em:
        return False
    if _is_hung(paragraph, after):
        return False
    if ended and not moved and after.middle - before.middle > 1.35 * max(kind.leading, 1.2 * after.size):
        return True
    return _is_break_by_indent(paragraph, after, ended=ended, moved=moved) or (ended and _opens(paragraph, after))


def _is_ended(text: str) -> bool:
    """Does a sentence end here, whatever note or reference stands behind it?"""
    return text[-1:] in _LAST and _ENDS.search(text) is not None


def _is_break_by_indent(paragraph: Paragraph, after: PrintedLine, *, ended: bool, moved: bool) -> bool:
    before, em = paragraph[-1], max(after.size, 1.0)
    shift = _offset(after) - _offset(before)
    hanging = _HANGING.match(paragraph[0].text) is not None
    if shift > 0.8 * em and not (hanging and len(paragraph) == 1 and shift < 5 * em):
        return ended or not moved
    if hanging and shift < -0.8 * em and len(paragraph) > 1:
        return True
    if hanging and _HANGING.match(after.text) and (ended or shift < -0.8 * em):
        return True
    # both begin where paragraphs of this column begin, so the second does too
    return ended and abs(shift) <= 0.5 * em and 0.8 * em < _offset(after) < 4 * em


def _opens(paragraph: Paragraph, after: PrintedLine) -> bool:
    """Does `after` read like the beginning of a paragraph? Where paragraphs are indented, a mere label does not."""
    if is_caption(after.text):
        return True
    em = max(after.size, 1.0)
    flush = _offset(paragraph[0]) > 0.8 * em and _offset(after) < 0.5 * em
    return opens_paragraph(after.text) and not (flush and _LABEL.match(after.text))


def _offset(line: PrintedLine) -> float:
    return line.x0 - line.column[0]


def _is_strong(line: PrintedLine) -> bool:
    marker = read_marker(line.text)
    return marker is not None and marker.family in _STRONG_FAMILIES


def _fills(before: PrintedLine, after: PrintedLine, slack: float) -> bool:
    """Was there no room left on `before` for what `after` begins with, give or take `slack` characters?"""
    room = before.column[1] - before.x1
    em = max(before.size, 1.0)
    if room <= (1 + slack) * em:
        return True
    first = _first_piece(after.text)
    width = sum([0.55 if character < "\u2000" else 1.0 for character in first])
    if not first.startswith(_ADDRESSES):
        width = min(width, _LONGEST_PIECE)
    return room <= (width + slack) * em


def _first_piece(text: str) -> str:
    """The beginning of a line that could not stand apart from what follows: a word or number with its marks."""
    found = _UNBREAKABLE.match(text)
    end = found.end() if found else 0
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return text[:end]


def _is_hung(paragraph: Paragraph, after: PrintedLine) -> bool:
    """Does it hang under the number of a list's item, as the lines before it do? An item of an inner list does not."""
    outer = _HANGING.match(paragraph[0].text)
    if outer is None:
        return False
    hung = [_offset(line) - _offset(paragraph[0]) for line in (after, *paragraph[1:2])]
    if not all(0.8 * after.size < shift < 5 * after.size for shift in hung):
        return False
    inner = _HANGING.match(after.text)
    return inner is None or outer.lastgroup in ("reference", inner.lastgroup)


def _is_ragged(before: PrintedLine) -> bool:
    """Is it set without a straight right edge, as English may be? Then a shorter line ends nothing."""
    full = before.x1 > before.column[0] + 0.75 * (before.column[1] - before.column[0])
    return full and before.text[-1:].isascii()


def block_of(paragraph: Sequence[PrintedLine], level: int | None = None) -> Block:
    """One block of a paragraph's lines, with a box for each line."""
    if paragraph[0].table:
        return _table_block(paragraph[0])
    text, starts = join_pieces([line.text for line in paragraph])
    stops = [*starts[1:], len(text)]
    boxes = tuple(
        [
            _box(line.page, line[2:6], start, stop, line.confidence)
            for line, start, stop in zip(paragraph, starts, stops, strict=True)
            if start < stop
        ]
    )
    return Block(text, range(len(text)), level=level, page=paragraph[0].page, boxes=boxes)


def _table_block(table: PrintedLine) -> Block:
    """A table as text: a row a line, cells parted by ` | `, and a box for each row."""
    rows = [" | ".join(row.cells) for row in table.table]
    boxes, start = [], 0
    for row, text in zip(table.table, rows, strict=True):
        boxes.append(_box(row.page, row[2:6], start, start + len(text), row.confidence))
        start += len(text) + 1
    text = "\n".join(rows)
    return Block(text, range(len(text)), kind=PassageKind.TABLE, page=table.page, boxes=tuple(boxes))


def _box(page: int, rect: tuple[float, float, float, float], start: int, end: int, sure: float | None) -> PrintedBox:
    x0, y0, x1, y1 = rect
    return tuple.__new__(PrintedBox, (page, _tenth(x0), _tenth(y0), _tenth(x1), _tenth(y1), start, end, sure))


@lru_cache(maxsize=4096)
def _tenth(place: float) -> float:
    """`place` to a tenth of a point; lines of all pages begin and end at the same few places."""
    return round(place, 1)
