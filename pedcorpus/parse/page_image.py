"""A page as a picture with boxes drawn on it, so that a quote can be seen where it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import pymupdf

from pedcorpus.errors import InputError
from pedcorpus.records import Box

__all__ = ["PageDrawing", "draw_page", "render_page"]

_FILL = (1.0, 0.9, 0.2)
_OUTLINE = (0.8, 0.45, 0.0)
_FILL_OPACITY = 0.35  # the print stays readable under it
_MARGIN = 1.5  # points around a box, so that its outline does not touch the glyphs
_MOST_PIXELS = 16_000_000  # a page may be 200 inches wide; four times an A4 page at 180 dpi


@dataclass(frozen=True)
class PageDrawing:
    """One page as a picture, with the size that its boxes are measured in."""

    png: bytes
    width_pt: float
    height_pt: float


def render_page(data: bytes, page: int, boxes: Sequence[Box], *, dpi: int = 120) -> bytes:
    """Page `page` (from 1) of the PDF in `data` as PNG, with `boxes` (PDF points) highlighted and outlined.

    Raises:
        InputError: the bytes are no PDF that can be opened, or it has no such page.
    """
    return draw_page(data, page, boxes, dpi=dpi).png


def draw_page(data: bytes, page: int, boxes: Sequence[Box] = (), *, dpi: int = 120) -> PageDrawing:
    """As `render_page`, with the page's size; a very large page is drawn with fewer dots an inch.

    Raises:
        InputError: the bytes are no PDF that can be opened, or it has no such page.
    """
    try:
        with pymupdf.open(stream=data, filetype="pdf") as document:  # type: ignore[no-untyped-call]  # as below
            if not 1 <= page <= document.page_count:
                found = f"found {document.page_count} pages, expected one of them, not page {page}"
                raise InputError("page image", "no_such_page", found)
            drawn = document[page - 1]
            for box in boxes:
                _highlight(drawn, box)
            width, height = drawn.rect.width, drawn.rect.height
            zoom = min(dpi / 72, sqrt(_MOST_PIXELS / (width * height)))
            picture: bytes = drawn.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom)).tobytes("png")  # type: ignore[no-untyped-call]  # as below
            return PageDrawing(picture, width, height)
    except (pymupdf.FileDataError, RuntimeError, ValueError) as error:
        raise InputError(
            "page image", "unreadable", f"the page cannot be drawn: {error}; ingest the file again"
        ) from error


def _highlight(page: pymupdf.Page, box: Box) -> None:
    around: Any = pymupdf.Rect(  # type: ignore[no-untyped-call]  # pymupdf has no types
        box.x0 - _MARGIN, box.y0 - _MARGIN, box.x1 + _MARGIN, box.y1 + _MARGIN
    )
    # boxes are in the page as seen; drawing is in the page before its own rotation
    page.draw_rect(
        around * page.derotation_matrix,
        color=_OUTLINE,
        fill=_FILL,
        fill_opacity=_FILL_OPACITY,
        width=0.8,
        overlay=True,
    )
