"""The queue as a reviewer sees it: its lines, what of it is wanted, and the first stretch of what matches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pedcorpus.records import Severity

__all__ = ["Queue", "QueueEntry", "QueueFilter"]


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
    """Whether a colleague flagged it to this reviewer; such items come first."""


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


@dataclass(frozen=True)
class Queue:
    """The beginning of what matches a filter, and how much there is of everything.

    The order: what was flagged to this reviewer; errors; warnings; samples that decide on their strata; the rest; last
    what this reviewer put off or flagged. Within each of these tasks and sources are mixed by a hash of the id.
    """

    entries: tuple[QueueEntry, ...] = ()
    """At most as many as were asked for; what another reviewer has on screen is left out."""
    matching: int = 0
    """How many the filter lets through, those that are not in `entries` included."""
    has_more: bool = False
    """Whether asking for more entries would give more."""
    waiting: int = 0
    """All that waits for this reviewer, whatever the filter."""
    tasks: Mapping[str, int] = field(default_factory=dict)
    """How many of those that wait are of each task, most first; so below."""
    sources: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    """By reason code of a finding; one instruction may have several."""
    topics: Mapping[str, int] = field(default_factory=dict)
