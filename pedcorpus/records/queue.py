"""What waits for a reviewer, as the corpus tells it and a screen shows it: one line, and a filter."""

from __future__ import annotations

from dataclasses import dataclass

from pedcorpus.records.verdict import Severity

__all__ = ["ANYTHING", "QueueEntry", "QueueFilter"]


@dataclass(frozen=True)
class QueueEntry:
    """One line of the queue."""

    id: str
    task: str
    topic: str
    source: str
    """Id of the source of its first evidence."""
    severity: Severity
    """Of its worst finding."""
    reason: str
    """Reason code of its worst finding; empty when all checks passed."""
    deferred: bool = False
    """Whether this reviewer put it off or flagged it; such items come last."""
    drawn: bool = False
    """Whether it is in a sample that decides on its stratum."""
    flagged: bool = False
    """Whether a colleague flagged it to this reviewer since; such items come first."""


@dataclass(frozen=True)
class QueueFilter:
    """What a reviewer wants to see of the queue; empty parts let everything through."""

    text: str = ""
    """Words all of which stand in topic, question or id; width and case do not matter."""
    task: str = ""
    source: str = ""
    reason: str = ""
    """Reason code of a finding that it has, be it the worst or not."""
    topic: str = ""
    """Disease, as it is written in the instructions."""

    def __bool__(self) -> bool:
        return self != QueueFilter()


ANYTHING = QueueFilter()
"""Lets everything through."""
