"""Works that were withdrawn, and given back."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import append, fetch
from pedcorpus.records import Withdrawal

__all__ = ["add_withdrawal", "resting_on", "standing_withdrawals"]


def add_withdrawal(unit: Unit, said: Withdrawal) -> None:
    """Add what a steward says of a work; the last word counts."""
    append(unit, "withdrawal", [said.model_dump(mode="python") | {"at": said.at.astimezone(UTC).replace(tzinfo=None)}])


def standing_withdrawals(unit: Unit) -> dict[str, Withdrawal]:
    """Works that are withdrawn now, by id in sorted order."""
    query = """SELECT source, stands, reason, steward, "at" FROM current_withdrawal WHERE stands ORDER BY source"""
    return {each.source: each for each in fetch(unit, query, make=_withdrawal)}


def _withdrawal(source: str, stands: bool, reason: str, steward: str, at: Any) -> Withdrawal:
    return Withdrawal(source=source, stands=stands, reason=reason, steward=steward, at=at.replace(tzinfo=UTC))


def resting_on(unit: Unit, source: str) -> dict[str, int]:
    """How many rows of each exported version, oldest first, rest on a work by any of their evidence."""
    query = """
        SELECT x.version, count(DISTINCT x.instruction) FROM export_item AS x
        JOIN evidence AS e ON e.instruction = x.instruction JOIN export AS v ON v.version = x.version
        WHERE e.source = ? GROUP BY x.version ORDER BY min(v.written)"""
    return dict(fetch(unit, query, [source], make=lambda version, rows: (str(version), int(rows))))
