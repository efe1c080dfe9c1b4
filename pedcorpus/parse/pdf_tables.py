"""Grids of a PDF page as tables: which text stands in which cell, merged cells written in each of their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pedcorpus.parse.pdf_lines import PrintedLine
from pedcorpus.parse.pdf_open_tables import open_tables
from pedcorpus.parse.pdf_page import PrintedPage
from pedcorpus.parse.pdf_rules import Grid, Rect, free_rules, slot
from pedcorpus.parse.pdf_table_rows import Cells, cells_by_line, table_line, table_row

__all__ = ["with_tables"]

_MIN_FILLED = 0.4
"""Share of a grid's cells with text, below which it is a drawing."""
_MIN_RULE = 0.2
"""Share of the page's width from which a level stroke may be a table's rule."""
_UNRULED_LINES = 3
"""Printed lines from which a grid's row may be several rows without strokes between them."""
_ON_MOST = 0.6
_Place = tuple[int, int]


def with_tables(page: PrintedPage) -> PrintedPage:
    """`page` with the text inside each ruled table put together to one line that stands for the table."""
    if not page.level:
        return page
    lines = list(page.lines)
    tables: list[PrintedLine] = []
    for grid in page.grids:
        if table := _grid_table(grid, _inside(lines, grid.box), page.number):
            tables.append(table)
            lines = _outside(lines, grid.box)
    for table in open_tables(free_rules(page.level, page.grids, _MIN_RULE * page.width), lines, page):
        tables.append(table)
        lines = _outside(lines, (table.x0, table.y0, table.x1, table.y1))
    return page._replace(lines=[*lines, *tables]) if tables else page


def _is_inside(line: PrintedLine, box: Rect) -> bool:
    return box[0] - 2 <= (line.x0 + line.x1) / 2 <= box[2] + 2 and box[1] - 1 <= line.middle <= box[3] + 1


def _inside(lines: Iterable[PrintedLine], box: Rect) -> list[PrintedLine]:
    return [line for line in lines if _is_inside(line, box)]


def _outside(lines: Iterable[PrintedLine], box: Rect) -> list[PrintedLine]:
    return [line for line in lines if not _is_inside(line, box)]


def _grid_table(grid: Grid, fragments: Sequence[PrintedLine], page: int) -> PrintedLine | None:
    """The table of a grid; none where it holds too little text to be one."""
    height, width = len(grid.ys) - 1, len(grid.xs) - 1
    places = [(slot(grid.ys, one.middle), slot(grid.xs, (one.x0 + one.x1) / 2)) for one in fragments]
    owner = _merged_places(grid, height, width)
    _part_full_cells(owner, fragments, places, grid.xs)
    texts: dict[_Place, list[PrintedLine]] = {}
    for one, place in zip(fragments, places, strict=True):
        texts.setdefault(owner[place], []).append(one)
    if len(texts) < max(_MIN_FILLED * len(set(owner.values())), 3):
        return None
    rows = []
    for number in range(height):
        cells: Cells = [texts.get(owner[number, column], []) for column in range(width)]
        box = grid.xs[0], grid.ys[number], grid.xs[-1], grid.ys[number + 1]
        if height <= 2 and (several := _unruled_rows(cells, grid.xs)):
            rows += [table_row(one, page) for one in several]
        elif any(cells):
            rows.append(table_row(cells, page, box))
    return table_line(rows, grid.box) if len(rows) > 1 else None


def _merged_places(grid: Grid, height: int, width: int) -> dict[_Place, _Place]:
    """For each place of the grid, the first place of the cell that covers it: where no stroke parts, it is one cell."""
    owner: dict[_Place, _Place] = {}
    for row in range(height):
        for column in range(width):
            if column and not grid.parts_columns(row, column):
                owner[row, column] = owner[row, column - 1]
            elif row and not grid.parts_rows(row, column):
                owner[row, column] = owner[row - 1, column]
            else:
                owner[row, column] = row, column
    return owner


def _part_full_cells(
    owner: dict[_Place, _Place], fragments: Sequence[PrintedLine], places: Sequence[_Place], xs: Sequence[float]
) -> None:
    """Where a merged cell has text in several columns, and none across their edges, its columns are only not drawn."""
    columns: dict[_Place, set[int]] = {}
    bridged: set[_Place] = set()
    for one, place in zip(fragments, places, strict=True):
        columns.setdefault(owner[place], set()).add(place[1])
        if any(one.x0 < x - 1 and one.x1 > x + 1 for x in xs[1:-1]):
            bridged.add(owner[place])
    parted = {cell for cell, used in columns.items() if len(used) > 1} - bridged
    for place, cell in owner.items():
        if cell in parted:
            owner[place] = cell[0], place[1]


def _unruled_rows(cells: Cells, xs: Sequence[float]) -> list[Cells] | None:
    """Rows that no strokes part, told by two columns or more that have text on most of the printed lines."""
    rows = cells_by_line([one for cell in cells for one in cell], xs)
    if len(rows) < _UNRULED_LINES:
        return None
    lines = max(len(cell) for cell in cells)
    full = sum(len(cell) >= _ON_MOST * lines for cell in cells)
    return rows if full >= 2 and len(rows) >= _ON_MOST * lines else None
