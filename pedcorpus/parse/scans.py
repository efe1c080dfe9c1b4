"""Pages whose text layer is missing or garbage: drawn as a picture, read by OCR, handed on as printed lines.

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
from pedcorpus.parse.ocr import OcrLine, PageImage, find_engine, missing_engine, ocr_signature
from pedcorpus.parse.page_strokes import find_strokes
from pedcorpus.parse.parser import ParseOptions
from pedcorpus.parse.pdf_lines import PrintedLine
from pedcorpus.parse.pdf_page import PrintedPage
from pedcorpus.parse.pdf_rules import find_grids
from pedcorpus.parse.text_layer import TextLayer, judge_text_layer

__all__ = ["ScanReader", "text_layer_of"]

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


@dataclass
class ScanReader:
    """Reads the scanned pages of one document; remembers the sizes of type that it has met, and how often."""

    options: ParseOptions
    limits: Limits
    signature: str = ""
    """`Parsed.ocr` of what has been read so far."""
    _sizes: Counter[float] = field(default_factory=Counter)

    def read(self, page: Any, layer: TextLayer) -> PrintedPage:  # pymupdf is untyped
        """Lines of `page`, in no particular order, each with its confidence; and the strokes of its tables.

        Raises:
            InputError: no engine is installed, the page's pictures are too large, or what it reads is guesswork.
        """
        where = f"page {page.number + 1}"
        engine = find_engine(self.options.ocr)
        self.signature = ocr_signature(self.options.ocr, self.options.ocr_dpi) or "missing"
        if engine is None:
            what = "a picture without text" if layer is TextLayer.NONE else "a text layer of meaningless characters"
            detail = f"found {what}, expected a text layer; {missing_engine(self.options.ocr)}"
            raise InputError(where, "no_text_layer", detail)
        image = self._drawn(page, where)
        found = engine.read(image)
        if found and (sure := _mean(found)) < _LEGIBLE:
            detail = f"{engine.name} reads its picture with a confidence of {sure:.2f}, expected {_LEGIBLE} or more"
            raise InputError(where, "illegible_scan", f"{detail}; the page is left out: scan it anew, sharper")
        lines = self._printed(found, page.number + 1, 72 / image.dpi)
        level, upright = find_strokes(image)
        grids = find_grids(level, upright)
        return PrintedPage(page.number + 1, page.rect.width, page.rect.height, lines, level, grids)

    def _drawn(self, page: Any, where: str) -> PageImage:
        pixels = sum(one["width"] * one["height"] for one in page.get_image_info())
        if pixels > self.limits.picture_pixels:
            found = f"its pictures have {pixels // 1_000_000} million pixels"
            detail = f"{found}, allowed are {self.limits.picture_pixels // 1_000_000}; scan it at a lower resolution"
            raise InputError(where, "picture_too_large", detail)
        area = max(page.rect.width * page.rect.height, 1.0)
        zoom = min(self.options.ocr_dpi / 72, math.sqrt(self.limits.drawn_pixels / area))
        drawn = page.get_pixmap(matrix=_mupdf.Matrix(zoom, zoom), colorspace=_mupdf.csRGB, alpha=False, annots=False)
        return PageImage(drawn.width, drawn.height, 72 * zoom, bytes(drawn.samples))

    def _printed(self, lines: Sequence[OcrLine], page: int, scale: float) -> list[PrintedLine]:
        longest_first = sorted(range(len(lines)), key=lambda place: -_ems(lines[place].text))  # they are measured best
        sizes = {place: self._settle(lines[place], scale) for place in longest_first}
        return [
            PrintedLine(
                text=line.text,
                page=page,
                x0=line.x0 * scale,
                y0=line.y0 * scale,
                x1=line.x1 * scale,
                y1=line.y1 * scale,
                size=sizes[place],
                bold=False,
                confidence=line.confidence,
            )
            for place, line in enumerate(lines)
        ]

    def _settle(self, line: OcrLine, scale: float) -> float:
        """The size of a line's type in points: the most used of those near enough, or a new one."""
        ems = _ems(line.text)
        size = max(line.x1 - line.x0 - 2 * _EDGE_PX, 1.0) / ems * scale
        tolerance = next(share for least, share in _TOLERANCE if ems >= least)
        if any(map(str.isascii, line.text)):
            tolerance = max(tolerance, _MIXED)
        near = [known for known in self._sizes if abs(known - size) <= tolerance * known]
        settled = max(near, key=lambda known: self._sizes[known], default=max(round(2 * size) / 2, 0.5))
        self._sizes[settled] += len(line.text)
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
