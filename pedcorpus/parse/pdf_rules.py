"""The ruled areas of a PDF page: grids of level and upright strokes, and bare rules above and below rows.

Only strokes are looked at here; what text stands in the areas is for `pdf_tables`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

__all__ = ["Grid", "Rect", "Rule", "find_grids", "free_rules", "slot"]

Rect = tuple[float, float, float, float]
"""Left, top, right and bottom edge in points from the page's top left."""

_TOUCH_PT = 3.0
"""How far apart strokes may end that are meant to meet."""
_OUTSIDE_PT = 8.0
"""How far level strokes reach past the last upright one where a grid has no outer edge drawn."""
_MAX_STROKES = 800
"""Strokes from which a page holds a drawing and not a table."""


class Rule(NamedTuple):
    """A level stroke, put together of all its pieces."""

    x0: float
    x1: float
    y: float


class Grid(NamedTuple):
    """A grid: places of its upright and level edges, and which parts of them are drawn."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]
    """Upright strokes, their ends in `x0` and `x1`, their place in `y`."""

    @property
    def box(self) -> Rect:
        """The area that it covers."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def parts_columns(self, row: int, edge: int) -> bool:
        """Is the upright edge number `edge` drawn beside row `row`?"""
        middle = (self.ys[row] + self.ys[row + 1]) / 2
        return any(abs(one.y - self.xs[edge]) <= _TOUCH_PT and one.x0 <= middle <= one.x1 for one in self.upright)

    def parts_rows(self, edge: int, column: int) -> bool:
        """Is the level edge number `edge` drawn across column `column`?"""
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        return any(abs(one.y - self.ys[edge]) <= _TOUCH_PT and one.x0 <= middle <= one.x1 for one in self.level)


def slot(edges: Sequence[float], place: float) -> int:
    """Between which two of `edges`, in rising order, `place` lies; what lies outside is in the first or last slot."""
    return min(max(bisect_right(edges, place) - 1, 0), len(edges) - 2)


def _whole(strokes: Iterable[Rule]) -> list[Rule]:
    """Strokes with the pieces of one line put together."""
    whole: list[Rule] = []
    for stroke in sorted(strokes, key=lambda one: (round(one.y), one.x0)):
        if whole and abs(stroke.y - whole[-1].y) <= _TOUCH_PT / 2 and stroke.x0 <= whole[-1].x1 + _TOUCH_PT:
            last = whole[-1]
            whole[-1] = last._replace(x1=max(last.x1, stroke.x1))
        else:
            whole.append(stroke)
    return whole


def _level(strokes: Iterable[Rect]) -> list[Rule]:
    return _whole(Rule(x0, x1, (y0 + y1) / 2) for x0, y0, x1, y1 in strokes)


def _upright(strokes: Iterable[Rect]) -> list[Rule]:
    return _whole(Rule(y0, y1, (x0 + x1) / 2) for x0, y0, x1, y1 in strokes)


def _meet(level: Rule, upright: Rule) -> bool:
    return (
        level.x0 - _TOUCH_PT <= upright.y <= level.x1 + _TOUCH_PT
        and upright.x0 - _TOUCH_PT <= level.y <= upright.x1 + _TOUCH_PT
    )


def find_grids(level: Sequence[Rect], upright: Sequence[Rect]) -> list[Grid]:
    """Areas where level and upright strokes meet to make two columns and two rows at least, from top to bottom."""
    if not upright or len(level) + len(upright) > _MAX_STROKES:
        return []
    grids = [_grid(*group) for group in _groups(_level(level), _upright(upright))]
    return sorted((grid for grid in grids if len(grid.xs) > 2 and len(grid.ys) > 2), key=lambda one: one.box[1])


def _groups(level: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Level and upright strokes that hang together."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for stroke in upright:
        met = [group for group in groups if any(_meet(one, stroke) for one in group[0])]
        own = [one for one in level if _meet(one, stroke)]
        groups = [group for group in groups if not any(group is one for one in met)]
        rules = dict.fromkeys([*own, *(one for group in met for one in group[0])])
        groups.append((list(rules), [stroke, *(one for group in met for one in group[1])]))
    return groups


def _grid(level: Sequence[Rule], upright: Sequence[Rule]) -> Grid:
    xs = _places([one.y for one in upright], [one.x0 for one in level] + [one.x1 for one in level])
    ys = _places([one.y for one in level], [one.x0 for one in upright] + [one.x1 for one in upright])
    return Grid(xs, ys, tuple(level), tuple(upright))


def _places(edges: Sequence[float], ends: Sequence[float]) -> tuple[float, ...]:
    """Distinct places of parallel strokes; where strokes across them reach further, that is an edge too."""
    places: list[float] = []
    for edge in sorted(edges):
        if not places or edge - places[-1] > _TOUCH_PT:
            places.append(edge)
    if places and ends and min(ends) < places[0] - _OUTSIDE_PT:
        places.insert(0, min(ends))
    if places and ends and max(ends) > places[-1] + _OUTSIDE_PT:
        places.append(max(ends))
    return tuple(places)


def free_rules(level: Sequence[Rect], grids: Sequence[Grid], shortest: float) -> list[Rule]:
    """Level strokes of at least length `shortest` outside the grids, from top to bottom."""
    if len(level) > _MAX_STROKES:
        return []
    rules = [rule for rule in _level(level) if rule.x1 - rule.x0 >= shortest]
    used = {one for grid in grids for one in grid.level}
    return sorted((rule for rule in rules if rule not in used), key=lambda one: one.y)
