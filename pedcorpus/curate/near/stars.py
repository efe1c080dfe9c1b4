"""Clusters of near things: each around its best member, to which every other member is near itself.

Nearness does not carry over: A may be near B and B near C, yet A and C differ. So a cluster is no chain. In each set of
things that pairs join, the best one takes all that are near it, by true similarity; of the rest the best takes its
own; and so on. Only ranks and texts decide, never the order of input.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedcorpus.curate.near.grams import Places
from pedcorpus.curate.near.pairs import NearPairs

__all__ = ["Stars", "stars"]

_ROUNDS = 64
"""After so many best members of one set, the rest of it is joined by the pairs that were found alone."""

Similarity = Callable[[Places, Places], NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Stars:
    """For every thing, the best member of its cluster (itself, if alone or best) and how near it is to that."""

    best: Places
    similarity: NDArray[np.float64]


def stars(pairs: NearPairs, rank: Places, similarity: Similarity) -> Stars:
    """Clusters of the things that `pairs` join; of two things the one with the lower `rank` is better.

    Ranks are distinct, one for each thing. `similarity` gives 0 for pairs that are not near.
    """
    found = Stars(np.arange(len(rank)), np.ones(len(rank)))
    label = _joined(pairs, len(rank))
    waiting = np.unique(np.concatenate([pairs.first, pairs.second]))
    waiting = waiting[np.lexsort((rank[waiting], label[waiting]))]
    for _ in range(_ROUNDS):
        if not len(waiting):
            return found
        waiting = _round(waiting, label, similarity, found)
    _by_pairs(waiting, pairs, rank, found)
    return found


def _round(waiting: Places, label: Places, similarity: Similarity, found: Stars) -> Places:
    """The first of each set takes what is near it; returns those that still wait, in their order."""
    labels = label[waiting]
    is_first = np.concatenate(([True], labels[1:] != labels[:-1]))
    leader = waiting[is_first][np.cumsum(is_first) - 1]
    rest, leader = waiting[~is_first], leader[~is_first]
    alike = similarity(leader, rest)
    is_near = alike > 0
    found.best[rest[is_near]] = leader[is_near]
    found.similarity[rest[is_near]] = alike[is_near]
    return rest[~is_near]


def _joined(pairs: NearPairs, count: int) -> Places:
    """The smallest thing that each one is joined to by any chain of pairs."""
    label = np.arange(count)
    while True:
        one, other = label[pairs.first], label[pairs.second]
        if np.array_equal(one, other):
            return label
        np.minimum.at(label, np.maximum(one, other), np.minimum(one, other))
        while not np.array_equal(label, label[label]):
            label = label[label]


def _by_pairs(waiting: Places, pairs: NearPairs, rank: Places, found: Stars) -> None:
    """Each waiting thing, best first, takes those of its pairs that still wait."""
    alone = set(waiting.tolist())
    near: dict[int, list[tuple[int, float]]] = {}
    for one, other, alike in zip(pairs.first.tolist(), pairs.second.tolist(), pairs.similarity.tolist(), strict=True):
        if one in alone and other in alone:
            near.setdefault(one, []).append((other, alike))
            near.setdefault(other, []).append((one, alike))
    for thing in waiting[np.argsort(rank[waiting])].tolist():
        if thing in alone:
            alone.discard(thing)
            for other, alike in near.get(thing, ()):
                if other in alone:
                    alone.discard(other)
                    found.best[other], found.similarity[other] = thing, alike
