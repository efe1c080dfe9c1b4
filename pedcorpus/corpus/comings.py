"""Why instructions came into a version or went from one, as far as the corpus tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import fetch
from pedcorpus.records import Status

__all__ = ["Whereabouts", "origins_of", "whereabouts", "written_since"]


@dataclass(frozen=True)
class Whereabouts:
    """Where one instruction stands now, and what put it there."""

    status: Status
    reason: str
    """Why it was rejected, or what a check found in it; empty for every other status."""


def whereabouts(unit: Unit, ids: Sequence[str]) -> dict[str, Whereabouts]:
    """Where the instructions `ids` stand now; unknown ones are left out."""
    query = """
        WITH wanted AS (SELECT unnest(?) AS id), rejected AS (
            SELECT instruction AS id, arg_max(reason, written) AS reason FROM standing_decision
            WHERE verdict = 'reject' AND instruction IN (SELECT id FROM wanted) GROUP BY instruction
        ), unsound AS (
            SELECT instruction AS id, min(reason) AS reason FROM current_finding
            WHERE severity = 'error' AND instruction IN (SELECT id FROM wanted) GROUP BY instruction
        )
        SELECT s.id, s.status, CASE s.status WHEN 'rejected' THEN r.reason WHEN 'draft' THEN u.reason END
        FROM instruction_status AS s LEFT JOIN rejected AS r USING (id) LEFT JOIN unsound AS u USING (id)
        WHERE s.id IN (SELECT id FROM wanted)"""
    rows = fetch(unit, query, [list(ids)], make=lambda name, *found: (str(name), _whereabouts(*found)))
    return dict(rows)


def _whereabouts(status: str, reason: str | None) -> Whereabouts:
    return Whereabouts(Status(status), reason or "")


def written_since(unit: Unit, version: str, ids: Sequence[str]) -> set[str]:
    """Those of `ids` that were made after `version` was exported; none where it was exported elsewhere."""
    query = """
        SELECT i.id FROM instruction AS i JOIN export AS e ON e.version = ?
        WHERE i.written > e.written AND i.id IN (SELECT unnest(?))"""
    return set(fetch(unit, query, [version, list(ids)], make=str))


def origins_of(unit: Unit, ids: Sequence[str]) -> dict[str, list[str]]:
    """What each of `ids` goes back to through revisions, in any number of steps; those without any are left out."""
    query = """
        SELECT revision, list(ancestor ORDER BY ancestor) FROM lineage
        WHERE revision IN (SELECT unnest(?)) GROUP BY revision"""
    return dict(fetch(unit, query, [list(ids)], make=lambda name, found: (str(name), list(found))))
