"""Rows of a CSV or TSV file with the physical lines they stand on."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

__all__ = ["BadRow", "Row", "delimiter_of", "read_rows"]

_DELIMITERS = "\t,;|，"
_PROBE_LINES = 20
_FIELD_LIMIT = 10_000_000
"""Characters of one cell; Python's own limit of 131,072 is below some descriptions."""


@dataclass(frozen=True)
class Row:
    """One record of a table."""

    cells: tuple[str, ...]
    line: int
    """Physical line on which it begins, counted from 1."""
    start: int
    """Offset of its first character in the text."""
    raw: str
    """Its physical lines, verbatim."""


@dataclass(frozen=True)
class BadRow:
    """Lines that are no record: from `line` on, the quoting does not close."""

    line: int
    raw: str
    problem: str


def delimiter_of(text: str) -> str:
    """The delimiter that parts the first lines most evenly; a tab or comma before rarer ones."""
    lines = [line for line in text.split("\n", _PROBE_LINES)[:_PROBE_LINES] if line.strip()]
    if not lines:
        return ","
    in_head = [delimiter for delimiter in _DELIMITERS if delimiter in lines[0]]
    return max(in_head, key=lambda one: sum(line.count(one) == lines[0].count(one) for line in lines), default=",")


def read_rows(text: str) -> Iterator[Row | BadRow]:
    """Rows of `text`, the header first; after a bad one it goes on with the next line."""
    csv.field_size_limit(_FIELD_LIMIT)
    lines = text.split("\n")
    delimiter = delimiter_of(text)
    line, offset = 1, 0
    while line <= len(lines):
        for row in _rows_from(lines, line, offset, delimiter):
            yield row
            line += row.raw.count("\n") + 1
            offset += len(row.raw) + 1


def _rows_from(lines: Sequence[str], line: int, offset: int, delimiter: str) -> Iterator[Row | BadRow]:
    """Rows from `line` on, up to the first bad one; blank lines give a row without cells."""
    reader = csv.reader(
        (rest + "\n" for rest in islice(lines, line - 1, None)), delimiter=delimiter, strict=True, skipinitialspace=True
    )
    first = line
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRow(line, lines[line - 1], str(error))
            return
        last = first + reader.line_num - 1
        raw = "\n".join(lines[line - 1 : last])
        yield Row(tuple(cell.strip() for cell in cells), line, offset, raw)
        offset += len(raw) + 1
        line = last + 1
