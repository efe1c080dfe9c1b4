"""MinHash signatures of n-gram sets: two texts agree at a place with the probability that is their Jaccard similarity.

The signature of a union is the smaller value at each place: that of a conversation follows from its parts'.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np

from pedcorpus.curate.near.grams import GramSets, Hashes, Places

__all__ = ["signatures"]

_SEED = 0x5EED
_AT_ONCE = 1 << 16
"""N-grams that are hashed together: their hashes stay in the processor's cache."""


def _factors(places: int) -> Hashes:
    """An odd factor for each place, always the same: multiplying by it permutes the 32-bit hashes."""
    generator = np.random.Generator(np.random.PCG64(_SEED))
    return generator.integers(0, 1 << 32, places, np.uint32) | np.uint32(1)


def signatures(sets: GramSets, places: int) -> Hashes:
    """One row of `places` values for each set; an empty set has the largest value everywhere.

    Shape (texts, places). NumPy works on several chunks at once, one thread for each processor.
    """
    values = np.full((len(sets), places), np.uint32(0xFFFFFFFF))
    filled = np.flatnonzero(sets.sizes)
    factors = _factors(places)
    bounds = _chunks(sets, filled)

    def fill(chunk: tuple[int, int]) -> None:
        rows = filled[chunk[0] : chunk[1]]
        begin, end = sets.offsets[rows[0]], sets.offsets[rows[-1] + 1]
        grams, starts = sets.grams[begin:end], sets.offsets[rows] - begin
        product = np.empty_like(grams)
        found = np.empty((places, len(rows)), np.uint32)
        for place, factor in enumerate(factors):
            np.multiply(grams, factor, out=product)
            np.minimum.reduceat(product, starts, out=found[place])
        values[rows] = found.T

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(fill, bounds))
    return values


def _chunks(sets: GramSets, filled: Places) -> list[tuple[int, int]]:
    """Ranges of `filled` with about `_AT_ONCE` n-grams each; a longer text is a range of its own."""
    if not len(filled):
        return []
    chunk = sets.offsets[filled] // _AT_ONCE
    edges = [0, *(np.flatnonzero(np.diff(chunk)) + 1).tolist(), len(filled)]
    return list(pairwise(edges))
