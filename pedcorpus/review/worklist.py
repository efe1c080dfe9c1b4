"""The queue as one reviewer works through it: what is left, what is shown, where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pedcorpus.review.desk import QueueEntry
from pedcorpus.review.queue import QueueFilter

__all__ = ["Worklist"]


@dataclass(frozen=True)
class Worklist:
    """An ordered queue with a filter and a cursor; each step gives a new one."""

    entries: tuple[QueueEntry, ...] = ()
    """Everything that waits, in the order of the desk."""
    filter: QueueFilter = field(default_factory=QueueFilter)
    shown: tuple[QueueEntry, ...] = ()
    """What the filter admits."""
    cursor: int = 0
    """Place in `shown`."""

    @classmethod
    def of(cls, entries: Iterable[QueueEntry], *, at: str = "") -> Worklist:
        """A fresh list standing at the entry with id `at`, else at the first."""
        kept = tuple(entries)
        return cls(entries=kept, shown=kept).at(at)

    @property
    def current(self) -> QueueEntry | None:
        return self.shown[self.cursor] if self.shown else None

    @property
    def following(self) -> QueueEntry | None:
        """The entry that comes when the current one is decided."""
        return self.shown[self.cursor + 1] if self.cursor + 1 < len(self.shown) else None

    def at(self, instruction_id: str) -> Worklist:
        """The same list standing at `instruction_id`; unmoved when it is not shown."""
        for place, entry in enumerate(self.shown):
            if entry.id == instruction_id:
                return replace(self, cursor=place)
        return self

    def moved(self, steps: int) -> Worklist:
        """The cursor `steps` further, held inside the list."""
        return replace(self, cursor=min(max(self.cursor + steps, 0), max(len(self.shown) - 1, 0)))

    def filtered(self, wanted: QueueFilter) -> Worklist:
        """Another filter; the cursor stays on its entry where that is still shown."""
        here = self.current.id if self.current else ""
        shown = tuple(entry for entry in self.entries if wanted.admits(entry))
        return replace(self, filter=wanted, shown=shown, cursor=0).at(here)

    def without(self, instruction_id: str) -> Worklist:
        """The list after `instruction_id` was decided; the next entry moves up to the cursor."""
        entries = tuple(entry for entry in self.entries if entry.id != instruction_id)
        before = [entry.id for entry in self.shown[: self.cursor]]
        shown = tuple(entry for entry in self.shown if entry.id != instruction_id)
        cursor = min(self.cursor - before.count(instruction_id), max(len(shown) - 1, 0))
        return replace(self, entries=entries, shown=shown, cursor=cursor)

    def deferred(self, instruction_id: str) -> Worklist:
        """The list after `instruction_id` was put off: it waits at the end."""
        late = [replace(entry, deferred=True) for entry in self.entries if entry.id == instruction_id]
        rest = self.without(instruction_id)
        shown = rest.shown + tuple(entry for entry in late if rest.filter.admits(entry))
        return replace(rest, entries=(*rest.entries, *late), shown=shown)
