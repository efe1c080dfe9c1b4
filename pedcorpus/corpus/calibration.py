"""Items whose verdict is known: added, removed, and found among what several readers or an adjudicator settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import append, fetch
from pedcorpus.records import CalibrationItem, QueueEntry, Severity, Verdict

__all__ = [
    "SettledRow",
    "add_calibration",
    "calibration_items",
    "known_waiting",
    "remove_calibration",
    "settled_rows",
    "unanswered_calibration",
]

_NAMES = tuple(CalibrationItem.model_fields)
_COLUMNS = ", ".join(f'c."{name}"' for name in _NAMES)


@dataclass(frozen=True)
class SettledRow:
    """One instruction that an adjudicator, or all of several readers, decided on."""

    id: str
    verdict: Verdict
    reason: str
    """Why it was rejected; empty where it was not."""
    is_adjudicated: bool


def add_calibration(unit: Unit, items: Sequence[CalibrationItem]) -> int:
    """Add items; the latest of an instruction counts. How many."""
    return append(unit, "calibration", [_row(item) for item in items])


def remove_calibration(unit: Unit, ids: Sequence[str], *, by: str, at: datetime) -> int:
    """Offer the instructions `ids` no more as items whose verdict is known; how many were."""
    gone = [item for item in calibration_items(unit) if item.instruction in set(ids)]
    changes = {"verdict": "", "reason": "", "by": by, "at": _naive(at)}
    return append(unit, "calibration", [_row(item) | changes for item in gone])


def calibration_items(unit: Unit) -> list[CalibrationItem]:
    """Every item that counts, in the order in which they were added."""
    return fetch(unit, f"SELECT {_COLUMNS} FROM current_calibration AS c ORDER BY c.written", make=_item)


def unanswered_calibration(unit: Unit, reviewer: str) -> list[CalibrationItem]:
    """Items that `reviewer` has not answered, and on whose instruction he or she never decided otherwise.

    What somebody took back is known to them all the same, unless it was an answer.
    """
    query = f"""
        SELECT {_COLUMNS} FROM current_calibration AS c
        WHERE NOT EXISTS (
            SELECT 1 FROM decision AS d
            WHERE (d.instruction = c.instruction OR d.edited = c.instruction) AND d.reviewer = ?
              AND d.verdict IN ('accept', 'reject', 'edit')
              AND (d.acceptance <> 'calibration' OR d.id IN (SELECT id FROM standing_decision)))
        ORDER BY c.written"""
    return fetch(unit, query, [reviewer], make=_item)


def known_waiting(unit: Unit, ids: Sequence[str], reviewer: str) -> list[QueueEntry]:
    """The instructions `ids` as they would stand in the queue of `reviewer` if they waited, by id."""
    query = """
        WITH worst AS (
            SELECT instruction, arg_max(severity, rank) AS severity, arg_max(reason, rank) AS reason
            FROM (SELECT instruction, severity, reason,
                         CASE severity WHEN 'error' THEN 2 WHEN 'warning' THEN 1 ELSE 0 END AS rank
                  FROM current_finding WHERE instruction IN (SELECT unnest($ids::VARCHAR[])))
            GROUP BY instruction
        ), put_off AS (
            SELECT DISTINCT instruction FROM standing_decision
            WHERE reviewer = $reviewer AND verdict IN ('defer', 'flag') AND acceptance = 'calibration'
        )
        SELECT i.id, i.task, i.topic, i.source, coalesce(worst.severity, 'pass'), coalesce(worst.reason, ''),
               put_off.instruction IS NOT NULL
        FROM instruction AS i
        LEFT JOIN worst ON worst.instruction = i.id
        LEFT JOIN put_off ON put_off.instruction = i.id
        WHERE i.id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY i.id"""
    rows = unit.execute(query, {"ids": list(ids), "reviewer": reviewer}).fetchall()
    return [
        QueueEntry(name, task, topic, source, Severity(severity), reason, deferred, flagged=False, drawn=False)
        for name, task, topic, source, severity, reason, deferred in rows
    ]


def settled_rows(unit: Unit) -> list[SettledRow]:
    """What an adjudicator or all of its readers settled, and what stands so: no calibration item yet, by id."""
    query = """
        WITH several AS (
            SELECT instruction, bool_or(role = 'adjudicator') AS adjudicated,
                   arg_max(reason, (role = 'adjudicator', written)) AS reason
            FROM standing_decision WHERE verdict IN ('accept', 'reject', 'edit') AND acceptance = 'reviewed'
            GROUP BY instruction HAVING max(readers) > 1 OR bool_or(role = 'adjudicator')
        )
        SELECT v.instruction, r.verdict, CASE r.verdict WHEN 'reject' THEN v.reason ELSE '' END, v.adjudicated
        FROM several AS v JOIN ruling AS r USING (instruction)
        JOIN instruction_status AS s ON s.id = coalesce(r.edited, v.instruction)
        WHERE s.status IN ('accepted', 'rejected')
          AND v.instruction NOT IN (SELECT instruction FROM current_calibration)
        ORDER BY v.instruction"""
    return fetch(unit, query, make=_settled)


def _settled(identifier: str, verdict: str, reason: str, adjudicated: bool) -> SettledRow:
    return SettledRow(identifier, Verdict(verdict), reason, adjudicated)


def _row(item: CalibrationItem) -> dict[str, Any]:
    return {**item.model_dump(mode="python"), "verdict": str(item.verdict), "at": _naive(item.at)}


def _naive(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)


def _item(*values: Any) -> CalibrationItem:  # column values of mixed types
    row = dict(zip(_NAMES, values, strict=True))
    return CalibrationItem.model_validate(row | {"at": row["at"].replace(tzinfo=UTC)})
