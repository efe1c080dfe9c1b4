"""Records to table rows and back, and the one way in which rows are added: new ones only, as Arrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import pyarrow as pa

from pedcorpus.corpus.file import Unit
from pedcorpus.records import Record, canonical_json

__all__ = ["add_new", "append", "append_table", "fetch", "json_text"]

T = TypeVar("T")
Row = dict[str, Any]  # column values of mixed types
_FEW = 2  # rows for which a table is not worth its while
_PLACE = "place_in_batch"  # a join gives rows in any order


def json_text(record: Record) -> str:
    """A record as the canonical JSON text that is stored in a column."""
    return canonical_json(record.model_dump(mode="json"))


def append(unit: Unit, table: str, rows: Sequence[Row]) -> int:
    """Add all `rows`; how many."""
    return append_table(unit, table, pa.Table.from_pylist(list(rows))) if rows else 0


def append_table(unit: Unit, table: str, rows: pa.Table) -> int:
    """Add all `rows`; how many."""
    unit.register("batch", rows)
    unit.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM batch')
    unit.unregister("batch")
    return len(rows)


def add_new(unit: Unit, table: str, rows: Iterable[Row], *, key: tuple[str, ...], known: str | None = None) -> int:
    """Add those `rows` whose `key` the table, or the view `known` of it, lacks, in their order; how many."""
    unique = {tuple(row[name] for name in key): row for row in rows}
    if not unique:
        return 0
    if len(unique) <= _FEW and known is None:
        return sum(_add_one(unit, table, row, key) for row in unique.values())
    table_of_rows = pa.Table.from_pylist(list(unique.values()))
    unit.register("batch", table_of_rows.append_column(_PLACE, pa.array(range(len(unique)))))
    same = " AND ".join(f't."{name}" = b."{name}"' for name in key)
    added = unit.execute(
        f'INSERT INTO "{table}" BY NAME SELECT b.* EXCLUDE ({_PLACE}) FROM batch AS b '
        f'WHERE NOT EXISTS (SELECT 1 FROM "{known or table}" AS t WHERE {same}) ORDER BY b.{_PLACE}'
    ).fetchall()
    unit.unregister("batch")
    return int(added[0][0])


def _add_one(unit: Unit, table: str, row: Row, key: tuple[str, ...]) -> int:
    """By the index of the table's key, if it has one: a reviewer waits for this."""
    same = " AND ".join(f'"{name}" = ?' for name in key)
    if unit.execute(f'SELECT 1 FROM "{table}" WHERE {same}', [row[name] for name in key]).fetchall():
        return 0
    columns, places = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _ in row)
    unit.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', list(row.values()))
    return 1


def fetch(unit: Unit, query: str, parameters: Sequence[Any] = (), *, make: Callable[..., T]) -> list[T]:
    """Rows of `query`, each as `make(*columns)`."""
    return [make(*row) for row in unit.execute(query, list(parameters)).fetchall()]
