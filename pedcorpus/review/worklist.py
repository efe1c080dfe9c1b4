"""The queue as one reviewer works through it: the stretch that is loaded, and where they stand in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from pedcorpus.records import ANYTHING, Severity
from pedcorpus.review.desk import ReviewItem
from pedcorpus.review.queue import Queue, QueueEntry, QueueFilter

__all__ = ["Worklist", "entry_of"]


def entry_of(item: ReviewItem) -> QueueEntry:
    """The line of the queue for an item at hand."""
    worst = item.findings[0] if item.findings else None
    record = item.instruction
    return QueueEntry(
        id=record.id,
        task=record.task,
        topic=record.topic,
        source=record.evidence[0].source,
        severity=worst.severity if worst else Severity.PASS,
        reason=worst.reason if worst else "",
    )


@dataclass(frozen=True)
class Worklist:
    """A stretch of the queue with a cursor; each step gives a new one."""

    shown: tuple[QueueEntry, ...] = ()
    """What is loaded of all that matches the filter, in the order of the desk."""
    filter: QueueFilter = field(default_factory=QueueFilter)
    matching: int = 0
    """How many match, loaded or not."""
    waiting: int = 0
    """How many wait, whatever the filter, as of when the list was read."""
    has_more: bool = False
    """Whether the desk has more of them."""
    cursor: int = 0
    """Place in `shown`."""

    @classmethod
    def of(cls, queue: Queue, wanted: QueueFilter = ANYTHING, *, at: str = "") -> Worklist:
        """A fresh list standing at the entry with id `at`, else at the first."""
        loaded = cls(queue.entries, wanted, queue.matching, queue.waiting, has_more=queue.has_more)
        return loaded.at(at)

    @property
    def current(self) -> QueueEntry | None:
        return self.shown[self.cursor] if self.shown else None

    def ahead(self, count: int) -> tuple[str, ...]:
        """Ids of the current entry and of those that come when it is decided, `count` in all."""
        return tuple(entry.id for entry in self.shown[self.cursor : self.cursor + count])

    def is_low(self, fewest: int) -> bool:
        """Whether fewer than `fewest` entries are left before the end of what is loaded, and there are more."""
        return self.has_more and len(self.shown) - self.cursor < fewest

    def at(self, instruction_id: str) -> Worklist:
        """The same list standing at `instruction_id`; unmoved when it is not there."""
        for place, entry in enumerate(self.shown):
            if entry.id == instruction_id:
                return replace(self, cursor=place)
        return self

    def moved(self, steps: int) -> Worklist:
        """The cursor `steps` further, held inside the list."""
        return replace(self, cursor=min(max(self.cursor + steps, 0), max(len(self.shown) - 1, 0)))

    def without(self, ids: Collection[str]) -> Worklist:
        """The list when `ids` were decided or are somebody else's; the next entry moves up to the cursor."""
        before = sum(entry.id in ids for entry in self.shown[: self.cursor])
        shown = tuple(entry for entry in self.shown if entry.id not in ids)
        gone = len(self.shown) - len(shown)
        cursor = min(self.cursor - before, max(len(shown) - 1, 0))
        return replace(self, shown=shown, cursor=cursor, matching=max(self.matching - gone, len(shown)))

    def deferred(self, instruction_id: str) -> Worklist:
        """The list after `instruction_id` was put off: it waits at the end, be that loaded or not."""
        late = tuple(replace(entry, deferred=True) for entry in self.shown if entry.id == instruction_id)
        rest = self.without({instruction_id})
        if self.has_more:
            return replace(rest, matching=self.matching)
        return replace(rest, shown=(*rest.shown, *late), matching=self.matching)

    def with_back(self, entry: QueueEntry) -> Worklist:
        """The list with `entry` put in at the cursor, which stands on it; whatever the filter says."""
        rest = self.without({entry.id})
        shown = (*rest.shown[: rest.cursor], entry, *rest.shown[rest.cursor :])
        return replace(rest, shown=shown, matching=rest.matching + 1)
