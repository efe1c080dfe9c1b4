"""Works, passages and statements as tables and as JSON."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

from rich.table import Table

from pedcorpus.cli.reports import table
from pedcorpus.flow import ShelfPassage, ShelfTriple, SourceCounts
from pedcorpus.records import Source, Withdrawal

__all__ = ["passage_json", "passages_table", "source_json", "sources_table", "triple_json"]

_SHOWN_CHARACTERS = 60


def source_json(source: Source, counts: SourceCounts, withdrawn: Withdrawal | None) -> dict[str, Any]:
    """A work as declared, with what was read from it, and why it was withdrawn if it was."""
    read = {name: getattr(counts, name) for name in ("documents", "passages", "triples", "dialogues", "failures")}
    return {**source.model_dump(mode="json"), **read, "withdrawn": withdrawn and withdrawn.reason}


def sources_table(found: Sequence[tuple[Source, SourceCounts]], withdrawn: Container[str]) -> Table:
    """Works with kind, licence and tier; of one that was withdrawn the tier says so."""
    rows = [
        (
            source.id,
            source.kind,
            source.license,
            "withdrawn" if source.id in withdrawn else source.tier,
            source.edition,
            counts.documents,
            source.title,
        )
        for source, counts in found
    ]
    return table("", ("work", "kind", "licence", "tier", "edition", "files", "title"), rows, numbers_from=7)


def passage_json(shown: ShelfPassage) -> dict[str, Any]:
    """A passage with its id, work and file."""
    return {
        "id": shown.passage.id,
        "source": shown.source.id,
        "path": shown.stored.document.path,
        **shown.passage.model_dump(mode="json"),
    }


def triple_json(shown: ShelfTriple) -> dict[str, Any]:
    """A statement with its id, work and file."""
    where = {"id": shown.triple.id, "source": shown.source.id, "path": shown.stored.document.path}
    return {**where, **shown.triple.model_dump(mode="json")}


def passages_table(found: Sequence[ShelfPassage]) -> Table:
    """Passages with the beginning of their ids, addresses and texts."""
    rows = [
        (
            shown.passage.id[:10],
            shown.passage.kind,
            shown.passage.address.place,
            shown.passage.text[:_SHOWN_CHARACTERS].replace("\n", " ")
            + ("…" if len(shown.passage.text) > _SHOWN_CHARACTERS else ""),
        )
        for shown in found
    ]
    return table("", ("id", "kind", "where", "text"), rows, numbers_from=4)
