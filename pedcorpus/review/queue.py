"""The queue as a reviewer sees it: the first stretch of what matches, and how much there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pedcorpus.records import QueueEntry, QueueFilter

__all__ = ["Queue", "QueueEntry", "QueueFilter"]


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
