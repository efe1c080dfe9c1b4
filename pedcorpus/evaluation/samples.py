"""What is resampled: the values of one measure for one set of questions, a mean or pooled over all replies.

Weights W have shape (R, N): row r says how often each of N questions is in resample r.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pedcorpus.evaluation.scores import Grams

if TYPE_CHECKING:
    from pedcorpus.evaluation.scores import Value

__all__ = ["Floats", "Means", "Pooled", "Sample", "joined", "sample_of"]

Floats = NDArray[np.float64]

_CELLS = 1 << 22
"""Of a matrix of resamples by n-grams, so many at a time."""


class Sample(Protocol):
    """Values of N questions."""

    @property
    def size(self) -> int: ...

    @property
    def is_pooled(self) -> bool:
        """Is a resample poorer than the whole, because what is drawn twice brings nothing new?"""

    def statistic(self, weights_R_N: Floats) -> Floats:
        """The measure on each of R resamples."""


@dataclass(frozen=True)
class Means:
    """One number for each question; the measure is their mean."""

    values: Floats
    is_pooled = False

    @property
    def is_all_or_nothing(self) -> bool:
        """Has every question 0, or every one 1?"""
        return bool((self.values == 0).all() or (self.values == 1).all())

    @property
    def size(self) -> int:
        return len(self.values)

    def statistic(self, weights_R_N: Floats) -> Floats:
        means: Floats = (weights_R_N @ self.values) / weights_R_N.sum(axis=1)
        return means


@dataclass(frozen=True)
class Pooled:
    """N-grams of each reply; the measure is how many different ones all have, over how many they have in all.

    That is Distinct-n of J. Li et al., A diversity-promoting objective function, NAACL 2016. A reply that is drawn
    twice brings its n-grams twice, and no new ones.
    """

    grams: Sequence[Grams]
    is_pooled = True

    @property
    def size(self) -> int:
        return len(self.grams)

    def statistic(self, weights_R_N: Floats) -> Floats:
        different, alone = self._incidence
        totals = weights_R_N @ np.array([each.total for each in self.grams], np.float64)
        is_drawn = (weights_R_N > 0).astype(np.float32)
        found = is_drawn @ alone
        step = max(1, _CELLS // max(1, different.shape[1]))
        for first in range(0, len(is_drawn), step):
            some = is_drawn[first : first + step]
            found[first : first + step] += np.count_nonzero(different.T.dot(some.T), axis=0)
        shares: Floats = found / np.maximum(totals, 1)
        return shares

    @cached_property
    def _incidence(self) -> tuple[Any, Floats]:  # scipy is untyped
        """Which reply has which n-gram (N, G), of those that several have; and how many each has alone."""
        from scipy.sparse import csr_array  # half a second, and most commands need none of it

        places = np.repeat(np.arange(self.size), [len(each.different) for each in self.grams])
        hashes = np.concatenate([np.zeros(0, np.uint64), *(each.different for each in self.grams)])
        _, which, counts = np.unique(hashes, return_inverse=True, return_counts=True)
        is_shared = counts[which] > 1
        alone = np.bincount(places[~is_shared], minlength=self.size).astype(np.float64)
        _, column = np.unique(which[is_shared], return_inverse=True)
        ones = np.ones(int(is_shared.sum()), np.float32)
        shape = (self.size, int(column.max()) + 1 if len(column) else 0)
        return csr_array((ones, (places[is_shared], column)), shape=shape), alone


def sample_of(values: Sequence[Value]) -> Sample:
    """The sample that `values` of one measure are."""
    grams = [value for value in values if isinstance(value, Grams)]
    if grams:
        return Pooled(grams)
    return Means(np.array(values, np.float64))


def joined(first: Sample, second: Sample) -> Sample:
    """Both samples as one of N + N questions."""
    if isinstance(first, Pooled) and isinstance(second, Pooled):
        return Pooled((*first.grams, *second.grams))
    assert isinstance(first, Means)
    assert isinstance(second, Means)
    return Means(np.concatenate([first.values, second.values]))
