"""Arrow schemas of every table, and the one way a table is written: the same rows give the same bytes."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pedcorpus.export.read import Split, View, export_path

__all__ = [
    "ADDRESS",
    "DECISIONS",
    "EVIDENCE",
    "FINDINGS",
    "MESSAGES",
    "ROWS_PER_GROUP",
    "SCHEMAS",
    "TableWriter",
    "TableWriters",
]

ROWS_PER_GROUP = 4096

_WRITTEN: dict[str, Any] = {  # options of several types
    "version": "2.6",
    "compression": "zstd",
    "compression_level": 1,
    "data_page_version": "1.0",
    "use_dictionary": True,
    "write_statistics": True,
    "write_page_index": False,
    "data_page_size": 1 << 20,
    "dictionary_pagesize_limit": 1 << 20,
    "write_batch_size": 1024,
    "store_schema": True,
}
"""All that decides the bytes, spelt out: a library that changes its defaults changes no export."""

MESSAGES = pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())]))

_BOXES = pa.list_(
    pa.struct(
        [
            ("page", pa.int32()),
            ("x0", pa.float64()),
            ("y0", pa.float64()),
            ("x1", pa.float64()),
            ("y1", pa.float64()),
            ("start", pa.int32()),
            ("end", pa.int32()),
            ("confidence", pa.float64()),
        ]
    )
)

ADDRESS = pa.struct(
    [
        ("heading_path", pa.list_(pa.string())),
        ("page", pa.int32()),
        ("boxes", _BOXES),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("row", pa.int64()),
        ("entity", pa.string()),
        ("turn", pa.int32()),
    ]
)

EVIDENCE = pa.list_(
    pa.struct(
        [
            ("source", pa.string()),
            ("document", pa.string()),
            ("origin", pa.string()),
            ("origin_id", pa.string()),
            ("address", ADDRESS),
            ("quote", pa.string()),
        ]
    )
)

FINDINGS = pa.list_(
    pa.struct(
        [
            ("check", pa.string()),
            ("severity", pa.string()),
            ("reason", pa.string()),
            ("detail", pa.string()),
            ("path", pa.string()),
            ("start", pa.int32()),
            ("end", pa.int32()),
        ]
    )
)

DECISIONS = pa.list_(
    pa.struct(
        [
            ("reviewer", pa.string()),
            ("verdict", pa.string()),
            ("reason", pa.string()),
            ("note", pa.string()),
            ("edited", pa.string()),
            ("undoes", pa.int32()),
            ("acceptance", pa.string()),
            ("plan", pa.string()),
            ("readers", pa.int32()),
            ("role", pa.string()),
            ("colleague", pa.string()),
            ("instruction", pa.string()),  # that an edit made this row of; null where it was this row that was read
            ("seconds", pa.float64()),
            ("at", pa.string()),
        ]
    )
)

SCHEMAS: dict[View, pa.Schema] = {
    "instructions": pa.schema(
        [
            ("id", pa.string()),
            ("task", pa.string()),
            ("topic", pa.string()),
            ("messages", MESSAGES),
            ("evidence", EVIDENCE),
            ("language", pa.string()),
            ("license", pa.string()),
            ("tier", pa.string()),
            ("generator", pa.string()),
            ("acceptance", pa.string()),
            ("parent", pa.string()),
            ("fields", pa.string()),
            ("findings", FINDINGS),
            ("decisions", DECISIONS),
            ("group", pa.string()),
            ("cluster", pa.string()),
        ]
    ),
    "cpt": pa.schema([("text", pa.string()), ("kind", pa.string()), ("source", pa.string())]),
    "sft": pa.schema([("prompt", MESSAGES), ("completion", MESSAGES)]),
    "dfpo": pa.schema([("prompt", MESSAGES), ("chosen", MESSAGES), ("rejected", MESSAGES)]),
    "mue": pa.schema([("prompt", MESSAGES), ("completion", MESSAGES), ("task", pa.string())]),
}
"""Columns of each view's tables, in order."""


class TableWriter:
    """Writes one Parquet file, a row group of fixed size after the other; there is no file when there are no rows.

    Groups are encoded in `pool`, one at a time of each file, so that files are written beside one another.
    """

    def __init__(self, path: Path, schema: pa.Schema, pool: Executor) -> None:
        self.rows = 0
        self._path, self._schema, self._pool = path, schema, pool
        self._waiting: list[pa.Table] = []
        self._waiting_rows = 0
        self._writer: pq.ParquetWriter | None = None
        self._under_way: Future[None] | None = None

    def write(self, table: pa.Table) -> None:
        """More rows, with at least the columns of the schema."""
        if not len(table):
            return
        self.rows += len(table)
        self._waiting.append(table.select(self._schema.names))
        self._waiting_rows += len(table)
        while self._waiting_rows >= ROWS_PER_GROUP:
            self._write_group()

    def close(self) -> None:
        """What still waits is written, and the file is whole."""
        if self._waiting_rows:
            self._write_group()
        self._settle()
        if self._writer:
            self._writer.close()

    def _write_group(self) -> None:
        together = pa.concat_tables(self._waiting)
        rest = together.slice(ROWS_PER_GROUP)
        self._waiting, self._waiting_rows = [rest] if len(rest) else [], len(rest)
        self._settle()
        self._under_way = self._pool.submit(self._encode, together.slice(0, ROWS_PER_GROUP))

    def _settle(self) -> None:
        if self._under_way:
            self._under_way.result()
            self._under_way = None

    def _encode(self, group: pa.Table) -> None:
        if self._writer is None:
            self._path.parent.mkdir(exist_ok=True)
            self._writer = pq.ParquetWriter(self._path, self._schema, **_WRITTEN)
        self._writer.write_table(group.combine_chunks().cast(self._schema), row_group_size=ROWS_PER_GROUP)


class TableWriters:
    """The tables of an export, each opened as its first rows come."""

    def __init__(self, folder: Path, pool: Executor) -> None:
        self._folder, self._pool = folder, pool
        self._writers: dict[str, TableWriter] = {}

    def write(self, view: View, split: Split, table: pa.Table) -> None:
        """More rows of one file."""
        self.write_to(export_path(view, split), SCHEMAS[view], table)

    def write_to(self, path: str, schema: pa.Schema, table: pa.Table) -> None:
        """More rows of the file at `path` inside the export."""
        if path not in self._writers:
            self._writers[path] = TableWriter(self._folder / path, schema, self._pool)
        self._writers[path].write(table)

    def close(self) -> dict[str, int]:
        """Ends all files; the rows of each that there is, by path."""
        for writer in self._writers.values():
            writer.close()
        rows = {path: writer.rows for path, writer in self._writers.items() if writer.rows}
        self._writers.clear()
        return rows
