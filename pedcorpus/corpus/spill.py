"""Triples on their way to the corpus when there are too many to hold: written to Parquet as they come, added at once.

So a graph of millions of statements is still one commit, in memory that hardly grows with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import json_text
from pedcorpus.records import Triple, canonical_json

__all__ = ["add_spilled_triples", "spill_triples"]

_PLAIN = ("document", "head", "relation", "tail", "head_type", "tail_type", "quote")
_COLUMNS = ("id", "reading", *_PLAIN, "address", "attributes")
_SCHEMA = pa.schema([(name, pa.string()) for name in _COLUMNS])
_BATCH = 16_384
"""Triples held at once; a row group of the file."""


def spill_triples(file: Path, triples: Iterable[Triple], *, reading: str) -> int:
    """Write `triples` to `file` as the corpus will hold them; how many. `triples` is drawn a batch at a time."""
    written = 0
    batch: list[Triple] = []
    with pq.ParquetWriter(file, _SCHEMA) as writer:
        for triple in triples:
            batch.append(triple)
            if len(batch) == _BATCH:
                written += _write(writer, batch, reading)
                batch.clear()
        return written + _write(writer, batch, reading)


def _write(writer: pq.ParquetWriter, batch: list[Triple], reading: str) -> int:
    columns: dict[str, list[str]] = {name: [getattr(triple, name) for triple in batch] for name in _PLAIN}
    columns["id"] = [triple.id for triple in batch]
    columns["reading"] = [reading] * len(batch)
    columns["address"] = [json_text(triple.address) for triple in batch]
    columns["attributes"] = [canonical_json(triple.attributes) if triple.attributes else "{}" for triple in batch]
    writer.write_table(pa.table(columns, schema=_SCHEMA))
    return len(batch)


def add_spilled_triples(unit: Unit, file: Path) -> int:
    """Add the triples of a spilled file that the corpus does not hold yet; how many."""
    added = unit.execute(
        "INSERT INTO triple BY NAME SELECT b.* FROM read_parquet(?) AS b "
        "WHERE NOT EXISTS (SELECT 1 FROM triple AS t WHERE t.id = b.id AND t.reading = b.reading)",
        [str(file)],
    ).fetchall()
    return int(added[0][0])
