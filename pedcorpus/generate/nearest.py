"""Which row of another topic is most like a row, among those that its rarest character pairs lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedcorpus.generate.row_sets import Numbers, character_pairs, runs, word_sets

__all__ = ["Compared", "nearest_rows"]

_MOST_COMPARED = 60
_TOO_ALIKE = 0.7  # Jaccard index of two answers' character pairs above which one is as right as the other
_REACH = 128  # rows that a first look goes to; the next goes to four times as many
_AT_ONCE = 1 << 14
"""So many rows are gone to in one go."""
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Compared:
    """What a row is compared by."""

    topic: str
    whole: str
    """All that says what it is about."""
    answer: str
    marks: frozenset[str]
    """Two rows with a mark in common could each be right for the other."""


def nearest_rows(rows: Sequence[Compared]) -> list[int | None]:
    """For each row the place of the row most like it that is wrong for it, the first of equals; none without one.

    A row's character pairs are followed from the rarest on, each to the first 60 rows that have it, until 60 have been
    found that are of another topic and wrong for it.
    """
    look = _Look(rows)
    nearest, waiting, reach = np.full(len(rows), -1), np.arange(len(rows)), _REACH
    while len(waiting):
        undecided = []
        for block in np.array_split(waiting, 1 + len(waiting) * reach // _AT_ONCE):
            nearest[block], is_final = look(block, reach)
            undecided.append(block[~is_final])
        waiting, reach = np.concatenate(undecided), reach * 4
    return [place if place >= 0 else None for place in nearest.tolist()]


class _Look:
    """Goes from rows to the rows that they share a pair with, as far as it is told."""

    def __init__(self, rows: Sequence[Compared]) -> None:
        self._wholes = character_pairs([row.whole for row in rows])
        self._answers = character_pairs([row.answer for row in rows])
        self._marks = word_sets(row.marks for row in rows)
        numbers: dict[str, int] = {}
        self._topics = np.array([numbers.setdefault(row.topic, len(numbers)) for row in rows], np.int64)
        members, lengths = self._wholes.members, np.diff(self._wholes.starts)
        self._holders = np.repeat(np.arange(len(rows)), lengths)[np.argsort(members, kind="stable")]
        self._first_holder = np.cumsum(self._wholes.held_by) - self._wholes.held_by
        self._goes_to = np.minimum(self._wholes.held_by, _MOST_COMPARED)[members]
        self._gone_before = np.append(0, np.cumsum(self._goes_to))

    def __call__(self, rows: Numbers, reach: int) -> tuple[Numbers, Truths]:
        """The row nearest to each, -1 for none; is it so however far one goes?"""
        starts, ends = self._wholes.starts[rows], self._wholes.starts[rows + 1]
        stops = np.minimum(np.searchsorted(self._gone_before, self._gone_before[starts] + reach), ends)
        of, others, by = self._met(rows, starts, stops)
        is_wrong = self._are_wrong_for(rows[of], others)
        of, others, by = of[is_wrong], others[is_wrong], by[is_wrong]
        enough, is_kept = _first_found(of, by, len(rows))
        return self._most_alike(rows, of[is_kept], others[is_kept]), enough | (stops == ends)

    def _met(self, rows: Numbers, starts: Numbers, stops: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Rows of other topics met by the entries `starts` to `stops`, once each, and the entry that is met first by.

        They come by place in `rows`, then by row.
        """
        entries = runs(starts, stops - starts)
        lengths = self._goes_to[entries]
        others = self._holders[runs(self._first_holder[self._wholes.members[entries]], lengths)]
        of = np.repeat(np.repeat(np.arange(len(rows)), stops - starts), lengths)
        by = np.repeat(entries - np.repeat(starts, stops - starts), lengths)
        is_other = self._topics[others] != self._topics[rows[of]]
        of, others, by = of[is_other], others[is_other], by[is_other]
        places, width = len(self._topics), int(by.max(initial=0)) + 1
        told = np.sort((of * places + others) * width + by)
        pair, by = np.divmod(told, width)
        fresh = np.append(True, pair[1:] != pair[:-1])[: len(pair)]
        of, others = np.divmod(pair[fresh], places)
        return of, others, by[fresh]

    def _are_wrong_for(self, rows: Numbers, others: Numbers) -> Truths:
        """Would the other's answer be no answer here?"""
        shared = self._answers.shared(rows, others)
        together = self._answers.sizes[rows] + self._answers.sizes[others] - shared
        is_far: Truths = (together > 0) & (shared / np.maximum(together, 1) < _TOO_ALIKE)
        is_far[is_far] = self._marks.shared(rows[is_far], others[is_far]) == 0
        return is_far

    def _most_alike(self, rows: Numbers, of: Numbers, others: Numbers) -> Numbers:
        """Of each row's `others`, ascending, the first of those most like it."""
        found = np.full(len(rows), -1)
        if len(of):
            shared, sizes = self._wholes.shared(rows[of], others), self._wholes.sizes
            alike = shared / (sizes[rows[of]] + sizes[others] - shared)
            starts = np.flatnonzero(np.append(True, of[1:] != of[:-1]))
            best = np.repeat(np.maximum.reduceat(alike, starts), np.diff(np.append(starts, len(of))))
            places = np.flatnonzero(alike == best)[::-1]
            found[of[places]] = others[places]  # the last one written is the first of equals
        return found


def _first_found(of: Numbers, by: Numbers, rows: int) -> tuple[Truths, Truths]:
    """Whether each row has found enough; and of what was found, what was before it stopped looking."""
    counts = np.bincount(of, minlength=rows)
    enough = counts >= _MOST_COMPARED
    order = np.lexsort((by, of))
    last = np.full(rows, np.iinfo(np.int64).max)
    starts = np.cumsum(counts) - counts
    last[enough] = by[order][starts[enough] + _MOST_COMPARED - 1]
    return enough, by <= last[of]
