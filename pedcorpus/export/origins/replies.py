"""Which model's reply each row was made of, by the key that the reply is kept under: what `replies_sha256` is over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from pedcorpus.engine import batches
from pedcorpus.export.read import Export
from pedcorpus.export.tables import TableWriters

__all__ = ["REPLIES_FILE", "replies_of", "written_replies"]

REPLIES_FILE = "origins/replies.parquet"
_SCHEMA = pa.schema([("instruction", pa.string()), ("key", pa.string()), ("model", pa.string())])
_AT_ONCE = 4096

Reply = tuple[str, str, str]


def written_replies(replies: Iterable[Reply], tables: TableWriters) -> Iterator[Reply]:
    """`replies` as they are, each written on its way: row, key of the request and model."""
    for some in batches(replies, _AT_ONCE):
        columns = zip(*some, strict=True)
        tables.write_to(REPLIES_FILE, _SCHEMA, pa.table([pa.array(each, pa.string()) for each in columns], _SCHEMA))
        yield from some


def replies_of(export: Export) -> Iterator[Reply]:
    """Row, key of the request and model of each reply that a row of the version was made of, sorted."""
    path = export.root / REPLIES_FILE
    if not path.exists():
        return
    with pq.ParquetFile(path) as table:
        for batch in table.iter_batches(batch_size=_AT_ONCE):
            yield from zip(*(batch.column(name).to_pylist() for name in _SCHEMA.names), strict=True)
