"""Keys joined into sets by the rows that share them: union-find on whole arrays of integers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

__all__ = ["Ints", "bonded", "joined_sets", "least_of"]

Ints = NDArray[np.int64]
_NONE = np.zeros(0, np.int64)


def joined_sets(first: Ints, second: Ints, count: int) -> Ints:
    """For each of `count` numbers the least number of its set, where `first[i]` and `second[i]` are of one set."""
    label = np.arange(count, dtype=np.int64)
    while True:
        mine, theirs = label[first], label[second]
        apart = mine != theirs
        if not apart.any():
            return label
        first, second, mine, theirs = first[apart], second[apart], mine[apart], theirs[apart]
        least = np.minimum(mine, theirs)
        np.minimum.at(label, mine, least)
        np.minimum.at(label, theirs, least)
        label = _settled(label)


def _settled(label: Ints) -> Ints:
    while True:
        following = label[label]
        if np.array_equal(following, label):
            return label
        label = following


def least_of(sets: Ints, values: Ints, count: int, *, none: int) -> Ints:
    """For each of `count` sets the least of the `values` in it; `none` where it has none."""
    least = np.full(count, none, dtype=np.int64)
    np.minimum.at(least, sets, values)
    return least


def bonded(*memberships: Mapping[str, str]) -> dict[str, str]:
    """Each member of any cluster with the one cluster that all joined ones make, called after its smallest name.

    Args:
        memberships: the cluster of each member, at one level of likeness each.
    """
    pairs = [pair for membership in memberships for pair in membership.items()]
    names = sorted({name for pair in pairs for name in pair})
    place = {name: number for number, name in enumerate(names)}
    members, clusters = (_places(place, ends) for ends in zip(*pairs, strict=True)) if pairs else (_NONE, _NONE)
    label = joined_sets(members, clusters, len(names))
    return {name: names[number] for name, number in zip(names, label.tolist(), strict=True)}


def _places(place: Mapping[str, int], names: Iterable[str]) -> Ints:
    return np.fromiter((place[name] for name in names), np.int64)
