"""Tables without upright strokes: three rules or more, and columns told by the gaps between what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from pedcorpus.parse.pdf_lines import PrintedLine
from pedcorpus.parse.pdf_page import PrintedPage
from pedcorpus.parse.pdf_rules import Rule
from pedcorpus.parse.pdf_table_rows import Cells, cells_by_line, table_line, table_row

__all__ = ["open_tables"]

_SAME_EDGE_PT = 6.0
_DOUBLE_PT = 4.0
"""Rules closer than that are one, drawn double."""
_MAX_HEAD_PT = 90.0
"""Height that a table's head has at most."""
_MAX_BODY = 0.75
"""Share of the page's height that its body has at most."""
_GAP = 0.6
"""Characters' widths that part two columns."""
_PROSE = 0.8
"""How full a column's lines are where it is running text and no table."""
_PROSE_LINES = 4


def open_tables(rules: Sequence[Rule], lines: Sequence[PrintedLine], page: PrintedPage) -> Iterator[PrintedLine]:
    """Tables between `rules`, which run from top to bottom, each as the line that stands for it."""
    for group in _of_one_width(rules):
        first = 0
        while first + 2 < len(group):
            found = _table_from(group[first:], lines, page)
            if found is None:
                first += 1
                continue
            table, used = found
            yield table
            first += used


def _of_one_width(rules: Sequence[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        group = next((one for one in groups if _is_as_wide(one[-1], rule)), None)
        if group is None:
            groups.append([rule])
        elif rule.y - group[-1].y > _DOUBLE_PT:
            group.append(rule)
    return [group for group in groups if len(group) > 2]


def _is_as_wide(one: Rule, other: Rule) -> bool:
    return abs(one.x0 - other.x0) <= _SAME_EDGE_PT and abs(one.x1 - other.x1) <= _SAME_EDGE_PT


def _between(lines: Iterable[PrintedLine], above: Rule, below: Rule) -> list[PrintedLine]:
    left, right = above.x0 - 2, above.x1 + 2
    return [one for one in lines if above.y < one.middle < below.y and left <= (one.x0 + one.x1) / 2 <= right]


def _table_from(
    rules: Sequence[Rule], lines: Sequence[PrintedLine], page: PrintedPage
) -> tuple[PrintedLine, int] | None:
    """The table whose top rule is the first of `rules`, and how many of them are its own."""
    top, under = rules[0], rules[1]
    head = _between(lines, top, under)
    if under.y - top.y > _MAX_HEAD_PT or not _has_cells(head):
        return None
    last = 1
    body: list[PrintedLine] = []
    for number, rule in enumerate(rules[2:], 2):
        part = _between(lines, rules[last], rule)
        if rule.y - under.y > _MAX_BODY * page.height or not _is_tabular(part, top):
            break
        body += part
        last = number
    if last == 1:
        return None
    xs = _column_edges([*body, *head], body, top)
    rows = [*_head_rows(head, xs), *cells_by_line(body, xs)]
    box = top.x0, top.y, top.x1, rules[last].y
    return table_line([table_row(row, page.number) for row in rows], box), last + 1


def _printed_lines(fragments: Iterable[PrintedLine]) -> list[list[PrintedLine]]:
    rows: list[list[PrintedLine]] = []
    for one in sorted(fragments, key=lambda one: one.y0 + one.y1):
        if rows and one.middle - rows[-1][0].middle < 0.6 * one.height:
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def _has_cells(head: Sequence[PrintedLine]) -> bool:
    """Do titles stand side by side? Below the rule of a running head it is lines of text that stand there."""
    for row in _printed_lines(head):
        row.sort(key=lambda one: one.x0)
        if any(right.x0 - left.x1 > _GAP * left.size for left, right in pairwise(row)):
            return True
    return False


def _is_tabular(fragments: Sequence[PrintedLine], rule: Rule) -> bool:
    """Do most lines hold several cells, parted by the same gaps? Two columns of running text are no table."""
    rows = _printed_lines(fragments)
    several = [row for row in rows if len(row) > 1]
    if not several or 3 * len(several) < len(rows):
        return False
    xs = _column_edges(fragments, fragments, rule)
    if len(xs) < 3:
        return False
    return len(xs) > 3 or len(rows) <= _PROSE_LINES or not _is_prose(fragments, xs)


def _is_prose(fragments: Sequence[PrintedLine], xs: Sequence[float]) -> bool:
    sides = [[one for one in fragments if (one.x0 < xs[1]) is is_left] for is_left in (True, False)]
    return all(side and _fill(side) >= _PROSE for side in sides)


def _fill(column: Sequence[PrintedLine]) -> float:
    widest = max(one.x1 for one in column) - min(one.x0 for one in column)
    return median([one.x1 - one.x0 for one in column]) / max(widest, 1.0)


def _column_edges(fragments: Sequence[PrintedLine], body: Sequence[PrintedLine], rule: Rule) -> list[float]:
    """Left and right edge of the table, and the middles of the gaps that no line with several cells bridges."""
    em = median([one.size for one in fragments]) if fragments else 10.0
    covered = sorted((one.x0, one.x1) for row in _printed_lines(body) if len(row) > 1 for one in row)
    edges, reach = [rule.x0], covered[0][1] if covered else rule.x1
    for start, end in covered:
        if start - reach > _GAP * em:
            edges.append((start + reach) / 2)
        reach = max(reach, end)
    return [*edges, rule.x1]


def _head_rows(head: Sequence[PrintedLine], xs: Sequence[float]) -> list[Cells]:
    """The head's rows: one where each column has its own title, else as printed, a title over each of its columns."""
    rows: list[Cells] = []
    spanning = False
    for line in _printed_lines(head):
        cells: Cells = [[] for _ in xs[1:]]
        for one in sorted(line, key=lambda one: one.x0):
            over = [number for number in range(len(xs) - 1) if one.x0 < xs[number + 1] - 2 and one.x1 > xs[number] + 2]
            spanning = spanning or len(over) > 1
            for number in over:
                cells[number].append(one)
        rows.append(cells)
    if spanning or len(rows) < 2:
        return rows
    return [[[one for row in rows for one in row[number]] for number in range(len(xs) - 1)]]
