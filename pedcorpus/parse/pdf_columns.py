"""The order in which a page is read: column by column between whatever runs across the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median

from pedcorpus.parse.pdf_lines import PrintedLine, in_column, main_size

__all__ = ["in_reading_order", "text_edges"]

_MIN_LINES = 3
"""Lines that a column has at least."""
_MIDDLE = (0.3, 0.7)
"""Shares of the text's width between which a gutter runs."""
_MIN_FILLED = 0.5
"""Half of a column's lines are at least that full; cells of a table are not."""
_NARROW = 0.6
"""Share of a column's width that lines of one of two columns stay within."""
_OVERLONG = 0.95
"""Share of lines that end at or before a column's right edge."""
_SAME_SIZE = 0.6


def in_reading_order(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """`lines` of one page in the order of reading, each knowing its column."""
    if not lines:
        return []
    ordered = sorted(lines, key=_place)
    gutter = _gutter(ordered)
    if gutter is None:
        return list(_in_column_or_narrower(ordered, text_edges(ordered)))
    return list(_by_columns(ordered, gutter))


def _place(line: PrintedLine) -> tuple[float, float]:
    return line.y0 + line.y1, line.x0


def _by_columns(lines: Sequence[PrintedLine], gutter: float) -> Iterator[PrintedLine]:
    """Between two lines that run across the gutter, first all that stands left of it, then all right of it."""
    wide = text_edges(lines)
    aside = [line for line in lines if not _crosses(line, gutter)]
    left = text_edges([line for line in aside if line.x0 < gutter])
    right = text_edges([line for line in aside if line.x0 >= gutter])
    bands = list(_bands(lines, gutter))
    for number, band in enumerate(bands):
        before = [line for line in band if line.x0 < gutter]
        after = [line for line in band if line.x0 >= gutter]
        if not before or not after or _crosses(band[0], gutter):
            edges = wide if not after or _crosses(band[0], gutter) else right
            yield from _in_column_or_narrower(band, edges)
            continue
        below = _headings_below(before, after) if number + 1 < len(bands) else 0
        yield from [in_column(line, left) for line in before[: len(before) - below]]
        yield from [in_column(line, right) for line in after]
        yield from [in_column(line, wide) for line in before[len(before) - below :]]


def _in_column_or_narrower(lines: Sequence[PrintedLine], edges: tuple[float, float]) -> Iterator[PrintedLine]:
    """`lines` of a column between `edges`; a run that fills the left part of it is the end of two columns.

    The last page of a stretch in two columns may have text in the first one only, above what runs across both.
    """
    middle = edges[0] + _NARROW * (edges[1] - edges[0])
    for is_narrow, run in groupby(lines, lambda line: line.x1 < middle):
        part = list(run)
        inner = text_edges(part) if is_narrow and len(part) >= _MIN_LINES else edges
        narrower = inner != edges and _is_even(part, inner[1])
        yield from [in_column(line, inner if narrower else edges) for line in part]


def _is_even(lines: Sequence[PrintedLine], right: float) -> bool:
    """Do half of `lines`, and some at least, end at the edge `right`?"""
    even = sum([right - line.x1 <= line.size for line in lines])
    return even >= max(_MIN_LINES, 0.5 * len(lines))


def _headings_below(left: Sequence[PrintedLine], right: Sequence[PrintedLine]) -> int:
    """How many lines at the end of `left` head what comes below both columns: larger than the column's text."""
    size = median([line.size for line in left])
    for number, line in enumerate(left):
        if line.y0 >= right[-1].y1 and line.size > size + _SAME_SIZE:
            return len(left) - number
    return 0


def _bands(lines: Sequence[PrintedLine], gutter: float) -> Iterator[list[PrintedLine]]:
    """Runs of lines from top to bottom that all cross the gutter, or none of which does."""
    band: list[PrintedLine] = []
    across = False
    for line in lines:
        crosses = line.x0 < gutter - 1 < line.x1 - 2
        if band and crosses != across:
            yield band
            band = []
        across = crosses
        band.append(line)
    if band:
        yield band


def text_edges(lines: Sequence[PrintedLine]) -> tuple[float, float]:
    """Between which edges the running text of a column is set; titles and a few overlong lines aside."""
    if not lines:
        return 0.0, 0.0
    size = main_size(lines)
    text = [line for line in lines if -_SAME_SIZE <= line.size - size <= _SAME_SIZE]
    rights = sorted([line.x1 for line in text])
    return min([line.x0 for line in text]), rights[int(_OVERLONG * (len(rights) - 1) + 0.5)]


def _crosses(line: PrintedLine, gutter: float) -> bool:
    return line.x0 < gutter - 1 < line.x1 - 2


def _gutter(lines: Sequence[PrintedLine]) -> float | None:
    """Where the white strip between two columns runs; none on a page of one column."""
    left, right = min([line.x0 for line in lines]), max([line.x1 for line in lines])
    width = right - left
    first, last = int(left + _MIDDLE[0] * width), int(left + _MIDDLE[1] * width)
    crossing = _crossing_counts(lines, first, last)
    fewest = min(crossing)
    if len(lines) - fewest < 2 * _MIN_LINES:
        return None
    for x in _middles_of_runs([first + step for step, count in enumerate(crossing) if count <= fewest + 1]):
        if _is_gutter(x, lines):
            return x
    return None


def _crossing_counts(lines: Sequence[PrintedLine], first: int, last: int) -> list[int]:
    """How many lines run across each point from `first` to `last`."""
    steps = [0] * (last - first + 2)
    for line in lines:
        begin, end = int(line.x0) + 1, int(line.x1)
        begin, end = first if begin < first else begin, last + 1 if end > last + 1 else end
        if begin < end:
            steps[begin - first] += 1
            steps[end - first] -= 1
    counts, open_now = [], 0
    for step in steps[:-1]:
        open_now += step
        counts.append(open_now)
    return counts


def _middles_of_runs(points: Sequence[int]) -> list[float]:
    """The middle of each run of neighbouring `points`, the longest run first."""
    runs: list[list[int]] = []
    for point in points:
        if runs and point == runs[-1][-1] + 1:
            runs[-1].append(point)
        else:
            runs.append([point])
    runs.sort(key=len, reverse=True)
    return [(run[0] + run[-1]) / 2 for run in runs]


def _is_gutter(x: float, lines: Sequence[PrintedLine]) -> bool:
    """Do two columns of text stand beside one another here? Lines across it may come between, not among them."""
    before: list[PrintedLine] = []
    after: list[PrintedLine] = []
    for band in _bands(lines, x):
        if _crosses(band[0], x):
            continue
        left = [line for line in band if line.x0 < x]
        right = [line for line in band if line.x0 >= x]
        if left and right and left[0].y0 < right[-1].y1 and right[0].y0 < left[-1].y1:
            before += left
            after += right
    return min(len(before), len(after)) >= _MIN_LINES and _is_filled(before) and _is_filled(after)


def _is_filled(column: Sequence[PrintedLine]) -> bool:
    widest = max([line.x1 for line in column]) - min([line.x0 for line in column])
    return median([line.x1 - line.x0 for line in column]) >= _MIN_FILLED * max(widest, 1.0)
