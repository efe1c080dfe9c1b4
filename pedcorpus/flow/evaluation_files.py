"""The file of an evaluation set → its items: JSON, JSON Lines, CSV, TSV or Parquet, in any encoding that is read.

A set that is only half read would promise what nobody looked at: what cannot be read is an error, with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pedcorpus.curate.contamination import Columns, Item, find_columns, items_of_row
from pedcorpus.errors import InputError, UsageError
from pedcorpus.parse.csv_rows import BadRow, Row, read_rows
from pedcorpus.parse.decode import decode
from pedcorpus.parse.json_rows import read_objects
from pedcorpus.records import EvaluationSet
from pedcorpus.settings import EvaluationSetSettings

__all__ = ["LoadedSet", "read_rows_of", "read_set"]

Raw = dict[str, Any]  # JSON values by column
_WEBMEDQA = ("id", "label", "department", "question", "answer")
"""Columns of webMedQA's tables, which have no header; label 0 marks an answer to another question."""
_LOOKED_AT = 1000


@dataclass(frozen=True)
class LoadedSet:
    """An evaluation set with its items."""

    described: EvaluationSet
    items: tuple[Item, ...]
    columns: Columns


def read_set(declared: EvaluationSetSettings, *, root: Path) -> LoadedSet:
    """The set as it was `declared`; a relative path starts in `root`.

    Raises:
        UsageError: there is no such file, it cannot be read to its end, or its columns are not known.
    """
    path = root / Path(declared.path).expanduser()
    digest, rows = read_rows_of(path)
    wanted = Columns(declared.question, declared.options, declared.answer, declared.id)
    columns = find_columns(_names(rows), wanted, where=str(path))
    by_row = [tuple(items_of_row(row, columns, set_name=declared.name, number=n)) for n, row in enumerate(rows, 1)]
    items = tuple(item for row in by_row for item in row)
    if not items:
        raise UsageError(f"{path}: none of {len(rows)} rows has a question in column {columns.question!r}")
    empty = sum(not row for row in by_row)
    described = EvaluationSet(name=declared.name, file=path.name, sha256=digest, items=len(items), empty=empty)
    return LoadedSet(described, items, columns)


def read_rows_of(path: Path) -> tuple[str, list[Raw]]:
    """The SHA-256 of an evaluation set's file, and all its rows.

    Raises:
        UsageError: there is no such file, or it cannot be read to its end.
    """
    try:
        with path.open("rb") as stream:
            digest = file_digest(stream, "sha256").hexdigest()
        return digest, list(_rows(path))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror or error}); correct the path of the set") from error
    except (InputError, pa.ArrowException) as error:
        raise UsageError(f"{path}: no set can be read from it: {' '.join(str(error).split())}") from error


def _rows(path: Path) -> Iterator[Raw]:
    if path.suffix.lower() == ".parquet":
        with pq.ParquetFile(path) as table:
            for batch in table.iter_batches(batch_size=_LOOKED_AT):
                yield from batch.to_pylist()
        return
    text = decode(path.read_bytes(), where=path.name).text
    yield from _objects(text, path) if text.lstrip()[:1] in ("{", "[") else _records(text, path)


def _objects(text: str, path: Path) -> Iterator[Raw]:
    for row in read_objects(text, path.name):
        if row.value is None:
            raise InputError(f"{path.name}:{row.at}", "invalid_json", row.problem)
        yield row.value


def _records(text: str, path: Path) -> Iterator[Raw]:
    rows = [row for row in read_rows(text) if isinstance(row, BadRow) or any(row.cells)]
    for row in rows:
        if isinstance(row, BadRow):
            raise InputError(f"{path.name}:{row.line}", "bad_row", f"{row.problem}; correct the line")
    records = [row for row in rows if isinstance(row, Row)]
    header, body = _headed(records)
    for record in body:
        if len(record.cells) > len(header):
            problem = f"has {len(record.cells)} cells, expected {len(header)} as in the header; quote or correct it"
            raise InputError(f"{path.name}:{record.line}", "bad_row", problem)
        yield dict(zip(header, record.cells, strict=False))


def _headed(records: Sequence[Row]) -> tuple[Sequence[str], Iterable[Row]]:
    first = records[:_LOOKED_AT]
    if first and all(len(row.cells) == len(_WEBMEDQA) and row.cells[1] in ("0", "1") for row in first):
        return _WEBMEDQA, [row for row in records if row.cells[1] == "1"]
    return (records[0].cells, records[1:]) if records else ((), ())


def _names(rows: Sequence[Raw]) -> list[str]:
    return list(dict.fromkeys(name for row in rows[:_LOOKED_AT] for name in row))
