"""Counts of a selection, as the manifest and the card state them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pedcorpus.export.release import Selection
from pedcorpus.records import Instruction

__all__ = ["cited_sources", "count_rows", "counted"]


def count_rows(selection: Selection) -> dict[str, dict[str, int]]:
    """Rows by split, task (`medkqa`, and `medkqa/train`), way of acceptance, source, language and licence.

    A row counts for each source that it cites, so the counts of sources may add up to more than the rows.
    """
    rows = selection.rows
    tasks = [(row.instruction.task, selection.split_of(row)) for row in rows]
    return {
        "splits": counted(split for _, split in tasks),
        "tasks": counted(name for task, split in tasks for name in (task, f"{task}/{split}")),
        "acceptance": counted(row.acceptance for row in rows),
        "sources": counted(source for row in rows for source in cited_sources(row.instruction)),
        "languages": counted(row.instruction.language for row in rows),
        "licenses": counted(row.instruction.license for row in rows),
        "topics": {"all": len({row.instruction.topic for row in rows})},
        "left_out": dict(selection.left_out),
    }


def cited_sources(instruction: Instruction) -> list[str]:
    """Ids of the works that the instruction rests on, sorted, each once."""
    return sorted({item.source for item in instruction.evidence})


def counted(names: Iterable[str]) -> dict[str, int]:
    """How often each name occurs, by name."""
    return dict(sorted(Counter(names).items()))
