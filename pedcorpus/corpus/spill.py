"""Rows on their way to the corpus when there are too many to hold: written to Parquet as they come, added at once.

So a graph of millions of statements, or a book of thousands of pages, is still one commit, in memory that hardly
grows with it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import json_text
from pedcorpus.records import Passage, Triple, canonical_json

__all__ = ["SpillFolder", "add_spilled"]

_BATCH = 16_384
"""Rows held at once; a row group of the file."""


@dataclass(frozen=True)
class _Table:
    """A table of the corpus as it is spilled: all its columns but `reading`, which is known when all is read."""

    name: str
    schema: pa.Schema
    row: Callable[[Any], tuple[str | int, ...]]
    """Values of one record, in the order of the schema."""


def _triple_row(triple: Triple) -> tuple[str, ...]:
    attributes = canonical_json(triple.attributes) if triple.attributes else "{}"
    plain = (triple.document, triple.head, triple.relation, triple.tail, triple.head_type, triple.tail_type)
    return (*plain, triple.quote, triple.id, json_text(triple.address), attributes)


def _passage_row(passage: Passage) -> tuple[str | int, ...]:
    attributes = canonical_json(passage.attributes) if passage.attributes else "{}"
    plain = (passage.id, passage.document, passage.position, str(passage.kind), passage.text)
    return (*plain, json_text(passage.address), attributes)


def _schema(*names: str) -> pa.Schema:
    return pa.schema([(name, pa.int32() if name == "position" else pa.string()) for name in names])


_TRIPLE = _Table(
    "triple",
    _schema("document", "head", "relation", "tail", "head_type", "tail_type", "quote", "id", "address", "attributes"),
    _triple_row,
)
_PASSAGE = _Table(
    "passage", _schema("id", "document", "position", "kind", "text", "address", "attributes"), _passage_row
)


class _RowFile:
    """Rows of one table; the file is made with the first of them."""

    def __init__(self, folder: Path, table: _Table) -> None:
        self._path, self._table = folder / f"{table.name}.parquet", table
        self._rows: list[tuple[str | int, ...]] = []
        self._closing = ExitStack()
        self._writer: pq.ParquetWriter | None = None

    def add(self, record: Triple | Passage) -> None:
        """Turned into its row at once, so that no records wait, which the garbage collector would walk over."""
        self._rows.append(self._table.row(record))
        if len(self._rows) == _BATCH:
            self._write()

    def close(self) -> None:
        with self._closing:
            self._write()

    def _write(self) -> None:
        if not self._rows:
            return
        if self._writer is None:
            self._writer = self._closing.enter_context(pq.ParquetWriter(self._path, self._table.schema))
        columns = dict(zip(self._table.schema.names, map(list, zip(*self._rows, strict=True)), strict=True))
        self._writer.write_table(pa.table(columns, schema=self._table.schema))
        self._rows.clear()


class SpillFolder:
    """Writes triples and passages into a folder as the corpus will hold them."""

    def __init__(self, folder: Path) -> None:
        self._triples, self._passages = _RowFile(folder, _TRIPLE), _RowFile(folder, _PASSAGE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._triples.close()
        self._passages.close()

    def add(self, record: Triple | Passage) -> None:
        """One more row."""
        (self._triples if isinstance(record, Triple) else self._passages).add(record)


def add_spilled(unit: Unit, folder: Path, *, reading: str) -> tuple[int, int]:
    """Add the spilled passages and triples that the corpus does not hold yet; how many of each."""
    return _add(unit, folder, "passage", reading), _add(unit, folder, "triple", reading)


def _add(unit: Unit, folder: Path, table: str, reading: str) -> int:
    file = folder / f"{table}.parquet"
    if not file.exists():
        return 0
    unit.execute("SET threads = 1")  # each thread would hold rows of its own, and one is as fast
    added = unit.execute(
        f"INSERT INTO {table} BY NAME SELECT b.*, ? AS reading FROM read_parquet(?) AS b "
        f"WHERE NOT EXISTS (SELECT 1 FROM {table} AS t WHERE t.id = b.id AND t.reading = ?)",
        [reading, str(file), reading],
    ).fetchall()
    unit.execute("RESET threads")
    return int(added[0][0])
