"""Decisions as they were taken, page by page, and where the instructions they are about stand: for exchange."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pedcorpus.corpus.decision_rows import DECISION_COLUMNS, decision_of
from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import fetch
from pedcorpus.records import Decision, Status

__all__ = ["decision_page", "histories", "statuses"]

_COLUMNS = ", ".join(DECISION_COLUMNS)


def decision_page(unit: Unit, after: int, *, limit: int) -> list[tuple[int, Decision]]:
    """The next `limit` decisions past place `after`, with their places, in the order in which they were taken."""
    query = f"SELECT written, {_COLUMNS} FROM decision WHERE written > ? ORDER BY written LIMIT ?"
    return fetch(unit, query, [after, limit], make=_placed)


def histories(unit: Unit, ids: Sequence[str]) -> dict[str, list[Decision]]:
    """Decisions on the instructions `ids`, or that made them by an edit, in the order in which they were taken."""
    query = f"""
        WITH wanted AS (SELECT unnest(?) AS id)
        SELECT {_COLUMNS} FROM decision
        WHERE instruction IN (SELECT id FROM wanted) OR edited IN (SELECT id FROM wanted) ORDER BY written"""
    wanted = set(ids)
    found: dict[str, list[Decision]] = {}
    for decision in fetch(unit, query, [list(ids)], make=decision_of):
        for identifier in {decision.instruction, decision.edited} & wanted:
            found.setdefault(str(identifier), []).append(decision)
    return found


def statuses(unit: Unit, ids: Sequence[str]) -> dict[str, Status]:
    """Where the instructions `ids` stand; unknown ones are left out."""
    query = "SELECT id, status FROM instruction_status WHERE id IN (SELECT unnest(?))"
    rows = fetch(unit, query, [list(ids)], make=lambda identifier, status: (str(identifier), Status(status)))
    return dict(rows)


def _placed(written: int, *values: Any) -> tuple[int, Decision]:  # column values of mixed types
    return written, decision_of(*values)
