"""Writes what the rows of a version are from: only what one of them cites, so that its rights are the rows' own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pedcorpus.export.origin_columns import ORIGIN_KINDS, ORIGINS
from pedcorpus.export.origins.read import DOCUMENTS_FILE, SOURCES_FILE, origins_path
from pedcorpus.export.release import Release, Selection
from pedcorpus.export.sorted_texts import HASH, SortedTexts
from pedcorpus.export.tables import TableWriters
from pedcorpus.records import Document, Record, Source

__all__ = ["write_declarations", "write_origins"]


def write_origins(release: Release, selection: Selection, tables: TableWriters, waiting: Path) -> list[Document]:
    """The texts that rows of the version cite, into a table of each kind; the files that they stand in.

    What is not sorted yet waits in the folder `waiting`.
    """
    for kind in ORIGIN_KINDS:
        found = release.stream.origins(kind, selection.chosen)
        for table in _by_id(found, ORIGINS[kind], waiting / kind):
            tables.write_to(origins_path(kind), ORIGINS[kind], table)
    return release.stream.cited_documents(selection.chosen)


def _by_id(found: Iterable[pa.Table], schema: pa.Schema, waiting: Path) -> Iterator[pa.Table]:
    """All rows of `found` by id, each once."""
    texts = SortedTexts(waiting, schema.append(pa.field("key", HASH)))
    for table in found:
        keys = [bytes.fromhex(name) for name in table.column("id").to_pylist()]
        texts.add(table.cast(schema).append_column("key", pa.array(keys, HASH)))
    for part in texts.parts():
        ids = part.column("id").combine_chunks()
        is_new = pc.not_equal(ids[1:], ids[:-1]) if len(ids) > 1 else pa.array([], pa.bool_())
        yield part.filter(pa.concat_arrays([pa.array([True]), is_new]))


def write_declarations(folder: Path, sources: Sequence[Source], documents: Sequence[Document]) -> None:
    """The works and files of a version, beside its cited texts."""
    (folder / SOURCES_FILE).parent.mkdir(exist_ok=True)
    _write(folder / SOURCES_FILE, sources)
    _write(folder / DOCUMENTS_FILE, documents)


def _write(path: Path, records: Iterable[Record]) -> None:
    told = [record.model_dump(mode="json") for record in records]
    path.write_bytes((json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())
