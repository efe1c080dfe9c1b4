"""Pages whose text layer is missing or garbage: drawn as a picture, read by OCR, handed on as printed lines.

What the lines make together (order, running heads, paragraphs, headings) is found by the code for text pages.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pymupdf

from pedcorpus.errors import InputError
from pedcorpus.parse.joins import columns
from pedcorpus.parse.limits import Limits
from pedcorpus.parse.ocr import OcrLine, PageImage, find_engine, missing_engine
from pedcorpus.parse.parser import ParseOptions
from pedcorpus.parse.pdf_lines import PrintedLine
from pedcorpus.parse.text_layer import TextLayer, judge_text_layer

__all__ = ["ScanReader", "ocr_signature", "text_layer_of"]

_mupdf: Any = pymupdf  # its functions are untyped

_FEW = 60
"""Characters from which a page is not asked for its pictures."""
_SAME_SIZE = 0.09
"""Sizes of type this near one another are one size, measured less than exactly."""
_HALF_FILLED = "，。、；：！？）】》」』”’,.;:!?"
"""Marks that fill only the left part of their square at a line's end."""


def ocr_signature(options: ParseOptions) -> str:
    """All of the settings and libraries that decides how a scan is read, as `rapidocr-3.10.0/200`; empty for none."""
    engine = find_engine(options.ocr)
    return f"{engine.name}-{engine.version}/{options.ocr_dpi}" if engine else ""


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
    """Reads the scanned pages of one document; remembers the sizes of type that it has met."""

    options: ParseOptions
    limits: Limits
    signature: str = ""
    """`Parsed.ocr` of what has been read so far."""
    _sizes: list[float] = field(default_factory=list)

    def lines(self, page: Any, layer: TextLayer) -> list[PrintedLine]:  # pymupdf is untyped
        """Lines of `page`, in no particular order, each with its confidence.

        Raises:
            InputError: no engine is installed, or the page's pictures are too large.
        """
        where = f"page {page.number + 1}"
        engine = find_engine(self.options.ocr)
        self.signature = ocr_signature(self.options) or "missing"
        if engine is None:
            found = "a picture without text" if layer is TextLayer.NONE else "a text layer of meaningless characters"
            detail = f"found {found}, expected a text layer; {missing_engine(self.options.ocr)}"
            raise InputError(where, "no_text_layer", detail)
        image = self._drawn(page, where)
        return self._printed(engine.read(image), page.number + 1, 72 / image.dpi)

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
        measured = {line: _size(line) * scale for line in lines}
        for line in sorted(lines, key=lambda one: -columns(one.text)):  # the longest are measured best
            self._settle(measured[line])
        return [
            PrintedLine(
                text=line.text,
                page=page,
                x0=line.x0 * scale,
                y0=line.y0 * scale,
                x1=line.x1 * scale,
                y1=line.y1 * scale,
                size=self._settle(measured[line]),
                bold=False,
                confidence=line.confidence,
            )
            for line in lines
        ]

    def _settle(self, size: float) -> float:
        """The size met before that `size` is, or a new one."""
        nearest = min(self._sizes, key=lambda known: abs(math.log(known / size)), default=None)
        if nearest is not None and abs(nearest - size) <= _SAME_SIZE * nearest:
            return nearest
        self._sizes.append(round(2 * size) / 2 or 0.5)
        return self._sizes[-1]


def _size(line: OcrLine) -> float:
    """Size of a line's type in pixels: by its width where it is long enough to tell, by its height else."""
    height = max(line.y1 - line.y0, 1.0)
    filled = columns(line.text) - (line.text[-1] in _HALF_FILLED)
    by_width = 2 * (line.x1 - line.x0) / max(filled, 1)
    is_square = 2 * sum(one > "\u2e80" for one in line.text) > 0.8 * columns(line.text)
    return by_width if is_square and filled >= 12 and 0.7 < by_width / height < 1.4 else height
