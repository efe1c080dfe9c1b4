"""What a finished version says of its origins, read as it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import TypeAdapter

from pedcorpus.export.origin_columns import OriginKind
from pedcorpus.export.origins.pairs import pair_of
from pedcorpus.export.read import SPLITS, Export
from pedcorpus.records import Document, Preference, Source

__all__ = [
    "DOCUMENTS_FILE",
    "PAIRS_FILE",
    "SOURCES_FILE",
    "documents_of",
    "has_origins",
    "origin_tables",
    "origins_path",
    "pairs_of",
    "sources_of",
]

SOURCES_FILE = "origins/sources.json"
DOCUMENTS_FILE = "origins/documents.json"
PAIRS_FILE = "origins/preferences.parquet"
_READ = 4096


@cache
def _declarations() -> tuple[TypeAdapter[list[Source]], TypeAdapter[list[Document]]]:
    return TypeAdapter(list[Source]), TypeAdapter(list[Document])


def origins_path(kind: OriginKind) -> str:
    """Path of a table of cited texts inside an export."""
    return f"origins/{kind}.parquet"


def has_origins(export: Export) -> bool:
    """Whether the version holds what it is from; those made before it was kept do not."""
    return SOURCES_FILE in export.manifest.files


def sources_of(export: Export) -> list[Source]:
    """The works that rows or texts of it rest on, as they were declared, by id.

    Raises:
        ValueError: the file holds something else.
    """
    return _declarations()[0].validate_json((export.root / SOURCES_FILE).read_bytes())


def documents_of(export: Export) -> list[Document]:
    """The files that cited texts stand in, by work and path.

    Raises:
        ValueError: the file holds something else.
    """
    return _declarations()[1].validate_json((export.root / DOCUMENTS_FILE).read_bytes())


def origin_tables(export: Export, kind: OriginKind) -> Iterator[pa.Table]:
    """Cited texts of one kind, by id, a portion at a time; none where there are none."""
    path = export.root / origins_path(kind)
    if not path.exists():
        return
    with pq.ParquetFile(path) as table:
        for batch in table.iter_batches(batch_size=_READ):
            yield pa.Table.from_batches([batch])


def pairs_of(export: Export) -> Iterator[tuple[str, Preference]]:
    """Each pair of the view `dfpo` after the id that it is said to have.

    Raises:
        ValueError: the view and what is told of it do not go together.
    """
    path = export.root / PAIRS_FILE
    if not path.exists():
        return
    shown = {split: export.rows("dfpo", split) for split in SPLITS}
    with pq.ParquetFile(path) as table:
        for batch in table.iter_batches(batch_size=_READ):
            for row in batch.to_pylist():
                example = next(shown.get(row["split"], iter(())), None)
                if example is None:
                    raise ValueError(f"pair {row['id']} is not in the view dfpo")
                yield row["id"], pair_of(row, example)
