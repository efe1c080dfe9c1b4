"""Browse: the works of a corpus, and the passages of a work."""

from __future__ import annotations

from dataclasses import dataclass

from pedcorpus.corpus import (
    SourceCounts,
    StoredDocument,
    counts_by_source,
    current_documents,
    current_sources,
    passages_of,
)
from pedcorpus.errors import UsageError
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Passage, Source, Triple
from pedcorpus.settings import Workspace, nearest_key

__all__ = ["ShelfPassage", "ShelfTriple", "list_passages", "list_sources"]


@dataclass(frozen=True)
class ShelfPassage:
    """A passage with its work and file."""

    source: Source
    stored: StoredDocument
    passage: Passage


@dataclass(frozen=True)
class ShelfTriple:
    """A graph's statement with its work and file."""

    source: Source
    stored: StoredDocument
    triple: Triple


def list_sources(workspace: Workspace) -> list[tuple[Source, SourceCounts]]:
    """All works with licence, tier and what was read from them, by id.

    Raises:
        CorpusError: there is no corpus here, or it cannot be used.
    """
    with open_corpus(workspace).unit(read_only=True) as unit:
        sources = current_sources(unit)
        return [(sources[counts.source], counts) for counts in counts_by_source(unit)]


def list_passages(workspace: Workspace, source_id: str) -> list[ShelfPassage]:
    """The current passages of a work, by file and in reading order.

    Raises:
        UsageError: there is no such work.
    """
    with open_corpus(workspace).unit(read_only=True) as unit:
        sources = current_sources(unit)
        if source_id not in sources:
            raise UsageError(f"no source is called {source_id!r}{nearest_key(source_id, list(sources))}")
        return [
            ShelfPassage(sources[source_id], stored, passage)
            for stored in current_documents(unit)
            if stored.document.source == source_id
            for passage in passages_of(unit, stored.document.id, stored.reading)
        ]
