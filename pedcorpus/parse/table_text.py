"""Tables as text: a row a line, cells parted by ` | `, merged cells written in each place that they cover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pedcorpus.parse.blocks import Block
from pedcorpus.parse.limits import limits_in_force
from pedcorpus.records import PassageKind

__all__ = ["Cell", "Spanned", "spread", "table_block"]

Spanned = tuple[str, Sequence[int]]
"""A text, and for each of its characters the offset in the document's text."""


@dataclass(frozen=True)
class Cell:
    """One cell as written, and how many places of the grid it covers."""

    text: Spanned
    columns: int = 1
    rows: int = 1


def table_block(rows: Iterable[Sequence[Spanned]]) -> Block:
    """A table of `rows`; what is put between cells takes the offset of what stands before it."""
    text: list[str] = []
    origin: list[int] = []
    for row in rows:
        for number, (cell, places) in enumerate(row):
            gap = " | " if number else ("\n" if text else "")
            before = origin[-1] if origin else (places[0] if places else 0)
            text += [gap, cell]
            origin += [*[before] * len(gap), *places]
    return Block("".join(text), tuple(origin), kind=PassageKind.TABLE)


def spread(rows: Sequence[Sequence[Cell]]) -> list[list[Spanned]]:
    """Full rows: a merged cell stands in each of its places, so that every row can be read by itself."""
    grid: list[dict[int, Spanned]] = [{} for _ in rows]
    limits = limits_in_force()
    budget = limits.table_characters
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[number]:
                column += 1
            height = min(cell.rows or len(rows), limits.table_span, len(rows) - number)
            width = min(max(cell.columns, 1), limits.table_span)
            for down in range(height):
                for right in range(width):
                    text: Spanned = cell.text if budget >= 0 or not (down or right) else ("", ())
                    budget -= len(text[0]) if down or right else 0
                    grid[number + down].setdefault(column + right, text)
            column += width
    return [_filled(row) for row in grid]


def _filled(row: dict[int, Spanned]) -> list[Spanned]:
    return [row.get(column, ("", ())) for column in range(max(row, default=-1) + 1)]
