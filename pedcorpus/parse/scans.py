"""Pages whose text layer is missing or garbage: drawn as a picture, read by OCR, handed on as printed lines.

A page is read on its own, in any process; only then are its sizes of type set by those of the pages before it.
What the lines make together (order, running heads, paragraphs, headings) is found by the code for text pages.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pymupdf

from pedcorpus.errors import InputError
from pedcorpus.parse.limits import Limits
from pedcorpus.parse.ocr import OcrLine, PageImage, find_engine, missing_engine
from pedcorpus.parse.page_strokes import find_strokes
from pedcorpus.parse.parser import ParseOptions
from pedcorpus.parse.pdf_lines import PrintedLine
from pedcorpus.parse.pdf_page import PrintedPage
from pedcorpus.parse.pdf_rules import find_grids
from pedcorpus.parse.text_layer import TextLayer, judge_text_layer

__all__ = ["TypeSizes", "read_scan", "text_layer_of"]

_mupdf: Any = pymupdf  # its functions are untyped

_FEW = 60
"""Characters from which a page is not asked for its pictures."""
_HALF_FILLED = "，。、；：！？）】》」』”’,.;:!?"
"""Marks that fill only the left part of their square at a line's end."""
_EITHER = "~():;"
"""Signs that OCR reads as narrow in Chinese text though they may be printed wide."""
_EDGE_PX = 3.0
"""By how much a line's box reaches beyond its ink on either side."""
_TOLERANCE = ((10.0, 0.09), (4.0, 0.12), (0.0, 0.4))
"""Ems of a line of Chinese, and how far from a known size of type its measured one may be to be the same."""
_MIXED = 0.15
"""The same for a line with letters, whose widths differ, and with signs that may be of either width."""
_LEGIBLE = 0.8
"""Mean confidence of a page that is worth keeping: at .9 some 4 % of characters are wrong, at .87 a tenth, at .67 a
third, which still reads like text."""


def text_layer_of(page: Any, text: str) -> TextLayer:  # pymupdf is untyped
    """What `text`, the text layer of `page`, is worth."""
    if len(text) >= _FEW:
        return judge_text_layer(text)
    area = max(page.rect.width * page.rect.height, 1.0)
    pictures = [_mupdf.Rect(one["bbox"]) & page.rect for one in page.get_image_info()]
    covered = max((box.width * box.height / area for box in pictures if not box.is_empty), default=0.0)
    shapes = 0 if pictures else sum(len(drawing["items"]) for drawing in page.get_cdrawings())
    return judge_text_layer(text, picture=covered, shapes=shapes)


def read_scan(page: Any, layer: TextLayer, options: ParseOptions, limits: Limits) -> PrintedPage:  # pymupdf is untyped
    """Lines of `page`, in no particular order, each with its confidence, its size of type as measured; and strokes.

    Raises:
        InputError: no engine is installed, the page's pictures are too large, or what it reads is guesswork.
    """
    where = f"page {page.number + 1}"
    engine = find_engine(options.ocr)
    if engine is None:
        what = "a picture without text" if layer is TextLayer.NONE else "a text layer of meaningless characters"
        detail = f"found {what}, expected a text layer; {missing_engine(options.ocr)}"
        raise InputError(where, "no_text_layer", detail)
    image = _drawn(page, where, options, limits)
    found = engine.read(image)
    if found and (sure := _mean(found)) < _LEGIBLE:
        detail = f"{engine.name} reads its picture with a confidence of {sure:.2f}, expected {_LEGIBLE} or more"
        raise InputError(where, "illegible_scan", f"{detail}; the page is left out: scan it anew, sharper")
    lines = [_printed(line, page.number + 1, 72 / image.dpi) for line in found]
    level, upright = find_strokes(image)
    grids = find_grids(level, upright)
    return PrintedPage(page.number + 1, page.rect.width, page.rect.height, lines, level, grids)


def _drawn(page: Any, where: str, options: ParseOptions, limits: Limits) -> PageImage:
    pixels = sum(one["width"] * one["height"] for one in page.get_image_info())
    if pixels > limits.picture_pixels:
        found = f"its pictures have {pixels // 1_000_000} million pixels"
        detail = f"{found}, allowed are {limits.picture_pixels // 1_000_000}; scan it at a lower resolution"
        raise InputError(where, "picture_too_large", detail)
    area = max(page.rect.width * page.rect.height, 1.0)
    zoom = min(options.ocr_dpi / 72, math.sqrt(limits.drawn_pixels / area))
    drawn = page.get_pixmap(matrix=_mupdf.Matrix(zoom, zoom), colorspace=_mupdf.csRGB, alpha=False, annots=False)
    return PageImage(drawn.width, drawn.height, 72 * zoom, bytes(drawn.samples))


def _printed(line: OcrLine, page: int, scale: float) -> PrintedLine:
    return PrintedLine(
        text=line.text,
        page=page,
        x0=line.x0 * scale,
        y0=line.y0 * scale,
        x1=line.x1 * scale,
        y1=line.y1 * scale,
        size=max(line.x1 - line.x0 - 2 * _EDGE_PX, 1.0) / _ems(line.text) * scale,
        bold=False,
        confidence=line.confidence,
    )


@dataclass
class TypeSizes:
    """The sizes of type met in one scanned document, and how often: a measured size is one of them, or a new one."""

    _met: Counter[float] = field(default_factory=Counter)

    def settle(self, page: PrintedPage) -> PrintedPage:
        """`page` with its sizes settled."""
        longest_first = sorted(range(len(page.lines)), key=lambda place: -_ems(page.lines[place].text))
        sizes = {place: self._settled(page.lines[place]) for place in longest_first}  # the longest are measured best
        return page._replace(lines=[line._replace(size=sizes[place]) for place, line in enumerate(page.lines)])

    def _settled(self, line: PrintedLine) -> float:
        """The most used of the sizes that are near enough, or a new one."""
        tolerance = next(share for least, share in _TOLERANCE if _ems(line.text) >= least)
        if any(map(str.isascii, line.text)):
            tolerance = max(tolerance, _MIXED)
        near = [known for known in self._met if abs(known - line.size) <= tolerance * known]
        settled = max(near, key=lambda known: self._met[known], default=max(round(2 * line.size) / 2, 0.5))
        self._met[settled] += len(line.text)
        return settled


def _mean(lines: Sequence[OcrLine]) -> float:
    """Mean confidence, a long line weighing more."""
    return sum(line.confidence * len(line.text) for line in lines) / sum(len(line.text) for line in lines)


def _ems(text: str) -> float:
    """Width of `text` in sizes of its type: the heights of lines depend on whether a g hangs down."""
    wide = sum(not one.isascii() for one in text) - 0.5 * (text[-1] in _HALF_FILLED and not text[-1].isascii())
    narrow = "".join(one for one in text if one.isascii() and not (wide and one in _EITHER))
    either = sum(one in _EITHER for one in text) if wide else 0
    return max(wide + 0.75 * either + float(_mupdf.get_text_length(narrow, fontname="helv", fontsize=1)), 0.5)
