"""Triples on their way to the corpus when there are too many to hold: written to Parquet as they come, added at once.

So a graph of millions of statements is still one commit, in memory that hardly grows with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import json_text
from pedcorpus.records import Triple, canonical_json

__all__ = ["add_spilled_triples", "spill_triples"]

_OWN = ("document", "head", "relation", "tail", "head_type", "tail_type", "quote", "id", "address", "attributes")
_SCHEMA = pa.schema([(name, pa.string()) for name in (*_OWN, "reading")])
_BATCH = 16_384
"""Rows held at once; a row group of the file."""


def spill_triples(file: Path, triples: Iterable[Triple], *, reading: str) -> int:
    """Write `triples` to `file` as the corpus will hold them; how many.

    Each is turned into its row as it comes, so that no records wait, which the garbage collector would walk over.
    """
    written = 0
    rows = map(_row, triples)
    with pq.ParquetWriter(file, _SCHEMA) as writer:
        while batch := list(islice(rows, _BATCH)):
            columns = dict(zip(_OWN, map(list, zip(*batch, strict=True)), strict=True))
            writer.write_table(pa.table({**columns, "reading": [reading] * len(batch)}, schema=_SCHEMA))
            written += len(batch)
    return written


def _row(triple: Triple) -> tuple[str, ...]:
    """Values of `_OWN`."""
    attributes = canonical_json(triple.attributes) if triple.attributes else "{}"
    plain = (triple.document, triple.head, triple.relation, triple.tail, triple.head_type, triple.tail_type)
    return (*plain, triple.quote, triple.id, json_text(triple.address), attributes)


def add_spilled_triples(unit: Unit, file: Path) -> int:
    """Add the triples of a spilled file that the corpus does not hold yet; how many."""
    unit.execute("SET threads = 1")  # each thread would hold rows of its own, and one is as fast
    added = unit.execute(
        "INSERT INTO triple BY NAME SELECT b.* FROM read_parquet(?) AS b "
        "WHERE NOT EXISTS (SELECT 1 FROM triple AS t WHERE t.id = b.id AND t.reading = b.reading)",
        [str(file)],
    ).fetchall()
    unit.execute("RESET threads")
    return int(added[0][0])
