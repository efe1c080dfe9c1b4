"""Rows of an export → the records that they were made of, with what was said of them: nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pedcorpus.export import Export, record_of
from pedcorpus.records import Decision, Duplicate, Finding, Instruction, Severity, Tier

__all__ = ["CarriedRow", "carried_row", "reviewer_names_of"]

PASSED = "imported@1"
"""The check that passes rows which nobody has decided on: those of the team that exported them found no error."""
_ALIKE = "imported@1"

Row = dict[str, Any]  # column values of several types


@dataclass(frozen=True)
class CarriedRow:
    """One row as the corpus keeps it."""

    instruction: Instruction
    findings: tuple[Finding, ...]
    decisions: tuple[tuple[datetime, Decision], ...]
    """In the order in which they were taken, each after the latest time there was until then."""
    alike: tuple[Duplicate, ...] = field(default=())
    """Its place in a cluster of rows that stay and are kept in one split."""


def reviewer_names_of(export: Export) -> str:
    """What is put behind the name of each reviewer: those who are numbered are of that version."""
    return "" if export.manifest.tier is Tier.INTERNAL else f"@{export.manifest.version}"


def carried_row(row: Row, *, where: str, behind: str) -> CarriedRow:
    """What a row of `instructions` was made of; `behind` is put after the names of reviewers.

    Raises:
        InputError: it is no row of an export.
    """
    instruction = record_of(row, where=where)
    return CarriedRow(
        instruction,
        findings=(*_findings(row), *_passed(row)),
        decisions=tuple(_decisions(row, behind)),
        alike=() if row["cluster"] == row["id"] else (_alike(row),),
    )


def _findings(row: Row) -> Iterator[Finding]:
    for finding in row["findings"]:
        yield Finding(instruction=row["id"], **finding)


def _passed(row: Row) -> Iterator[Finding]:
    if row["acceptance"] == "candidate":
        yield Finding(instruction=row["id"], check=PASSED, severity=Severity.PASS)


def _alike(row: Row) -> Duplicate:
    return Duplicate(instruction=row["id"], cluster=row["cluster"], kept=True, method=_ALIKE, similarity=1.0)


def _decisions(row: Row, behind: str) -> Iterator[tuple[datetime, Decision]]:
    taken: list[Decision] = []
    until: datetime | None = None
    for said in row["decisions"]:
        decision = _decision(said, row, behind, taken)
        taken.append(decision)
        until = max(until or decision.at, decision.at)
        yield until, decision


def _decision(said: Mapping[str, Any], row: Row, behind: str, before: list[Decision]) -> Decision:
    return Decision.model_validate(
        {
            **said,
            "instruction": said["instruction"] or row["id"],
            "reviewer": said["reviewer"] + behind,
            "undoes": None if said["undoes"] is None else before[said["undoes"]].id,
        }
    )
