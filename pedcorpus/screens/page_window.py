"""Which part of a page is in view: zooming and moving over it, counted in terminal cells. Draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from pedcorpus.records import Box

__all__ = ["PageWindow"]

Region = tuple[float, float, float, float]

_CELL_SHAPE = 2.0
"""A terminal's cell is about twice as high as wide."""
_CELLS_A_LINE = 7.0
"""Columns that the height of a printed line gets: at fewer, Chinese print is hard to read in dots."""
_CLOSEST_PT = 0.4
"""Points a column at the highest zoom."""
_MARGIN = 2
"""Cells left free before the box."""


@dataclass(frozen=True)
class PageWindow:
    """A view of `columns` × `rows` cells over a page; each step gives a new one, held to the page."""

    width_pt: float
    height_pt: float
    columns: int
    rows: int
    column_pt: float
    """Points of the page that one column shows; a row shows twice as many."""
    left: float = 0.0
    """Left edge of the view, in points; negative where the page is narrower than the view."""
    top: float = 0.0

    @classmethod
    def around(cls, boxes: Sequence[Box], *, page: tuple[float, float], cells: tuple[int, int]) -> PageWindow:
        """A view in which the print around `boxes` can be read, from its first line on; the page's top without boxes.

        `page` is its width and height in points, `cells` the columns and rows of the view.
        """
        whole = cls(*page, max(cells[0], 1), max(cells[1], 1), column_pt=1.0)
        if not boxes:
            return replace(whole, column_pt=page[0] / whole.columns)._held()
        near = replace(whole, column_pt=median(box.y1 - box.y0 for box in boxes) / _CELLS_A_LINE)
        left, right = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
        top, bottom = min(box.y0 for box in boxes), max(box.y1 for box in boxes)
        near = near._held()
        width, height = near.region[2] - near.left, near.region[3] - near.top
        first = min(boxes, key=lambda box: (box.y0, box.x0))
        x = (left + right - width) / 2 if right - left < width else first.x0 - _MARGIN * near.column_pt
        y = (top + bottom - height) / 2 if bottom - top < height else top - _MARGIN * near.column_pt * _CELL_SHAPE
        return replace(near, left=x, top=y)._held()

    @property
    def region(self) -> Region:
        """Left, top, right and bottom of the view, in points."""
        width, height = self.columns * self.column_pt, self.rows * self.column_pt * _CELL_SHAPE
        return self.left, self.top, self.left + width, self.top + height

    @property
    def _farthest(self) -> float:
        return max(self.width_pt / self.columns, self.height_pt / (self.rows * _CELL_SHAPE))

    def moved(self, columns: float, rows: float) -> PageWindow:
        """The view that many cells further right and down."""
        step = self.column_pt
        return replace(self, left=self.left + columns * step, top=self.top + rows * step * _CELL_SHAPE)._held()

    def zoomed(self, factor: float) -> PageWindow:
        """The same middle, `factor` times as large."""
        left, top, right, bottom = self.region
        near = replace(self, column_pt=self.column_pt / factor)._within_zoom()
        width, height = near.region[2] - near.left, near.region[3] - near.top
        return replace(near, left=(left + right - width) / 2, top=(top + bottom - height) / 2)._held()

    def resized(self, columns: int, rows: int) -> PageWindow:
        """The same upper left corner and size of print in a view of another size."""
        return replace(self, columns=max(columns, 1), rows=max(rows, 1))._held()

    def _within_zoom(self) -> PageWindow:
        return replace(self, column_pt=max(min(self.column_pt, self._farthest), min(_CLOSEST_PT, self._farthest)))

    def _held(self) -> PageWindow:
        """Not beyond the page's edges; a page smaller than the view stands in its middle."""
        near = self._within_zoom()
        left, top, right, bottom = near.region
        return replace(
            near,
            left=_inside(left, right - left, near.width_pt),
            top=_inside(top, bottom - top, near.height_pt),
        )


def _inside(start: float, length: float, whole: float) -> float:
    if length >= whole:
        return (whole - length) / 2
    return min(max(start, 0.0), whole - length)
