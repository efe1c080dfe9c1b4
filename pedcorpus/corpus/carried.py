"""Decisions that come row by row with an export, put into the order in which they were taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import append
from pedcorpus.corpus.verdicts import decision_row
from pedcorpus.records import Decision

__all__ = ["settle_decisions", "stage_decisions"]


def stage_decisions(unit: Unit, decisions: Sequence[tuple[datetime, Decision]]) -> None:
    """Keep more decisions for `settle_decisions`, each after the time by which it is put in order.

    Within a row that time never goes back, whatever the clocks of those who decided said.
    """
    unit.execute("""
        CREATE TABLE IF NOT EXISTS carried_decision AS
        SELECT * EXCLUDE (written), now()::TIMESTAMP AS until, 0::BIGINT AS place FROM decision LIMIT 0""")
    rows = [
        decision_row(decision) | {"until": until.astimezone(UTC).replace(tzinfo=None), "place": number}
        for number, (until, decision) in enumerate(decisions, _staged(unit))
    ]
    append(unit, "carried_decision", rows)


def _staged(unit: Unit) -> int:
    return int(unit.execute("SELECT count(*) FROM carried_decision").fetchall()[0][0])


def settle_decisions(unit: Unit) -> int:
    """Add what was kept, each decision once though two rows tell of it; how many."""
    added = unit.execute("""
        INSERT INTO decision BY NAME
        SELECT * EXCLUDE (until, place) FROM carried_decision
        QUALIFY row_number() OVER (PARTITION BY id ORDER BY place) = 1 ORDER BY until, place""").fetchall()
    unit.execute("DROP TABLE carried_decision")
    return int(added[0][0])
