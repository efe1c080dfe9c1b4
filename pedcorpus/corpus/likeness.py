"""What duplicate search reads of a million instructions, as Arrow tables, and the clusters that it leaves behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import append, fetch
from pedcorpus.records import Duplicate

__all__ = [
    "AlikeRow",
    "Level",
    "add_alike",
    "alike_rows",
    "bodies_between",
    "current_alike",
    "is_compared",
    "latest_row",
    "mark_compared",
    "rivals",
    "standing_topics",
]

Level = Literal["near-question", "near-answer"]

_MEMBERSHIP = ("instruction", "cluster", "kept", "method", "similarity")


_DECIDING = ("source", "document", "instruction", "finding", "decision")
"""Tables that decide what is compared and which one stays."""


def latest_row(unit: Unit) -> int:
    """Number of the latest row of the tables that decide about duplicates; 0 if there is none."""
    newest = " UNION ALL ".join(f"SELECT max(written) AS written FROM {table}" for table in _DECIDING)
    return int(unit.execute(f"SELECT coalesce(max(written), 0) FROM ({newest})").fetchall()[0][0])


def is_compared(unit: Unit, recipe: str) -> bool:
    """Were duplicates sought last by this `recipe`, and has nothing been written since that decides about them?"""
    found = fetch(unit, "SELECT recipe, until FROM comparison ORDER BY written DESC LIMIT 1", make=lambda *row: row)
    return found == [(recipe, latest_row(unit))]


def mark_compared(unit: Unit, recipe: str, until: int) -> None:
    """Remember that duplicates have been sought among what was written up to `until`."""
    append(unit, "comparison", [{"recipe": recipe, "until": until}])


def rivals(unit: Unit) -> pa.Table:
    """Every instruction that takes part in duplicate search, as it was written: all but superseded and rejected ones.

    Nor does a revision of an accepted instruction, which is like it by nature, until somebody has decided on it.
    Columns: id; written; accepted; sound (no check found an error); clean (nor a warning); source (of its first
    evidence).
    """
    query = """
        WITH worst AS (
            SELECT instruction, bool_or(severity = 'error') AS wrong, bool_or(severity <> 'pass') AS warned
            FROM current_finding GROUP BY instruction
        ), revising AS (
            SELECT DISTINCT l.revision AS id FROM lineage AS l
            JOIN instruction_status AS a ON a.id = l.ancestor AND a.status = 'accepted'
        )
        SELECT s.id, s.written, s.status = 'accepted' AS accepted,
               NOT coalesce(w.wrong, false) AS sound, NOT coalesce(w.warned, false) AS clean, s.source
        FROM instruction_status AS s
        LEFT JOIN worst AS w ON w.instruction = s.id
        LEFT JOIN revising AS r ON r.id = s.id
        WHERE s.status NOT IN ('superseded', 'rejected') AND (r.id IS NULL OR s.status = 'accepted')
        ORDER BY s.written"""
    return unit.sql(query).to_arrow_table()


def bodies_between(unit: Unit, first: int, last: int) -> pa.Table:
    """Id and canonical JSON of the instructions written from `first` to `last`, in that order."""
    query = "SELECT id, body FROM instruction WHERE written BETWEEN ? AND ? ORDER BY written"
    return unit.sql(query, params=[first, last]).to_arrow_table()


def standing_topics(unit: Unit) -> list[str]:
    """Topics of all instructions but superseded and rejected ones, sorted."""
    query = """
        SELECT DISTINCT topic FROM instruction_status WHERE status NOT IN ('superseded', 'rejected') ORDER BY topic"""
    return fetch(unit, query, make=str)


def current_alike(unit: Unit, level: Level) -> dict[str, Duplicate]:
    """The latest membership of every instruction that ever had one at this level."""
    query = f"SELECT {', '.join(_MEMBERSHIP)} FROM current_alike WHERE level = ?"
    rows = fetch(unit, query, [level], make=lambda *values: dict(zip(_MEMBERSHIP, values, strict=True)))
    return {row["instruction"]: Duplicate.model_validate(row) for row in rows}


def add_alike(unit: Unit, rows: Sequence[Duplicate]) -> int:
    """Add memberships of clusters of which all stay; the latest of an instruction and level counts. How many."""
    return append(unit, "alike", [row.model_dump(mode="json") for row in rows])


@dataclass(frozen=True)
class AlikeRow:
    """One member of a cluster of instructions with like questions, or with like answers."""

    cluster: str
    """Id of the best member."""
    instruction: str
    similarity: float
    """To the best member."""


def alike_rows(unit: Unit, level: Level) -> list[AlikeRow]:
    """Members of all clusters of two and more at this level, by cluster and id; who no longer stands is left out."""
    query = """
        WITH standing AS (
            SELECT a.cluster, a.instruction, a.similarity FROM current_alike AS a
            JOIN instruction_status AS s ON s.id = a.instruction
            WHERE a.level = ? AND s.status NOT IN ('superseded', 'rejected', 'duplicate'))
        SELECT * FROM standing QUALIFY count(*) OVER (PARTITION BY cluster) > 1 ORDER BY ALL"""
    return fetch(unit, query, [level], make=AlikeRow)
