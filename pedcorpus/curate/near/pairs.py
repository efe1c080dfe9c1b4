"""All pairs of texts that are near each other: proposed by MinHash, kept by true Jaccard similarity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pedcorpus.curate.near.buckets import Bands, candidates
from pedcorpus.curate.near.grams import GramSets, Places
from pedcorpus.curate.near.signatures import signatures
from pedcorpus.curate.near.similarity import Bitmaps, bitmaps, jaccard, may_be_near

__all__ = ["NearPairs", "Texts", "near_pairs"]

_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_JUDGED_AT_ONCE = 1 << 22


@dataclass(frozen=True, eq=False)
class NearPairs:
    """Pairs of texts, each once with the smaller number first, ascending."""

    first: Places
    second: Places
    similarity: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, eq=False)
class Texts:
    """What is compared: things with one text each, or with several that must all be near, as question and answer."""

    parts: Sequence[GramSets]
    """One for each text that a thing has; of several, each made with a `kind` of its own."""
    blocks: NDArray[np.uint64]
    """A key for each thing; things of different keys are not near, whatever their texts."""

    @cached_property
    def maps(self) -> list[Bitmaps]:
        """The bitmaps of every part, by which most pairs are ruled out."""
        return [bitmaps(part) for part in self.parts]

    def similarity(self, first: Places, second: Places, threshold: float) -> NDArray[np.float64]:
        """That of the least alike parts of each pair; 0 for what is not as alike as `threshold`, or of two blocks."""
        places = self._open(np.arange(len(first)), first, second, threshold)
        least = np.ones(len(places))
        for part in self.parts:
            least = np.minimum(least, jaccard(part, first[places], second[places]))
        found = np.zeros(len(first))
        found[places] = np.where(least >= threshold, least, 0)
        return found

    def open_pairs(self, first: Places, second: Places, threshold: float) -> tuple[Places, Places]:
        """The pairs that may be as alike as `threshold`."""
        places = self._open(np.arange(len(first)), first, second, threshold)
        return first[places], second[places]

    def _open(self, places: Places, first: Places, second: Places, threshold: float) -> Places:
        places = places[self.blocks[first] == self.blocks[second]]
        for part, maps in zip(self.parts, self.maps, strict=True):
            places = places[may_be_near(part.sizes, maps, first[places], second[places], threshold)]
        return places


def near_pairs(texts: Texts, threshold: float, *, bands: Bands = Bands()) -> NearPairs:  # noqa: B008 (frozen)
    """Pairs of `texts` whose true Jaccard similarity reaches `threshold`; of several parts, in every one.

    If each part of two things reaches it, so do their unions: one signature of the union proposes the pairs.
    """
    signature = _signature(texts.parts, bands.places)
    compared = np.flatnonzero(np.all([part.sizes > 0 for part in texts.parts], axis=0))
    held: list[NDArray[np.uint64]] = [np.empty(0, np.uint64)]
    waiting: list[tuple[Places, Places]] = []
    for pair in candidates(signature, texts.blocks, bands, texts=compared):
        waiting.append(pair)
        if sum(len(first) for first, _ in waiting) > _JUDGED_AT_ONCE:
            held.append(_codes(texts, waiting, threshold))
            waiting = []
    held.append(_codes(texts, waiting, threshold))
    codes = np.unique(np.concatenate(held))
    first, second = (codes >> _HALF).astype(np.int64), (codes & _LOW).astype(np.int64)
    similarity = texts.similarity(first, second, threshold)
    near = np.flatnonzero(similarity)
    return NearPairs(first[near], second[near], similarity[near])


def _codes(texts: Texts, pairs: Sequence[tuple[Places, Places]], threshold: float) -> NDArray[np.uint64]:
    """The pairs that the bounds leave open, each once as one number."""
    if not pairs:
        return np.empty(0, np.uint64)
    one, other = (np.concatenate(side) for side in zip(*pairs, strict=True))
    one, other = texts.open_pairs(np.minimum(one, other), np.maximum(one, other), threshold)
    return np.unique((one.astype(np.uint64) << _HALF) | other.astype(np.uint64))


def _signature(parts: Sequence[GramSets], places: int) -> NDArray[np.uint32]:
    """Signatures of the unions of all parts."""
    united = signatures(parts[0], places)
    for part in parts[1:]:
        np.minimum(united, signatures(part, places), out=united)
    return united
