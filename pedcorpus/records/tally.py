"""Counts of what checks say, and one such finding with whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["FindingCount", "FindingGroup", "FoundIn"]


class FindingGroup(StrEnum):
    """What counts may be told apart by."""

    SOURCE = "source"
    TASK = "task"


@dataclass(frozen=True)
class FindingCount:
    """How many instructions a check says one thing of."""

    check: str
    severity: str
    reason: str
    source: str
    """Empty where not grouped by it."""
    task: str
    """Empty where not grouped by it."""
    instructions: int
    judged: int
    """Instructions of this source and task that the check has judged."""


@dataclass(frozen=True)
class FoundIn:
    """One finding, and whose it is."""

    instruction: str
    task: str
    topic: str
    check: str
    severity: str
    reason: str
    detail: str
