"""Arrow schemas of every table, and the one way a table is written: the same rows give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pedcorpus.export.read import View

__all__ = ["SCHEMAS", "write_table"]

ROWS_PER_GROUP = 4096

_MESSAGES = pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())]))

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
        ]
    )
)

_ADDRESS = pa.struct(
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

_EVIDENCE = pa.list_(
    pa.struct(
        [
            ("source", pa.string()),
            ("document", pa.string()),
            ("origin", pa.string()),
            ("origin_id", pa.string()),
            ("address", _ADDRESS),
            ("quote", pa.string()),
        ]
    )
)

_FINDINGS = pa.list_(
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

_DECISIONS = pa.list_(
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
            ("messages", _MESSAGES),
            ("evidence", _EVIDENCE),
            ("language", pa.string()),
            ("license", pa.string()),
            ("tier", pa.string()),
            ("generator", pa.string()),
            ("acceptance", pa.string()),
            ("parent", pa.string()),
            ("fields", pa.string()),
            ("findings", _FINDINGS),
            ("decisions", _DECISIONS),
            ("group", pa.string()),
            ("cluster", pa.string()),
        ]
    ),
    "cpt": pa.schema([("text", pa.string()), ("kind", pa.string()), ("source", pa.string())]),
    "sft": pa.schema([("prompt", _MESSAGES), ("completion", _MESSAGES)]),
    "dfpo": pa.schema([("prompt", _MESSAGES), ("chosen", _MESSAGES), ("rejected", _MESSAGES)]),
    "mue": pa.schema([("prompt", _MESSAGES), ("completion", _MESSAGES), ("task", pa.string())]),
}
"""Columns of each view's tables, in order."""


def write_table(path: Path, rows: Iterable[dict[str, Any]], *, view: View) -> int:  # columns differ by view
    """Write `rows` to a new Parquet file, a row group at a time; no file when there are no rows.

    Returns:
        The number of rows.
    """
    groups = _groups(rows)
    first = next(groups, None)
    if first is None:
        return 0
    path.parent.mkdir(exist_ok=True)
    count = 0
    with pq.ParquetWriter(path, SCHEMAS[view], version="2.6", compression="zstd", data_page_version="1.0") as writer:
        for group in chain([first], groups):
            writer.write_table(pa.Table.from_pylist(group, schema=SCHEMAS[view]), row_group_size=ROWS_PER_GROUP)
            count += len(group)
    return count


def _groups(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    stream = iter(rows)
    while group := list(islice(stream, ROWS_PER_GROUP)):
        yield group
