"""What checks and reviewers said: findings, duplicates, decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from pedcorpus.corpus.decision_rows import DECISION_COLUMNS, decision_of
from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import Row, add_new, append, fetch
from pedcorpus.records import Decision, Duplicate, Finding, Status

__all__ = [
    "Standing",
    "add_decisions",
    "add_duplicates",
    "add_findings",
    "clusters",
    "current_duplicates",
    "decision_row",
    "decisions_after",
    "decisions_of",
    "findings_by_instruction",
    "findings_of",
    "last_decision",
    "last_written",
    "people_decisions",
    "plan_decisions",
    "reviewer_names",
    "status_of",
    "to_check",
    "to_compare",
]

_FINDING = 'instruction, "check", severity, reason, detail, path, "start", "end"'
_DECISION = ", ".join(DECISION_COLUMNS)


def _finding(*values: Any) -> Finding:
    names = ("instruction", "check", "severity", "reason", "detail", "path", "start", "end")
    return Finding.model_validate(dict(zip(names, values, strict=True)))


def to_check(unit: Unit, check: str) -> list[str]:
    """Ids of the standing instructions that `check`, by its id with version and setting, did not judge last, sorted."""
    query = """
        SELECT s.id FROM instruction_status AS s
        WHERE s.status <> 'superseded'
          AND NOT EXISTS (SELECT 1 FROM current_finding AS f WHERE f.instruction = s.id AND f."check" = ?)
        ORDER BY s.id"""
    return fetch(unit, query, [check], make=str)


def add_findings(unit: Unit, findings: Sequence[Finding]) -> int:
    """Add verdicts; how many."""
    return append(unit, "finding", [finding.model_dump(mode="json") for finding in findings])


def findings_of(unit: Unit, instruction_id: str) -> list[Finding]:
    """Current findings of one instruction, passes included, worst first."""
    query = f"""
        SELECT {_FINDING} FROM current_finding WHERE instruction = ?
        ORDER BY severity = 'error' DESC, severity = 'warning' DESC, "check", path, "start" """
    return fetch(unit, query, [instruction_id], make=_finding)


@dataclass(frozen=True)
class Standing:
    """An instruction that takes part in duplicate search."""

    id: str
    accepted: bool
    sound: bool
    """Whether no check found an error."""


def to_compare(unit: Unit) -> list[Standing]:
    """Every instruction that takes part in duplicate search, by id: all but superseded and rejected ones."""
    query = """
        WITH unsound AS (SELECT DISTINCT instruction FROM current_finding WHERE severity = 'error')
        SELECT s.id, s.status = 'accepted', unsound.instruction IS NULL
        FROM instruction_status AS s LEFT JOIN unsound ON unsound.instruction = s.id
        WHERE s.status NOT IN ('superseded', 'rejected') ORDER BY s.id"""
    return fetch(unit, query, make=Standing)


def current_duplicates(unit: Unit) -> dict[str, Duplicate]:
    """The latest cluster membership of every instruction that ever had one."""
    names = ("instruction", "cluster", "kept", "method", "similarity")
    rows = fetch(
        unit,
        f"SELECT {', '.join(names)} FROM current_duplicate",
        make=lambda *values: Duplicate.model_validate(dict(zip(names, values, strict=True))),
    )
    return {row.instruction: row for row in rows}


def add_duplicates(unit: Unit, duplicates: Sequence[Duplicate]) -> int:
    """Add cluster memberships; the latest of an instruction counts. How many."""
    return append(unit, "duplicate", [duplicate.model_dump(mode="json") for duplicate in duplicates])


def clusters(unit: Unit) -> dict[str, str]:
    """Cluster of every instruction that shares one with another."""
    return dict(unit.execute("SELECT instruction, cluster FROM current_duplicate").fetchall())


def add_decisions(unit: Unit, decisions: Sequence[Decision]) -> int:
    """Add decisions; one that stands already is not added again. How many were new."""
    return add_new(unit, "decision", map(decision_row, decisions), key=("id",))


def decision_row(decision: Decision) -> Row:
    """A decision as a row of its table."""
    return {
        **decision.model_dump(mode="python"),
        "id": decision.id,
        "verdict": str(decision.verdict),
        "at": decision.at.astimezone(UTC).replace(tzinfo=None),
    }


def decisions_of(unit: Unit, instruction_id: str) -> list[Decision]:
    """Every decision on one instruction, or that made it by an edit, in the order in which they were taken."""
    query = f"SELECT {_DECISION} FROM decision WHERE instruction = ? OR edited = ? ORDER BY written"
    return fetch(unit, query, [instruction_id, instruction_id], make=decision_of)


def decisions_after(unit: Unit, instruction_id: str, written: int) -> list[Decision]:
    """Decisions on one instruction past row `written`, in the order in which they were taken."""
    query = f"SELECT {_DECISION} FROM decision WHERE written > ? AND instruction = ? ORDER BY written"
    return fetch(unit, query, [written, instruction_id], make=decision_of)


def last_written(unit: Unit) -> int:
    """The row of the last decision of all; 0 where there is none."""
    return int(unit.execute("SELECT coalesce(max(written), 0) FROM decision").fetchall()[0][0])


def last_decision(unit: Unit, reviewer: str, *, role: str, own: Sequence[str]) -> Decision | None:
    """The last decision by `reviewer` in that role that stands; one of those with the ids `own` before all others.

    Acceptance in bulk and by a plan is taken back otherwise.
    """
    query = f"""
        SELECT {_DECISION} FROM standing_decision
        WHERE reviewer = ? AND role = ? AND acceptance IN ('reviewed', 'calibration')
        ORDER BY id IN (SELECT unnest(?::VARCHAR[])) DESC, written DESC LIMIT 1"""
    found = fetch(unit, query, [reviewer, role, list(own)], make=decision_of)
    return found[0] if found else None


def reviewer_names(unit: Unit) -> list[str]:
    """Everybody who decided on an instruction one at a time, by name."""
    query = "SELECT DISTINCT reviewer FROM decision WHERE acceptance = 'reviewed' ORDER BY reviewer"
    return fetch(unit, query, make=str)


def plan_decisions(unit: Unit, ids: Sequence[str]) -> list[Decision]:
    """Standing decisions by which sampling plans accepted the instructions `ids`, in the order they were taken."""
    query = f"""
        SELECT {_DECISION} FROM standing_decision
        WHERE acceptance = 'plan' AND instruction IN (SELECT unnest(?)) ORDER BY written"""
    return fetch(unit, query, [list(ids)], make=decision_of)


def people_decisions(unit: Unit) -> list[tuple[str, Decision]]:
    """Standing decisions that people took one at a time, answers to calibration items too, each after its task.

    In the order in which they were taken.
    """
    columns = ", ".join(f"d.{name}" for name in DECISION_COLUMNS)
    query = f"""
        SELECT i.task, {columns} FROM standing_decision AS d JOIN instruction AS i ON i.id = d.instruction
        WHERE d.acceptance IN ('reviewed', 'calibration') ORDER BY d.written"""
    return fetch(unit, query, make=lambda task, *values: (str(task), decision_of(*values)))


def status_of(unit: Unit, instruction_id: str) -> Status | None:
    """Where an instruction stands; none if there is no such instruction."""
    is_revised = unit.execute("SELECT 1 FROM instruction WHERE parent = ? LIMIT 1", [instruction_id]).fetchall()
    view = "instruction_status" if is_revised else "own_status"  # a revision's status is not found by one id alone
    found = fetch(unit, f"SELECT status FROM {view} WHERE id = ?", [instruction_id], make=Status)
    return found[0] if found else None


def findings_by_instruction(unit: Unit, ids: Sequence[str]) -> dict[str, list[Finding]]:
    """Current warnings and errors of the instructions `ids`, by instruction, each in the order they were found."""
    query = f"""
        SELECT {_FINDING} FROM current_finding
        WHERE severity <> 'pass' AND instruction IN (SELECT unnest(?)) ORDER BY instruction, "check", path, "start" """
    grouped: dict[str, list[Finding]] = {}
    for finding in fetch(unit, query, [list(ids)], make=_finding):
        grouped.setdefault(finding.instruction, []).append(finding)
    return grouped
