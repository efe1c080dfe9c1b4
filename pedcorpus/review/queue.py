"""In which order instructions come before a reviewer, and which of them a search shows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pedcorpus.records import Severity, content_id
from pedcorpus.review.desk import QueueEntry

__all__ = ["QueueFilter", "queue_order"]

_RISK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.PASS: 2}


def queue_order(entries: Iterable[QueueEntry]) -> tuple[QueueEntry, ...]:
    """Errors, then warnings, then samples that decide on their strata, then the rest, what was put off last.

    Within each of these the order is a hash of the id: tasks and sources are mixed, and the same
    entries stand in the same order however they were handed in.
    """
    return tuple(sorted(entries, key=_place))


def _place(entry: QueueEntry) -> tuple[bool, int, bool, str]:
    return entry.deferred, _RISK[entry.severity], not entry.drawn, content_id("queue", entry.id)


@dataclass(frozen=True)
class QueueFilter:
    """What a reviewer wants to see of the queue; empty parts let everything through."""

    text: str = ""
    """Words all of which stand in topic, question or id; width and case do not matter."""
    task: str = ""
    source: str = ""

    def admits(self, entry: QueueEntry) -> bool:
        if self.task and entry.task != self.task:
            return False
        if self.source and entry.source != self.source:
            return False
        if not self.text:
            return True
        sought = _level("\n".join((entry.topic, entry.question, entry.id)))
        return all(word in sought for word in _level(self.text).split())


def _level(text: str) -> str:
    """Width and case taken away; quicker than `normalise.fold`, for queues as long as a corpus."""
    return unicodedata.normalize("NFKC", text).casefold()
