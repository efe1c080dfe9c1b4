"""Ruled tables of a PDF page: grids by pymupdf's own search, three-line tables by their rules.

Looked for only where rules are drawn, and without pymupdf's layout model, which takes a second a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from inspect import signature
from itertools import pairwise
from typing import Any

from pymupdf.table import find_tables

from pedcorpus.parse.pdf_lines import PrintedLine

__all__ = ["with_tables"]

_WITHOUT_MODEL = {"use_layout": False} if "use_layout" in signature(find_tables).parameters else {}
"""pymupdf 1 has no layout model, and no option to leave it out."""
_Rect = tuple[float, float, float, float]
_MIN_RULE = 0.25
"""Share of the page's width from which a horizontal stroke counts as a table's rule."""
_THIN_PT = 2.5
_SAME_EDGE_PT = 6.0
_MIN_RULES = 3
_MIN_UPRIGHTS = 2


def with_tables(fragments: Sequence[PrintedLine], page: Any) -> list[PrintedLine]:  # pymupdf is untyped
    """`fragments` of `page` with those inside a table put together to one line that stands for the table."""
    rules, uprights = _strokes(page)
    if len(rules) < _MIN_RULES and len(uprights) < _MIN_UPRIGHTS:
        return list(fragments)
    boxes = _grids(page) if len(uprights) >= _MIN_UPRIGHTS else []
    boxes += [box for box in _three_line_boxes(rules) if not any(_overlap(box, other) for other in boxes)]
    rest = list(fragments)
    tables = []
    for box in boxes:
        inside = [line for line in rest if _is_inside(line, box)]
        rows = _rows(inside)
        if len(rows) < 2 or max(row.text.count(" | ") for row in rows) < 1:
            continue
        rest = [line for line in rest if not _is_inside(line, box)]
        tables.append(_table(rows, box))
    return rest + tables


def _strokes(page: Any) -> tuple[list[_Rect], list[_Rect]]:
    """Horizontal and upright thin strokes drawn on the page."""
    rules: list[_Rect] = []
    uprights: list[_Rect] = []
    for drawing in page.get_cdrawings():
        for item in drawing["items"]:
            box = _stroke_box(item)
            if box is None:
                continue
            x0, y0, x1, y1 = box
            if y1 - y0 <= _THIN_PT and x1 - x0 >= _MIN_RULE * page.rect.width:
                rules.append(box)
            elif x1 - x0 <= _THIN_PT and y1 - y0 >= 8:
                uprights.append(box)
            elif item[0] == "re" and x1 - x0 >= 20 and y1 - y0 >= 8 and drawing.get("type") != "f":
                uprights.extend([(x0, y0, x0, y1), (x1, y0, x1, y1)])
    return rules, uprights


def _stroke_box(item: Any) -> _Rect | None:
    if item[0] == "l":
        (ax, ay), (bx, by) = item[1], item[2]
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
    if item[0] == "re":
        x0, y0, x1, y1 = item[1]
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    return None


def _grids(page: Any) -> list[_Rect]:
    found = page.find_tables(**_WITHOUT_MODEL)
    return [tuple(table.bbox) for table in found.tables if table.row_count > 1 and table.col_count > 1]


def _three_line_boxes(rules: Sequence[_Rect]) -> list[_Rect]:
    """Areas from the top to the bottom of three or more rules of the same width."""
    groups: list[list[_Rect]] = []
    for rule in sorted(rules, key=lambda one: one[1]):
        group = next((one for one in groups if _same_width(one[-1], rule)), None)
        if group is None:
            groups.append([rule])
        elif rule[1] - group[-1][3] > _THIN_PT:
            group.append(rule)
    return [(group[0][0], group[0][1], group[0][2], group[-1][3]) for group in groups if len(group) >= _MIN_RULES]


def _same_width(one: _Rect, other: _Rect) -> bool:
    return abs(one[0] - other[0]) <= _SAME_EDGE_PT and abs(one[2] - other[2]) <= _SAME_EDGE_PT


def _overlap(one: _Rect, other: _Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _is_inside(line: PrintedLine, box: _Rect) -> bool:
    return box[0] - 2 <= (line.x0 + line.x1) / 2 <= box[2] + 2 and box[1] - 1 <= line.middle <= box[3] + 1


def _rows(fragments: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Printed rows from top to bottom, their cells parted by ` | `."""
    rows: list[list[PrintedLine]] = []
    for fragment in sorted(fragments, key=lambda one: (one.middle, one.x0)):
        if rows and fragment.middle - rows[-1][0].middle < 0.6 * fragment.height:
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [_row(sorted(row, key=lambda one: one.x0)) for row in rows]


def _row(cells: Sequence[PrintedLine]) -> PrintedLine:
    text = cells[0].text
    for before, cell in pairwise(cells):
        text += (" | " if cell.x0 - before.x1 > 0.5 * cell.size else "") + cell.text
    return replace(
        cells[0], text=text, x1=max(cell.x1 for cell in cells), y0=min(cell.y0 for cell in cells),
        y1=max(cell.y1 for cell in cells),
    )  # fmt: skip


def _table(rows: Sequence[PrintedLine], box: _Rect) -> PrintedLine:
    x0, y0, x1, y1 = box
    return replace(rows[0], x0=x0, y0=y0, x1=x1, y1=y1, table=tuple(rows))
