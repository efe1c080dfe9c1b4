"""BM25 over the terms of many texts, in memory: built with numpy in one go, no store and no network.

Robertson & Zaragoza 2009, The Probabilistic Relevance Framework, formula 3.15, with k1 = 1.2 and b = 0.75.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedcorpus.inference.sources.terms import terms_of

__all__ = ["TermIndex", "build_index"]

_K1 = 1.2
_B = 0.75


@dataclass(frozen=True)
class TermIndex:
    """Texts by their terms: postings of term `i` stand at `bounds[i]:bounds[i + 1]`."""

    codes: NDArray[np.int64]
    """Terms, sorted."""
    bounds: NDArray[np.int64]
    texts: NDArray[np.int32]
    weights: NDArray[np.float32]
    """What the term adds to its text's score."""
    size: int
    """Number of texts."""

    def rarity(self, codes: NDArray[np.int64]) -> NDArray[np.float64]:
        """Inverse document frequency of terms; those that no text has are the rarest."""
        places, known = self._find(codes)
        ends = np.append(self.bounds, self.bounds[-1])  # where there are no terms at all, place 0 has an end too
        count = np.where(known, ends[places + 1] - ends[places], 0)
        rarity: NDArray[np.float64] = np.log1p((self.size - count + 0.5) / (count + 0.5))
        return rarity

    def scores(self, query: Mapping[int, float]) -> NDArray[np.float32]:
        """Each text's score for weighted terms."""
        total = np.zeros(self.size, dtype=np.float32)
        codes = np.fromiter(query, dtype=np.int64, count=len(query))
        places, known = self._find(codes)
        for place, code in zip(places[known], codes[known], strict=True):
            first, last = self.bounds[place], self.bounds[place + 1]
            total[self.texts[first:last]] += self.weights[first:last] * np.float32(query[int(code)])
        return total

    def _find(self, codes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        if not len(self.codes):
            return np.zeros(len(codes), np.int64), np.zeros(len(codes), bool)
        places = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        return places, self.codes[places] == codes


def build_index(portions: Iterable[Sequence[str]]) -> TermIndex:
    """The index of all texts, which come in portions."""
    codes, texts, counts, lengths = [], [], [], []
    done = 0
    for portion in portions:
        terms = terms_of(portion)
        code, number, count = _counted(terms.codes, terms.texts)
        codes.append(code)
        texts.append((number + done).astype(np.int32))
        counts.append(count.astype(np.float32))
        lengths.append(np.bincount(terms.texts, minlength=len(portion)))
        done += len(portion)
    if not done:
        nothing = np.zeros(0, np.int64)
        return TermIndex(nothing, np.zeros(1, np.int64), nothing.astype(np.int32), nothing.astype(np.float32), 0)
    return _weighted(np.concatenate(codes), np.concatenate(texts), np.concatenate(counts), np.concatenate(lengths))


def _counted(
    codes: NDArray[np.int64], texts: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """Each term of each text once, with how often it stands there."""
    order = np.lexsort((texts, codes))
    codes, texts = codes[order], texts[order]
    new = np.ones(len(codes), dtype=bool)
    new[1:] = (codes[1:] != codes[:-1]) | (texts[1:] != texts[:-1])
    first = np.flatnonzero(new)
    return codes[first], texts[first], np.diff(np.append(first, len(codes)))


def _weighted(
    codes: NDArray[np.int64], texts: NDArray[np.int32], counts: NDArray[np.float32], lengths: NDArray[np.int64]
) -> TermIndex:
    order = np.argsort(codes, kind="stable")
    codes, texts, counts = codes[order], texts[order], counts[order]
    distinct, first = np.unique(codes, return_index=True)
    bounds = np.append(first, len(codes)).astype(np.int64)
    frequency = np.diff(bounds)
    size = len(lengths)
    rarity = np.log1p((size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    norm = (_K1 * (1 - _B + _B * lengths / max(1.0, lengths.mean()))).astype(np.float32)
    weights = np.repeat(rarity, frequency) * counts * np.float32(_K1 + 1) / (counts + norm[texts])
    return TermIndex(distinct, bounds, texts, weights.astype(np.float32), size)
