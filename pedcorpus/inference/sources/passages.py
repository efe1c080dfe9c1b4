"""The passages that an export's rows quote, each once, as columns: hundreds of thousands of them fit into memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pedcorpus.export import SPLITS, Export, documents_of, has_origins, sources_of
from pedcorpus.records import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Passage", "Passages", "read_passages", "searched"]

_COLUMNS = ("source", "document", "quote", "heading_path", "page", "row", "entity")
_ROWS = 20_000
_HEADINGS = 3
"""The nearest ones; what a chapter is called tells little."""


@dataclass(frozen=True)
class Passage:
    """One quoted passage, with what a reader needs to find it."""

    quote: str
    source: str
    """Id of the work."""
    title: str
    edition: str
    license: str
    file: str
    """Path of the file in the work; empty where the export does not tell."""
    page: int | None
    heading_path: tuple[str, ...]
    row: int | None
    """Row of a graph's file."""
    entity: str | None


@dataclass(frozen=True)
class Passages:
    """Every passage, and the works that they are from."""

    table: pa.Table
    works: Mapping[str, Source]
    files: Mapping[str, str]
    """Paths by document."""

    def __len__(self) -> int:
        rows: int = self.table.num_rows
        return rows

    def texts(self, start: int, count: int) -> list[str]:
        """What `count` passages are found by: headings, then the quote, as `searched` puts them together."""
        part = self.table.slice(start, count)
        headings, quotes = part.column("heading_path").to_pylist(), part.column("quote").to_pylist()
        return [searched(path or (), quote) for path, quote in zip(headings, quotes, strict=True)]

    def at(self, number: int) -> Passage:
        """One of them."""
        row: dict[str, Any] = self.table.slice(number, 1).to_pylist()[0]
        work = self.works.get(row["source"])
        return Passage(
            quote=row["quote"],
            source=row["source"],
            title=work.title if work else row["source"],
            edition=(work.edition or "") if work else "",
            license=work.license if work else "",
            file=self.files.get(row["document"], ""),
            page=row["page"],
            heading_path=tuple(row["heading_path"] or ()),
            row=row["row"],
            entity=row["entity"],
        )


def searched(heading_path: Sequence[str], quote: str) -> str:
    """What a passage is found by: a quote on treatment seldom names the disease that its heading names."""
    return "\n".join([*heading_path[-_HEADINGS:], quote])


def read_passages(export: Export) -> Passages:
    """The passages of all splits, in the order of the rows that quote them."""
    portions = [portion for split in SPLITS for portion in _portions(export, split)]
    table = _distinct(pa.concat_tables(portions)) if portions else _nothing()
    known = has_origins(export)
    works = {source.id: source for source in sources_of(export)} if known else {}
    files = {document.id: document.path for document in documents_of(export)} if known else {}
    return Passages(table, works, files)


def _portions(export: Export, split: Any) -> list[pa.Table]:  # an export's Split
    path = export.view_file("instructions", split)
    if path is None:
        return []
    with pq.ParquetFile(path) as file:
        batches = file.iter_batches(batch_size=_ROWS, columns=["evidence"])
        return [_distinct(_columns(batch.column(0))) for batch in batches]


def _columns(evidence: Any) -> pa.Table:  # a pa.ListArray of evidence
    quoted = evidence.flatten()
    address = pc.struct_field(quoted, "address")
    fields: dict[str, Any] = {name: pc.struct_field(quoted, name) for name in ("source", "document", "quote")}
    fields |= {name: pc.struct_field(address, name) for name in ("heading_path", "page", "row", "entity")}
    return pa.table({name: fields[name] for name in _COLUMNS})


def _distinct(table: pa.Table) -> pa.Table:
    """The first of those that quote the same words of the same file."""
    key = pc.binary_join_element_wise(table.column("document"), table.column("quote"), "\0")
    encoded = key.combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    numbers: NDArray[np.int64] = np.asarray(encoded.indices)
    first = np.sort(np.unique(numbers, return_index=True)[1])
    return table.take(pa.array(first))


def _nothing() -> pa.Table:
    lists = pa.list_(pa.string())
    kinds: Sequence[Any] = (pa.string(), pa.string(), pa.string(), lists, pa.int32(), pa.int64(), pa.string())
    return pa.table({name: pa.array([], kind) for name, kind in zip(_COLUMNS, kinds, strict=True)})
