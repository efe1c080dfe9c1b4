"""True Jaccard similarity of pairs of n-gram sets, and two bounds that spare most pairs the count.

A pair at Jaccard `t` or above has sizes within `t` of each other, and its sets differ in at most
`(|a| + |b|) · (1 − t) / (1 + t)` n-grams. In a bitmap of 512 bits each bit that differs shows one such n-gram at least
(the bitmap filter of Sandes, Teodoro and Melo, 2020). Neither bound loses a pair.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from pedcorpus.curate.near.grams import GramSets, Places, spans

__all__ = ["Bitmaps", "bitmaps", "jaccard", "may_be_near"]

Bitmaps: TypeAlias = NDArray[np.uint64]

_BITS = 512
_TEXTS_AT_ONCE = 1 << 14
_PAIRS_AT_ONCE = 1 << 16
_GRAMS_AT_ONCE = 1 << 20
_HALF = np.uint64(32)

Found = TypeVar("Found")


def bitmaps(sets: GramSets) -> Bitmaps:
    """Which of 512 bits the n-grams of each text fall on; shape (texts, 8)."""

    def drawn(begin: int) -> Bitmaps:
        end = min(begin + _TEXTS_AT_ONCE, len(sets))
        cells = np.zeros((end - begin, _BITS), bool)
        rows = np.repeat(np.arange(end - begin), sets.sizes[begin:end])
        cells[rows, sets.grams[sets.offsets[begin] : sets.offsets[end]] % _BITS] = True
        return np.packbits(cells, axis=1).view(np.uint64)

    parts = _in_threads(drawn, list(range(0, len(sets), _TEXTS_AT_ONCE)))
    return np.concatenate(parts) if parts else np.empty((0, _BITS // 64), np.uint64)


def may_be_near(sizes: Places, maps: Bitmaps, first: Places, second: Places, threshold: float) -> NDArray[np.bool_]:
    """Whether the bounds leave it open that the pairs are as alike as `threshold`; empty texts never are."""
    slack = (1 - threshold) / (1 + threshold) + 1e-9

    def judged(begin: int) -> NDArray[np.bool_]:
        one, other = first[begin : begin + _PAIRS_AT_ONCE], second[begin : begin + _PAIRS_AT_ONCE]
        allowed = (sizes[one] + sizes[other]) * slack
        is_open: NDArray[np.bool_] = (np.abs(sizes[one] - sizes[other]) <= allowed) & (allowed > 0)
        kept = np.flatnonzero(is_open)
        apart = np.bitwise_count(maps[one[kept]] ^ maps[other[kept]]).sum(axis=1, dtype=np.int64)
        is_open[kept] = apart <= allowed[kept]
        return is_open

    parts = _in_threads(judged, list(range(0, len(first), _PAIRS_AT_ONCE)))
    return np.concatenate(parts) if parts else np.empty(0, bool)


def jaccard(sets: GramSets, first: Places, second: Places) -> NDArray[np.float64]:
    """Shared n-grams over all n-grams of each pair, counted; 0 where both are empty."""
    weights = np.cumsum(sets.sizes[first] + sets.sizes[second])
    edges = np.flatnonzero(np.diff(weights // _GRAMS_AT_ONCE, prepend=-1)).tolist()

    def counted(begin: int) -> NDArray[np.float64]:
        end = following[begin]
        return _jaccard(sets, first[begin:end], second[begin:end])

    following = dict(zip(edges, [*edges, len(first)][1:], strict=True))
    parts = _in_threads(counted, edges)
    return np.concatenate(parts) if parts else np.empty(0, np.float64)


def _jaccard(sets: GramSets, first: Places, second: Places) -> NDArray[np.float64]:
    """Both sets of a pair are sorted together under the pair's number: what is shared stands there twice."""
    keys = np.concatenate([_numbered(sets, first), _numbered(sets, second)])
    keys.sort()
    twice = keys[1:][keys[1:] == keys[:-1]] >> _HALF
    shared = np.bincount(twice.astype(np.int64), minlength=len(first))
    together = sets.sizes[first] + sets.sizes[second] - shared
    shares: NDArray[np.float64] = np.divide(shared, together, out=np.zeros(len(first)), where=together > 0)
    return shares


def _numbered(sets: GramSets, texts: Places) -> NDArray[np.uint64]:
    sizes = sets.sizes[texts]
    numbers = np.repeat(np.arange(len(texts), dtype=np.uint64) << _HALF, sizes)
    return numbers | sets.grams[spans(sets.offsets[texts], sizes)]


def _in_threads(function: Callable[[int], Found], begins: list[int]) -> list[Found]:
    """NumPy lets go of the interpreter while it counts, so threads share the work."""
    if len(begins) < 2:
        return [function(begin) for begin in begins]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(function, begins))
