"""Which kind of work a table, JSON or columnar file belongs to, by what its beginning holds.

For files whose ending does not tell: JSON may be a graph, consultations, a data set, or a tool's page list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from pedcorpus.errors import InputError
from pedcorpus.parse.csv_rows import Row, read_rows
from pedcorpus.parse.decode import decode
from pedcorpus.parse.exchanges import read_exchanges
from pedcorpus.parse.literals import literal_items, looks_like_literal, read_literal
from pedcorpus.parse.purposes import purpose_of
from pedcorpus.records import DialoguePurpose, SourceKind

__all__ = ["LOOKED_AT_BYTES", "looks_like_kind"]

LOOKED_AT_BYTES = 1 << 18
"""Of a file's beginning; enough for its first rows."""
_ROWS = 5
_COLUMNAR = (b"PAR1", b"ARROW1", b"\xff\xff\xff\xff")
_TABLES = {".csv", ".tsv", ".tab"}
_NAMES = {"name", "名称", "疾病名称", "疾病", "label"}
_GRAPHS = {"graphs", "nodes", "links", "edges", "@graph"}


def looks_like_kind(data: bytes, name: str) -> SourceKind | None:
    """The kind of work to which a file called `name` that begins with `data` belongs; none where it does not tell.

    Rows with questions and answers are consultations where the row names a department, a patient or a doctor, and
    a data set otherwise; rows with a name and a table of anything else are a graph.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if data.startswith(_COLUMNAR):
        return SourceKind.DATASET
    try:
        whole = data if len(data) < LOOKED_AT_BYTES else data[:LOOKED_AT_BYTES].rpartition(b"\n")[0] or data
        text = decode(whole, where=name, damaged=True).text
    except InputError:
        return None
    rows = _table_rows(text) if suffix in _TABLES else _object_rows(text)
    kinds = [kind for row in islice(rows, _ROWS) if (kind := _kind_of(row)) is not None]
    if kinds:
        return max(kinds, key=kinds.count)
    return SourceKind.GRAPH if suffix in _TABLES else None


def _kind_of(row: Mapping[str, Any]) -> SourceKind | None:
    try:
        exchanges = read_exchanges(row)
    except ValueError:
        exchanges = []
    if exchanges:
        is_consultation = purpose_of(exchanges[0], SourceKind.DATASET) is DialoguePurpose.CONSULTATION
        return SourceKind.CONSULTATION if is_consultation else SourceKind.DATASET
    return SourceKind.GRAPH if row.keys() & (_NAMES | _GRAPHS) else None


def _table_rows(text: str) -> Iterator[dict[str, Any]]:
    header: tuple[str, ...] = ()
    for row in read_rows(text):
        if isinstance(row, Row) and any(row.cells):
            if header:
                yield dict(zip(header, row.cells, strict=False))
            header = header or row.cells


def _object_rows(text: str) -> Iterator[dict[str, Any]]:
    if looks_like_literal(text):
        yield from _literal_rows(text)
        return
    decoder = json.JSONDecoder()
    position = text.find("{")
    while position >= 0:
        try:
            value, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return
        if isinstance(value, dict):
            yield from _inner_rows(value)
        position = text.find("{", end)


def _inner_rows(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The object, or the rows that it wraps, as in `{"data": [{…}, …]}`."""
    only = next(iter(value.values())) if len(value) == 1 else None
    if isinstance(only, list) and only and not (value.keys() & _GRAPHS) and not _kind_of(value):
        yield from (row for row in only if isinstance(row, dict))
    else:
        yield value


def _literal_rows(text: str) -> Iterator[dict[str, Any]]:
    for item, _ in literal_items(text):
        try:
            value = read_literal(item)
        except ValueError:
            continue
        if isinstance(value, dict):
            yield {str(key): member for key, member in value.items()}
