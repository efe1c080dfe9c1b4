"""Texts as sets of character n-grams, all sets of a batch in one array.

An n-gram is kept as a 32-bit hash: of two texts of 200 n-grams each, one pair in 100,000 shares one more n-gram by
its hash than it does in truth. What is not text any more cannot be read back: texts themselves are not held.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["GramSets", "Hashes", "Places", "gram_sets", "joined"]

Hashes: TypeAlias = NDArray[np.uint32]
Places: TypeAlias = NDArray[np.int64]

_KINDS_APART = 0x9E3779B97F4A7C15
_SPREAD = np.uint64(_KINDS_APART)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_CODE_BITS = np.uint64(21)  # of a code point: three of them fit into 64 bits without loss
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


@dataclass(frozen=True, eq=False)
class GramSets:
    """The n-gram sets of texts 0, 1, 2, …: set `i` is `grams[offsets[i]:offsets[i + 1]]`, ascending and distinct."""

    grams: Hashes
    offsets: Places
    """One more than there are texts."""

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def sizes(self) -> Places:
        """How many distinct n-grams each text has; 0 for an empty text alone."""
        return np.diff(self.offsets)

    def taken(self, places: Places) -> GramSets:
        """The sets at `places`, in that order."""
        sizes = self.sizes[places]
        return GramSets(self.grams[spans(self.offsets[places], sizes)], _offsets(sizes))


def spans(starts: Places, sizes: Places) -> Places:
    """The indices `start, start + 1, …` of every span, one span after the other."""
    ends = np.cumsum(sizes)
    return np.repeat(starts - (ends - sizes), sizes) + np.arange(ends[-1] if len(ends) else 0)


def _offsets(sizes: Places) -> Places:
    return np.concatenate(([0], np.cumsum(sizes)))


def joined(parts: Iterable[GramSets]) -> GramSets:
    """The sets of all `parts`, one part after the other."""
    kept = list(parts)
    sizes = [part.sizes for part in kept]
    grams = [part.grams for part in kept]
    if not kept:
        return GramSets(np.empty(0, np.uint32), np.zeros(1, np.int64))
    return GramSets(np.concatenate(grams), _offsets(np.concatenate(sizes)))


def gram_sets(texts: Sequence[str], n: int, *, kind: int = 0) -> GramSets:
    """Sets of character `n`-grams; a shorter text is one n-gram of its own, an empty one has none.

    The same n-gram of another `kind` is another: sets of questions and of answers may be united.
    """
    padded = [text if len(text) >= n or not text else text + "\0" * (n - len(text)) for text in texts]
    codes = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), np.uint32)
    lengths = np.fromiter(map(len, padded), np.int64, len(padded))
    counts = np.maximum(lengths - (n - 1), 0)
    starts = spans(np.cumsum(lengths) - lengths, counts)
    keys = _mixed(_rolled(codes, starts, n), kind) >> _HALF
    keys |= np.repeat(np.arange(len(texts), dtype=np.uint64), counts) << _HALF
    keys.sort()
    fresh = np.ones(len(keys), bool)
    fresh[1:] = keys[1:] != keys[:-1]
    keys = keys[fresh]
    sizes = np.bincount((keys >> _HALF).astype(np.int64), minlength=len(texts))
    return GramSets((keys & _LOW).astype(np.uint32), _offsets(sizes))


def _rolled(codes: NDArray[np.uint32], starts: Places, n: int) -> NDArray[np.uint64]:
    """The `n` code points from each of `starts` as one number; different for different n-grams up to n = 3."""
    values = codes[starts].astype(np.uint64)
    for step in range(1, n):
        values = (values << _CODE_BITS if step < 3 else _mixed(values, 0)) + codes[starts + step]
    return values


def _mixed(values: NDArray[np.uint64], kind: int) -> NDArray[np.uint64]:
    """Every bit of the result depends on every bit of the value (the end of splitmix64)."""
    values = values + np.uint64(_KINDS_APART * (kind + 1) % (1 << 64))
    values ^= values >> np.uint64(30)
    values *= _MIX[0]
    values ^= values >> np.uint64(27)
    values *= _MIX[1]
    return values ^ (values >> np.uint64(31))
