"""Rows of a CSV or TSV file with the physical lines they stand on, one after the other."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import NamedTuple

from pedcorpus.parse.limits import limits_in_force

__all__ = ["BadRow", "Row", "delimiter_of", "read_rows"]

_DELIMITERS = "\t,;|，"
_PROBE_LINES = 20
_PROBE_CHARS = 100_000
_FORGIVEN = 1_000
"""Bad rows after which a quoted record may no longer span lines, so that each line is looked at a few times only."""
_RAW_LIMIT = 1_000


class Row(NamedTuple):
    """One record of a table."""

    cells: tuple[str, ...]
    line: int
    """Physical line on which it begins, counted from 1."""
    start: int
    """Offset of its first character in the text."""
    raw: str
    """Its physical lines, verbatim."""


class BadRow(NamedTuple):
    """A line that is no record: its quoting does not close, or a cell of it is too long."""

    line: int
    raw: str
    problem: str


def delimiter_of(text: str) -> str:
    """The delimiter that parts the first lines most evenly; a tab or comma before rarer ones."""
    lines = [line for line in text[:_PROBE_CHARS].split("\n", _PROBE_LINES)[:_PROBE_LINES] if line.strip()]
    if not lines:
        return ","
    in_head = [delimiter for delimiter in _DELIMITERS if delimiter in lines[0]]
    return max(in_head, key=lambda one: sum(line.count(one) == lines[0].count(one) for line in lines), default=",")


class _Lines:
    """Physical lines of a text from an offset on, each with its line feed; knows how far it was read."""

    def __init__(self, text: str, offset: int, most: int) -> None:
        self._text = text
        self.offset = offset
        self.most = most
        """Lines that may still be read: a record inside quotation marks stops there."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.offset > len(self._text) or self.most <= 0:
            raise StopIteration
        end = self._text.find("\n", self.offset)
        end = len(self._text) if end < 0 else end
        line = self._text[self.offset : end]
        self.offset = end + 1
        self.most -= 1
        return line + "\n"


def read_rows(text: str) -> Iterator[Row | BadRow]:
    """Rows of `text`, the header first; blank lines give a row without cells; after a bad one the next line follows."""
    csv.field_size_limit(limits_in_force().cell_chars)
    delimiter, most = delimiter_of(text), limits_in_force().cell_chars
    line, offset, bad = 1, 0, 0
    while offset <= len(text):
        end = text.find("\n", offset)
        end = len(text) if end < 0 else end
        raw = text[offset:end]
        if '"' not in raw and len(raw) <= most:  # most lines of most files: a record that needs no reader
            yield Row(tuple(map(str.strip, raw.split(delimiter))) if raw else (), line, offset, raw)
            line, offset = line + 1, end + 1
            continue
        row = _record(text, line, offset, delimiter, limits_in_force().record_lines if bad < _FORGIVEN else 1)
        if isinstance(row, str):
            yield BadRow(line, raw[:_RAW_LIMIT], row)
            line, offset, bad = line + 1, end + 1, bad + 1
        else:
            yield row
            line, offset = line + row.raw.count("\n") + 1, offset + len(row.raw) + 1


def _record(text: str, line: int, offset: int, delimiter: str, span: int) -> Row | str:
    """The record at `offset`, of at most `span` lines; what is wrong with it, where it is none."""
    lines = _Lines(text, offset, span)
    try:
        cells = next(csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True), [])
    except csv.Error as error:
        return str(error)
    return Row(tuple(map(str.strip, cells)), line, offset, text[offset : lines.offset - 1])
