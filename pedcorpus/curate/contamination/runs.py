"""Common runs: where a part of an item stands in a row, character by character, from places that a hash found.

From the end of a run one goes on beyond a changed, added or dropped word: an edit costs its own characters only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

__all__ = ["Run", "Seed", "common_runs", "covered", "grams_found"]

_WORD = 3
"""Characters that one edit may change, add or drop."""
_AGAIN = 5
"""Equal characters that have to follow it."""


class Seed(NamedTuple):
    """Where one run of n characters begins on both sides, by its hash."""

    part: int
    """Which part of the item."""
    start: int
    """In the part's folded text."""
    side: int
    """0 in what is asked, 1 in what is answered."""
    place: int
    """In that side's folded text."""


class Run(NamedTuple):
    """The same characters on both sides."""

    start: int
    side: int
    place: int
    length: int

    @property
    def end(self) -> int:
        """One past its last character in the part."""
        return self.start + self.length


def common_runs(part: str, sides: Sequence[str], seeds: Iterable[Seed], *, least: int) -> list[Run]:
    """Common runs of `least` characters or more that hold one of `seeds`, as long as they can be, and the shorter
    ones that only an edit parts from these; sorted, none twice.
    """
    found: dict[tuple[int, int], list[Run]] = {}
    for seed in seeds:
        diagonal = found.setdefault((seed.side, seed.place - seed.start), [])
        if diagonal and diagonal[-1].start <= seed.start < diagonal[-1].end:
            continue
        run = _extended(part, sides[seed.side], seed)
        if run.length >= least:
            diagonal.append(run)
    long = [run for runs in found.values() for run in runs]
    beside = [run for each in long for run in _beyond(part, sides[each.side], each)]
    return sorted({*long, *beside})


def _extended(part: str, text: str, seed: Seed) -> Run:
    before = _equal(part[: seed.start][::-1], text[max(0, seed.place - seed.start) : seed.place][::-1])
    after = _equal(part[seed.start :], text[seed.place : seed.place + len(part)])
    return Run(seed.start - before, seed.side, seed.place - before, before + after)


def _equal(first: str, second: str) -> int:
    """How many characters both begin with."""
    most = min(len(first), len(second))
    if first[:most] == second[:most]:
        return most
    return next(place for place in range(most) if first[place] != second[place])


def _beyond(part: str, text: str, run: Run) -> Iterator[Run]:
    """The runs that follow `run` on both of its ends, each one edit further."""
    room = 2 * len(part)
    for start, place, length in _followers(part[run.end :], text[run.place + run.length :][:room]):
        yield Run(run.end + start, run.side, run.place + run.length + place, length)
    for start, place, length in _followers(part[: run.start][::-1], text[max(0, run.place - room) : run.place][::-1]):
        yield Run(run.start - start - length, run.side, run.place - place - length, length)


def _followers(part: str, text: str) -> Iterator[tuple[int, int, int]]:
    start = place = 0
    while step := next((each for each in _EDITS if _goes_on(part, text, start + each[0], place + each[1])), None):
        start, place = start + step[0], place + step[1]
        length = _equal(part[start:], text[place:])
        yield start, place, length
        start, place = start + length, place + length


def _goes_on(part: str, text: str, start: int, place: int) -> bool:
    following = part[start : start + _AGAIN]
    return len(following) == _AGAIN and text.startswith(following, place)


_EDITS = sorted(
    ((dropped, added) for dropped in range(_WORD + 1) for added in range(_WORD + 1) if dropped or added),
    key=lambda edit: (max(edit), sum(edit)),
)
"""Characters gone from the part and put into the text, the smallest edits first."""


def covered(runs: Iterable[Run]) -> int:
    """Characters of the part that stand in any of `runs`, which are sorted."""
    total = reached = 0
    for run in runs:
        total += max(0, run.end - max(run.start, reached))
        reached = max(reached, run.end)
    return total


def grams_found(runs: Iterable[Run], chars: int) -> int:
    """Runs of `chars` characters of the part, by start, that stand in any of `runs`, which are sorted."""
    total = reached = 0
    for run in runs:
        last = run.end - chars + 1
        total += max(0, last - max(run.start, reached))
        reached = max(reached, last)
    return total
