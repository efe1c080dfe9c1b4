"""Runs of 13 characters as 64-bit hashes: which of those in held-out texts stand in training texts, too.

Texts are compared folded (`normalise.fold`), so that width and punctuation hide nothing. Only hashes of held-out texts
are held, and of those as many as fit: a longer list is gone through in parts. Training texts are streamed past.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from pedcorpus.codes import BREAK, Hashes, folded_codes, run_hashes
from pedcorpus.normalise import fold

__all__ = ["SHINGLE_CHARS", "ShingleIndex", "shingles"]

SHINGLE_CHARS = 13
_SLOTS_LOG2 = 26
"""Of the bitmap that most hashes fail: 64 MiB."""
Places = NDArray[np.int64]


def shingles(texts: Sequence[str]) -> tuple[Hashes, Places]:
    """Every run of 13 characters of the folded texts, and which text each is of, text after text; the whole text where
    it is shorter, nothing where it is empty.
    """
    codes = folded_codes(texts)
    ends = np.flatnonzero(codes == BREAK)
    begins = np.r_[0, ends[:-1] + 1] if len(ends) else ends
    runs = ends - begins - SHINGLE_CHARS + 1
    counts = np.maximum(runs, 0)
    starts = np.repeat(begins - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    hashes, of = run_hashes(codes, SHINGLE_CHARS)[starts], np.repeat(np.arange(len(texts)), counts)
    short = np.flatnonzero((runs <= 0) & (ends > begins))
    if not len(short):
        return hashes, of
    wholes = np.array([_whole(texts[place]) for place in short.tolist()], np.uint64)
    order = np.argsort(np.concatenate([of, short]), kind="stable")
    return np.concatenate([hashes, wholes])[order], np.concatenate([of, short])[order]


def _whole(text: str) -> int:
    return int.from_bytes(blake2b(fold(text).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class ShingleIndex:
    """Shingles of held-out texts, one part of them in `parts`, and which have been seen elsewhere."""

    def __init__(self, texts: Iterable[Sequence[str]], *, part: int = 0, parts: int = 1) -> None:
        """`texts` come in batches."""
        self._part, self._parts = np.uint64(part), np.uint64(parts)
        found: list[tuple[Hashes, Places]] = []
        self.texts = 0
        for batch in texts:
            hashes, of = self._own(*shingles(batch))
            found.append((hashes, of + self.texts))
            self.texts += len(batch)
        everything = np.concatenate([np.zeros(0, np.uint64), *(hashes for hashes, _ in found)])
        of = np.concatenate([np.zeros(0, np.int64), *(of for _, of in found)])
        found.clear()
        self._known, which = np.unique(everything, return_inverse=True)
        self._of, self._which = _distinct(of, which)
        self._seen = np.zeros(len(self._known), np.bool_)
        bits = min(_SLOTS_LOG2, max(10, int(len(self._known) * 16).bit_length()))
        self._shift = np.uint64(64 - bits)
        self._maybe = np.zeros(1 << bits, np.bool_)
        self._maybe[self._known >> self._shift] = True

    def _own(self, hashes: Hashes, of: Places) -> tuple[Hashes, Places]:
        if self._parts == 1:
            return hashes, of
        mine = hashes % self._parts == self._part
        return hashes[mine], of[mine]

    def see(self, texts: Sequence[str]) -> None:
        """These texts may hold some."""
        if len(self._known):
            hashes, _ = shingles(texts)
            hashes = np.sort(hashes[self._maybe[hashes >> self._shift]])
            places = np.searchsorted(self._known, hashes)
            places[places == len(self._known)] = 0
            self._seen[places[self._known[places] == hashes]] = True

    def forget(self) -> None:
        """As if none had been seen."""
        self._seen[:] = False

    def overlaps(self) -> tuple[Places, Places]:
        """Of each held-out text, how many of its shingles were seen, and how many it has."""
        weights = self._seen[self._which].astype(np.float64)
        shared = np.bincount(self._of, weights, minlength=self.texts).astype(np.int64)
        return shared, np.bincount(self._of, minlength=self.texts)


def _distinct(of: Places, which: Places) -> tuple[Places, NDArray[np.uint32]]:
    """The different pairs of a text and a hash, both below 2³²: a text's shingle counts once. `of` is used up."""
    of <<= 32
    of |= which
    of.sort()
    pairs = of[np.append(True, of[1:] != of[:-1])[: len(of)]]
    return pairs >> 32, pairs.astype(np.uint32)
