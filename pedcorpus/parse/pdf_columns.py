"""The order in which a page is read: column by column between whatever runs across the columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pedcorpus.parse.joins import columns
from pedcorpus.parse.pdf_lines import PrintedLine

__all__ = ["in_reading_order"]

_MIN_LINES = 3
"""Lines that a column has at least."""
_MAX_CROSSING = 0.5
"""Share of lines that may run across a gutter: title, abstract, wide tables."""
_MIN_FILLED = 0.5
"""Half of a column's lines are at least that full; cells of a table are not."""
_STEPS = 40
_OVERLONG = 0.95
"""Share of lines that end at or before a column's right edge."""


def in_reading_order(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """`lines` of one page in the order of reading, each knowing its column."""
    if not lines:
        return []
    gutter = _gutter(lines)
    if gutter is None:
        edges = _text_edges(lines)
        return [replace(line, column=edges) for line in sorted(lines, key=lambda one: (one.middle, one.x0))]
    ordered: list[PrintedLine] = []
    crossing = sorted((line for line in lines if _crosses(line, gutter)), key=lambda one: one.middle)
    wide = _text_edges(lines)
    aside = [line for line in lines if not _crosses(line, gutter)]
    sides = [_text_edges([line for line in aside if (line.x0 < gutter) == is_left]) for is_left in (True, False)]
    above = float("-inf")
    for stop in [*crossing, None]:
        below = stop.middle if stop else float("inf")
        band = [line for line in aside if above <= line.middle < below]
        for side, edges in zip((True, False), sides, strict=True):
            column = sorted((line for line in band if (line.x0 < gutter) == side), key=lambda one: one.middle)
            ordered.extend(replace(line, column=edges) for line in column)
        if stop:
            ordered.append(replace(stop, column=wide))
        above = below
    return ordered


def _text_edges(lines: Sequence[PrintedLine]) -> tuple[float, float]:
    """Between which edges the running text of a column is set; titles and a few overlong lines aside."""
    weight = Counter[float]()
    for line in lines:
        weight[line.size] += columns(line.text)
    size = max(weight, key=lambda one: (weight[one], one))
    text = [line for line in lines if abs(line.size - size) <= 0.6]
    rights = sorted(line.x1 for line in text)
    return min(line.x0 for line in text), rights[int(_OVERLONG * (len(rights) - 1) + 0.5)]


def _edges(lines: Sequence[PrintedLine]) -> tuple[float, float]:
    return min(line.x0 for line in lines), max(line.x1 for line in lines)


def _crosses(line: PrintedLine, gutter: float) -> bool:
    return line.x0 < gutter - 1 and line.x1 > gutter + 1


def _gutter(lines: Sequence[PrintedLine]) -> float | None:
    """Where the white strip between two columns runs; none on a page of one column."""
    left, right = _edges(lines)
    width = right - left
    candidates = [left + width * (0.3 + 0.4 * step / _STEPS) for step in range(_STEPS + 1)]
    clear = [x for x in candidates if _is_gutter(x, lines)]
    if not clear:
        return None
    fewest = min(_crossing_count(x, lines) for x in clear)
    best = [x for x in clear if _crossing_count(x, lines) == fewest]
    return best[len(best) // 2]


def _crossing_count(x: float, lines: Sequence[PrintedLine]) -> int:
    return sum(_crosses(line, x) for line in lines)


def _is_gutter(x: float, lines: Sequence[PrintedLine]) -> bool:
    before = [line for line in lines if line.x1 <= x + 1]
    after = [line for line in lines if line.x0 >= x - 1]
    if min(len(before), len(after)) < _MIN_LINES or _crossing_count(x, lines) > _MAX_CROSSING * len(lines):
        return False
    if max(line.y0 for line in before) < min(line.y1 for line in after):
        return False
    if max(line.y0 for line in after) < min(line.y1 for line in before):
        return False
    return _is_filled(before) and _is_filled(after)


def _is_filled(column: Sequence[PrintedLine]) -> bool:
    left, right = _edges(column)
    return median(line.x1 - line.x0 for line in column) >= _MIN_FILLED * max(right - left, 1.0)
