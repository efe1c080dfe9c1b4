"""Counts over the whole corpus: what is in it, by source, task and status."""

from __future__ import annotations

from dataclasses import dataclass

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import fetch
from pedcorpus.records import Status

__all__ = ["SourceCounts", "count_everything", "counts_by_source", "counts_by_task"]


@dataclass(frozen=True)
class SourceCounts:
    """What one work has given."""

    source: str
    documents: int
    passages: int
    triples: int
    dialogues: int
    failures: int
    instructions: dict[str, int]
    """By task, superseded ones left out."""
    statuses: dict[str, int]
    """By status, superseded ones left out."""


def count_everything(unit: Unit) -> dict[str, int]:
    """Rows that are current now, by table."""
    tables = {
        "sources": "current_source",
        "documents": "current_document",
        "passages": "current_passage",
        "triples": "current_triple",
        "dialogues": "current_dialogue",
        "failures": "standing_failure",
    }
    return {name: unit.execute(f"SELECT count(*) FROM {view}").fetchall()[0][0] for name, view in tables.items()}


def counts_by_task(unit: Unit) -> dict[str, dict[str, int]]:
    """Instructions by task and status; only pairs that occur."""
    counts: dict[str, dict[str, int]] = {}
    query = "SELECT task, status, count(*) FROM instruction_status GROUP BY ALL ORDER BY ALL"
    for task, status, count in unit.execute(query).fetchall():
        counts.setdefault(task, {})[status] = count
    return counts


def _by_source(unit: Unit, view: str) -> dict[str, int]:
    query = f"""
        SELECT d.source, count(*) FROM (SELECT DISTINCT source, id, reading FROM current_document) AS d
        JOIN {view} AS v ON v.document = d.id AND v.reading = d.reading GROUP BY d.source"""
    return dict(unit.execute(query).fetchall())


def counts_by_source(unit: Unit) -> list[SourceCounts]:
    """One row a work, by id."""
    documents = dict(unit.execute("SELECT source, count(*) FROM current_document GROUP BY source").fetchall())
    failures = dict(unit.execute("SELECT source, count(*) FROM standing_failure GROUP BY source").fetchall())
    read = {view: _by_source(unit, view) for view in ("current_passage", "current_triple", "current_dialogue")}
    tasks: dict[str, dict[str, int]] = {}
    statuses: dict[str, dict[str, int]] = {}
    query = "SELECT source, task, status, count(*) FROM instruction_status WHERE status <> ? GROUP BY ALL"
    for source, task, status, count in unit.execute(query, [str(Status.SUPERSEDED)]).fetchall():
        for counts, key in ((tasks, task), (statuses, status)):
            by_key = counts.setdefault(source, {})
            by_key[key] = by_key.get(key, 0) + count
    return [
        SourceCounts(
            source=source,
            documents=documents.get(source, 0),
            passages=read["current_passage"].get(source, 0),
            triples=read["current_triple"].get(source, 0),
            dialogues=read["current_dialogue"].get(source, 0),
            failures=failures.get(source, 0),
            instructions=tasks.get(source, {}),
            statuses=statuses.get(source, {}),
        )
        for source in fetch(unit, "SELECT id FROM current_source ORDER BY id", make=str)
    ]
