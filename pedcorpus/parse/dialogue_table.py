"""Consultations and data sets kept as CSV or TSV: one question with its answer a row, or one conversation a cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from pedcorpus.errors import InputError
from pedcorpus.parse.csv_rows import BadRow, Row, read_rows
from pedcorpus.parse.decode import decode, read_text
from pedcorpus.parse.dialogues import parse_rows
from pedcorpus.parse.exchange_words import ANSWER, ASK, CHOSEN, HARM, SAFETY_PROMPT, TITLE, TURNS, key_of
from pedcorpus.parse.json_rows import JsonRow
from pedcorpus.parse.parser import Original, Parsed
from pedcorpus.records import SourceKind

__all__ = ["PARSER", "DialogueTableParser"]

_PROBE_BYTES = 8192
_ASKING = {*ASK, *TURNS, *SAFETY_PROMPT, *TITLE}
_ANSWERING = {*ANSWER, *TURNS, *CHOSEN, *HARM, *SAFETY_PROMPT}


class DialogueTableParser:
    """CSV and TSV in works of kind consultation or dataset."""

    name = "dialogue_table"
    version = 1
    suffixes = frozenset({".csv", ".tsv", ".tab"})
    kinds = frozenset({SourceKind.CONSULTATION, SourceKind.DATASET})

    def recognises(self, original: Original) -> bool:
        data = original.data[:_PROBE_BYTES]
        try:
            head = decode(data.rpartition(b"\n")[0] or data, where=original.path, damaged=True).text
        except InputError:
            return False
        header = next((row.cells for row in islice(read_rows(head), 1) if isinstance(row, Row)), ())
        return _is_header(header, original)

    def parse(self, original: Original) -> Parsed:
        decoded = read_text(original, damaged=True)
        rows = (row for row in read_rows(decoded.text) if isinstance(row, BadRow) or any(row.cells))
        header = next(rows, None)
        if not isinstance(header, Row) or not _is_header(header.cells, original):
            raise _no_header(header, original)
        return parse_rows(
            _objects(rows, header.cells), original, f"{self.name}@{self.version}", encoding=decoded.encoding
        )


def _is_header(cells: Sequence[str], original: Original) -> bool:
    keys = {key_of(original.columns.get(cell, cell)) for cell in cells}
    return bool(keys & _ASKING) and bool(keys & _ANSWERING)


def _no_header(header: Row | BadRow | None, original: Original) -> InputError:
    found = ", ".join(header.cells)[:200] if isinstance(header, Row) else "none"
    detail = (
        f"found the columns {found}; expected ask and answer (or 问题, 回答; instruction, output; conversations), "
        "with department and title where there are any; rename them, or map them under [columns] in the declaration"
    )
    return InputError(original.path, "missing_columns", detail)


def _objects(rows: Iterator[Row | BadRow], header: Sequence[str]) -> Iterator[JsonRow]:
    for row in rows:
        if isinstance(row, BadRow):
            problem = f"{row.problem}; close the quotation mark, or shorten the cell"
            yield JsonRow(None, str(row.line), row.line, row.raw[:1000], problem)
        elif len(row.cells) > len(header):
            problem = f"found {len(row.cells)} cells, expected {len(header)}; quote cells that hold the delimiter"
            yield JsonRow(None, str(row.line), row.line, row.raw[:1000], problem)
        else:
            yield JsonRow(dict(zip(header, row.cells, strict=False)), str(row.line), row.line, row.raw[:1000])


PARSER = DialogueTableParser()
