"""Sets of character pairs or of words, one a row, as arrays of numbers; how many any two of them share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedcorpus.codes import BREAK, folded_codes

__all__ = ["Numbers", "RowSets", "character_pairs", "runs", "word_sets"]

Numbers = NDArray[np.int64]
Keys = NDArray[np.uint64]

_CODE_BITS = np.uint64(21)  # of a code point
_KEY_BITS = np.uint64(42)
_KEY = np.uint64((1 << 42) - 1)
_COMMON = 4096
"""So many members, those that most rows have, are compared as bits; the others one by one."""
_PAIRS_AT_ONCE = 1 << 12


@dataclass(frozen=True)
class RowSets:
    """Members that two rows or more have, numbered by how few have them, ties by the members' own order.

    What only one row has is left out, being shared with none; `sizes` counts it.
    """

    members: NDArray[np.int32]
    """Row after row, each ascending."""
    starts: Numbers
    """Where each row's begin, and where the last one's end."""
    sizes: Numbers
    """How many each row has in all."""
    held_by: Numbers
    """How many rows have each member."""
    common: Keys
    """A row of bits for each row: which it has of the members that most rows have."""
    rare_ends: Numbers
    """Where each row's members end that are not among those."""

    def shared(self, first: Numbers, second: Numbers) -> Numbers:
        """How many members the rows `first` and `second` share, pair for pair."""
        parts = [self._shared(first[part], second[part]) for part in _parts(len(first))]
        return np.concatenate([np.zeros(0, np.int64), *parts])

    def _shared(self, first: Numbers, second: Numbers) -> Numbers:
        both: Numbers = np.bitwise_count(self.common[first] & self.common[second]).sum(axis=1, dtype=np.int64)
        return both if len(self.held_by) <= _COMMON else both + self._shared_rare(first, second)

    def _shared_rare(self, first: Numbers, second: Numbers) -> Numbers:
        rows, which = np.unique(first, return_inverse=True)
        width = len(self.held_by) - _COMMON
        has = np.zeros(len(rows) * width, np.bool_)
        own = self.rare_ends[rows] - self.starts[rows]
        has[np.repeat(np.arange(len(rows)) * width, own) + self.members[runs(self.starts[rows], own)]] = True
        lengths = self.rare_ends[second] - self.starts[second]
        met = has[np.repeat(which * width, lengths) + self.members[runs(self.starts[second], lengths)]]
        so_far = np.append(0, np.cumsum(met))
        ends = np.cumsum(lengths)
        found: Numbers = so_far[ends] - so_far[ends - lengths]
        return found


def _parts(count: int) -> Iterator[slice]:
    return (slice(start, start + _PAIRS_AT_ONCE) for start in range(0, count, _PAIRS_AT_ONCE))


def runs(starts: Numbers, lengths: Numbers) -> Numbers:
    """`start`, `start + 1`, … of each run of so many numbers, run after run."""
    places: Numbers = np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
    places += np.arange(len(places))
    return places


def character_pairs(texts: Sequence[str]) -> RowSets:
    """Which pairs of neighbouring characters each text has once it is folded."""
    codes = folded_codes(texts).astype(np.uint64)
    is_break = codes == BREAK
    within = ~(is_break[:-1] | is_break[1:])
    rows = np.cumsum(is_break[:-1])[within].astype(np.uint64)
    return _row_sets(rows, (codes[:-1] << _CODE_BITS | codes[1:])[within], len(texts))


def word_sets(sets: Iterable[Iterable[str]]) -> RowSets:
    """Which words, of any length, each set holds."""
    numbers: dict[str, int] = {}
    keys = [[numbers.setdefault(word, len(numbers)) for word in words] for words in sets]
    rows = np.repeat(np.arange(len(keys), dtype=np.uint64), [len(own) for own in keys])
    return _row_sets(rows, np.array([key for own in keys for key in own], np.uint64), len(keys))


def _row_sets(rows: Keys, keys: Keys, count: int) -> RowSets:
    entries = _distinct(rows << _KEY_BITS | keys)
    sizes = np.diff(np.searchsorted(entries, np.arange(count + 1, dtype=np.uint64) << _KEY_BITS))
    number, held_by = _numbered(entries & _KEY)
    told = np.sort((entries & ~_KEY)[number >= 0].view(np.int64) + number[number >= 0])
    starts = np.searchsorted(told, np.arange(count + 1) << int(_KEY_BITS))
    members = (told & int(_KEY)).astype(np.int32)
    common, rare_ends = _bits(members, starts, len(held_by))
    return RowSets(members, starts, sizes, held_by, common, rare_ends)


def _distinct(values: Keys) -> Keys:
    values = np.sort(values)
    distinct: Keys = values[np.append(True, values[1:] != values[:-1])[: len(values)]]
    return distinct


def _numbered(keys: Keys) -> tuple[Numbers, Numbers]:
    """The number of each key, below 0 for those that come once; and how often each number comes."""
    _, which, counts = np.unique(keys, return_inverse=True, return_counts=True)
    order = np.argsort(counts, kind="stable")
    lone = int((counts == 1).sum())
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order)) - lone
    return number[which], counts[order][lone:]


def _bits(members: NDArray[np.int32], starts: Numbers, count: int) -> tuple[Keys, Numbers]:
    """The last members as bits, row for row, and where in each row they begin."""
    first = max(0, count - _COMMON)
    rows = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    is_common = members >= first
    rare = np.bincount(rows[~is_common], minlength=len(starts) - 1)
    words, bit = np.divmod(members[is_common] - first, 64)
    bits = np.zeros((len(starts) - 1, 1 + (count - first) // 64), np.uint64)
    at = rows[is_common] * bits.shape[1] + words
    begins = np.flatnonzero(np.append(True, at[1:] != at[:-1])[: len(at)])
    if len(at):
        bits.ravel()[at[begins]] = np.bitwise_or.reduceat(np.uint64(1) << bit.astype(np.uint64), begins)
    return bits, starts[:-1] + rare
