"""Straight strokes in the picture of a page: on a scan they are all that is left of a table's rules.

A stroke is a long run of dark pixels that is thin across; what the strokes enclose is for `pdf_rules`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from pedcorpus.parse.ocr import PageImage

if TYPE_CHECKING:
    from pedcorpus.parse.pdf_rules import Rect

__all__ = ["find_strokes"]

_DARK = 176
"""Mean of red, green and blue below which a pixel is ink; half a hair line is 128."""
_LEVEL_PT, _UPRIGHT_PT = 30.0, 20.0
"""Shortest strokes; characters of a book's headings have shorter ones."""
_THICK_PT = 3.0
_MAX_RUNS = 20_000
"""Runs from which the page holds a dark picture, and no table is looked for."""


class _Stroke(NamedTuple):
    first: int
    """First and last row, first and last column, and how many pixels are dark."""
    last: int
    left: int
    right: int
    area: int


def find_strokes(image: PageImage) -> tuple[list[Rect], list[Rect]]:
    """Level and upright strokes as thin boxes in points from the page's top left."""
    import numpy as np

    pixels = np.frombuffer(image.samples, dtype=np.uint8).reshape(image.height, image.width, 3)
    dark = pixels.sum(axis=2, dtype=np.uint16) < 3 * _DARK
    scale = 72 / image.dpi
    level = [
        (one.left * scale, one.first * scale, one.right * scale, (one.last + 1) * scale)
        for one in _strokes(dark, _LEVEL_PT / scale, _THICK_PT / scale)
    ]
    upright = [
        (one.first * scale, one.left * scale, (one.last + 1) * scale, one.right * scale)
        for one in _strokes(dark.T, _UPRIGHT_PT / scale, _THICK_PT / scale)
    ]
    return level, upright


def _strokes(dark: Any, shortest: float, thickest: float) -> list[_Stroke]:
    """Strokes along the rows of `dark`, an array of booleans: runs in rows that touch, thin in the mean."""
    open_strokes: list[_Stroke] = []
    closed: list[_Stroke] = []
    for count, (row, left, right) in enumerate(_runs(dark, max(int(shortest), 2))):
        if count >= _MAX_RUNS:
            return []
        going_on = [one for one in open_strokes if one.last >= row - 1]
        closed += [one for one in open_strokes if one.last < row - 1]
        touched = [one for one in going_on if one.left < right and left < one.right]
        open_strokes = [one for one in going_on if one not in touched]
        open_strokes.append(
            _Stroke(
                min([row, *(one.first for one in touched)]),
                row,
                min([left, *(one.left for one in touched)]),
                max([right, *(one.right for one in touched)]),
                right - left + sum(one.area for one in touched),
            )
        )
    return [one for one in [*closed, *open_strokes] if one.area <= thickest * (one.right - one.left)]


def _runs(dark: Any, shortest: int) -> Iterator[tuple[int, int, int]]:
    """Row, first column and end of each run of at least `shortest` dark pixels."""
    import numpy as np

    if dark.shape[1] <= shortest:
        return
    sums = np.zeros((dark.shape[0], dark.shape[1] + 1), dtype=np.int32)
    np.cumsum(dark, axis=1, dtype=np.int32, out=sums[:, 1:])
    full = (sums[:, shortest:] - sums[:, :-shortest]) == shortest
    for row in np.flatnonzero(full.any(axis=1)):
        edges = np.flatnonzero(np.diff(full[row].astype(np.int8), prepend=0, append=0))
        for start, stop in zip(edges[::2], edges[1::2], strict=True):
            yield int(row), int(start), int(stop) + shortest - 1
