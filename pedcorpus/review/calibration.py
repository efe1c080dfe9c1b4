"""Where items whose verdict is known stand among the others, so that nobody can tell them from these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pedcorpus.records import content_id
from pedcorpus.review.overlap import share_place
from pedcorpus.review.queue import QueueEntry

__all__ = ["mixed"]


def mixed(
    entries: Sequence[QueueEntry], known: Iterable[QueueEntry], *, reviewer: str, share: float, is_whole: bool
) -> list[QueueEntry]:
    """`entries` of a reviewer's queue, in their order, with items of `known` among them: about `share` of what is read.

    One stands before an entry that a hash of entry and reviewer draws, and is as bad as that entry by its worst
    finding; which it is, another hash says. As items are answered the later ones move up, and no entry ever moves.
    What was put off stands at the end of the queue, if `is_whole` says that this is it.
    """
    held = sorted(known, key=lambda entry: content_id("calibration", reviewer, entry.id))
    fresh = [entry for entry in held if not entry.deferred]
    found = list(_with_known(entries, fresh, reviewer=reviewer, chance=share / (1 - share)))
    return [*found, *(entry for entry in held if entry.deferred)] if is_whole else found


def _with_known(
    entries: Sequence[QueueEntry], fresh: list[QueueEntry], *, reviewer: str, chance: float
) -> Iterator[QueueEntry]:
    for entry in entries:
        is_drawn = share_place("calibration place", reviewer, entry.id) < chance
        if is_drawn and not (entry.deferred or entry.flagged):
            alike = next((item for item in fresh if item.severity is entry.severity), None)
            if alike:
                fresh.remove(alike)
                yield replace(alike, drawn=entry.drawn)
        yield entry
