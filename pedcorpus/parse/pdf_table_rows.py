"""Text inside a ruled area put together to rows of cells, by the lines that it is printed on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pedcorpus.parse.joins import join_pieces
from pedcorpus.parse.pdf_lines import PrintedLine, TableRow, least_sure
from pedcorpus.parse.pdf_rules import Rect, slot

__all__ = ["Cells", "cells_by_line", "table_line", "table_row"]

Cells = list[list[PrintedLine]]
"""Fragments of one row, by columns."""
_TIGHT = 1.2
"""How much wider the step to the next row is than the step to a cell's next line."""


def cells_by_line(fragments: Iterable[PrintedLine], xs: Sequence[float]) -> list[Cells]:
    """Rows where each printed line begins one, unless its first cell is empty: then it goes on with a row beside it."""
    lines: list[list[PrintedLine]] = []
    for fragment in sorted(fragments, key=lambda one: (one.y0 + one.y1, one.x0)):
        if lines and fragment.middle - lines[-1][0].middle < 0.6 * fragment.height:
            lines[-1].append(fragment)
        else:
            lines.append([fragment])
    rows: list[Cells] = []
    held: list[Cells] = []
    middles = [line[0].middle for line in lines]
    for number, line in enumerate(lines):
        cells: Cells = [[] for _ in xs[1:]]
        for fragment in sorted(line, key=lambda one: one.x0):
            cells[slot(xs, (fragment.x0 + fragment.x1) / 2)].append(fragment)
        if cells[0] or (not rows and number == len(lines) - 1):
            rows.append(_together([*held, cells]))
            held = []
        elif not rows or _belongs_below(middles, number):
            held.append(cells)
        else:
            rows[-1] = _together([rows[-1], cells])
    if held:
        rows = [*rows[:-1], _together([*rows[-1:], *held])]
    return rows


def _belongs_below(middles: Sequence[float], number: int) -> bool:
    if number + 1 >= len(middles):
        return False
    return middles[number] - middles[number - 1] > _TIGHT * (middles[number + 1] - middles[number])


def _together(rows: Sequence[Cells]) -> Cells:
    return [[fragment for cell in column for fragment in cell] for column in zip(*rows, strict=True)]


def table_row(cells: Cells, page: int, box: Rect | None = None) -> TableRow:
    """A row with the text of its cells; its box is that of its text where none is given."""
    printed = [fragment for cell in cells for fragment in cell]
    area = box or (
        min(one.x0 for one in printed),
        min(one.y0 for one in printed),
        max(one.x1 for one in printed),
        max(one.y1 for one in printed),
    )
    return TableRow(tuple(_text(cell) for cell in cells), page, *area, least_sure(printed))


def _text(cell: Sequence[PrintedLine]) -> str:
    return join_pieces([one.text for one in sorted(cell, key=lambda one: (round(one.middle / 3), one.x0))])[0]


def table_line(rows: Sequence[TableRow], box: Rect) -> PrintedLine:
    """What stands for a table among the lines of its page."""
    return PrintedLine("", rows[0].page, *box, size=0.0, table=tuple(rows))
