"""One page of a PDF as it is printed: fragments of text and strokes, out of one pass of the library over the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import pymupdf

from pedcorpus.parse.pdf_lines import PrintedLine, line_of
from pedcorpus.parse.pdf_rules import Grid, Rect, find_grids, slot

__all__ = ["PrintedPage", "TooManyGlyphs", "read_page"]

_mupdf: Any = pymupdf  # its functions are untyped

_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP | pymupdf.TEXT_COLLECT_VECTORS
"""No images; ligatures spelt out; a glyph without a character becomes U+FFFD, which is reported, not guessed."""
_TEXT, _VECTOR = 0, 3
_POOL_BYTES_PER_GLYPH = 72
"""Bytes that the library keeps for each character of a page: its size is known before a list is made of it."""
_THIN_PT = 3.0
_MIN_STROKE_PT = 5.0


class TooManyGlyphs(Exception):
    """Raised when a page holds more characters than a parser takes on; its argument is about how many."""


class PrintedPage(NamedTuple):
    """What is printed on one page."""

    number: int
    """Counted from 1."""
    width: float
    height: float
    lines: Sequence[PrintedLine]
    level: Sequence[Rect] = ()
    """Level strokes, as thin boxes; the edges of a drawn rectangle are strokes."""
    grids: Sequence[Grid] = ()
    """Areas where level and upright strokes meet to columns and rows."""


def read_page(page: Any, *, glyphs: int) -> PrintedPage:  # pymupdf is untyped
    """Fragments and strokes of `page`.

    Raises:
        TooManyGlyphs: there are more than about `glyphs` characters on it.
    """
    text_page = page.get_textpage(flags=_FLAGS)
    found = _mupdf.mupdf.ll_fz_pool_size(text_page.this.m_internal.pool) // _POOL_BYTES_PER_GLYPH
    if found > glyphs:
        raise TooManyGlyphs(found)
    number = page.number + 1
    printed = text_page.extractDICT()
    vectors = [block for block in printed["blocks"] if block["type"] == _VECTOR]
    level, upright = _strokes(vectors) if vectors else ([], [])
    grids = find_grids(level, upright) if upright else []
    cut = grids and any(_cuts(grid, line["bbox"]) for line in _lines(printed) for grid in grids)
    lines = [
        read
        for line in (_cut_lines(text_page.extractRAWDICT(), grids) if cut else _lines(printed))
        if (read := line_of(line["spans"], line["bbox"], number)) is not None
    ]
    return PrintedPage(number, printed["width"], printed["height"], lines, level, grids)


def _lines(printed: Any) -> Iterator[Any]:
    """Level lines of pymupdf's `dict` or `rawdict`."""
    for block in printed["blocks"]:
        if block["type"] == _TEXT:
            for line in block["lines"]:
                across, down = line["dir"]
                if across > 0 and -0.05 < down < 0.05:
                    yield line


def _cuts(grid: Grid, box: Rect) -> bool:
    """Does an upright edge of `grid` run through a line of text?"""
    middle = (box[1] + box[3]) / 2
    if not grid.ys[0] < middle < grid.ys[-1] or box[2] < grid.xs[0] or box[0] > grid.xs[-1]:
        return False
    row = slot(grid.ys, middle)
    return any(
        box[0] < x - 1 and box[2] > x + 1 and grid.parts_columns(row, edge) for edge, x in enumerate(grid.xs[1:-1], 1)
    )


def _cut_lines(printed: Any, grids: Sequence[Grid]) -> Iterator[Any]:
    """Lines of pymupdf's `rawdict` in the form of its `dict`, those that reach over a grid's edge cut there."""
    for line in _lines(printed):
        grid = next((grid for grid in grids if _cuts(grid, line["bbox"])), None)
        xs = grid.xs if grid else (line["bbox"][0], line["bbox"][2])
        parts: dict[int, list[Any]] = {}
        for span in line["spans"]:
            columns = [slot(xs, (one["bbox"][0] + one["bbox"][2]) / 2) for one in span["chars"]]
            for column, pairs in groupby(zip(columns, span["chars"], strict=True), lambda pair: pair[0]):
                parts.setdefault(column, []).append(_span(span, [character for _, character in pairs]))
        for spans in parts.values():
            box = (spans[0]["bbox"][0], line["bbox"][1], spans[-1]["bbox"][2], line["bbox"][3])
            yield {"spans": spans, "bbox": box}


def _span(span: Any, characters: Sequence[Any]) -> Any:
    """The part of a span of `rawdict` that `characters` make, in the form of `dict`."""
    first, last = characters[0], characters[-1]
    box = (first["bbox"][0], span["bbox"][1], last["bbox"][2], span["bbox"][3])
    return {**span, "text": "".join(one["c"] for one in characters), "bbox": box, "origin": first["origin"]}


def _strokes(vectors: Sequence[Any]) -> tuple[list[Rect], list[Rect]]:
    """Level and upright strokes; the four edges of a drawn rectangle count, the area of a filled one does not."""
    level: list[Rect] = []
    upright: list[Rect] = []
    for vector in vectors:
        x0, y0, x1, y1 = vector["bbox"]
        width, height = x1 - x0, y1 - y0
        if height <= _THIN_PT and width >= _MIN_STROKE_PT:
            level.append((x0, y0, x1, y1))
        elif width <= _THIN_PT and height >= _MIN_STROKE_PT:
            upright.append((x0, y0, x1, y1))
        elif vector["stroked"] and vector["isrect"] and width > _THIN_PT and height > _THIN_PT:
            level += [(x0, y0, x1, y0), (x0, y1, x1, y1)]
            upright += [(x0, y0, x0, y1), (x1, y0, x1, y1)]
    return level, upright
