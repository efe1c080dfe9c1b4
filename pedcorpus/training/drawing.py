"""Drawing rows by a seed: which and how many, worked out and never rolled, so that the same settings draw the same."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

__all__ = ["Numbers", "apportioned", "draw_keys", "drawn", "greatest_total", "repeated"]

Numbers = NDArray[np.int64]
"""Row numbers."""
_STEP, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def draw_keys(rows: Numbers, seed: int) -> NDArray[np.uint64]:
    """A key for each row as if drawn; different rows have different ones, and no library's version changes them.

    Source: splitmix64 (Steele, Lea and Flood, 2014), of row and seed.
    """
    start = _mixed(np.array([seed % 2**64], np.uint64))
    return _mixed(rows.astype(np.uint64) + start)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed = values * np.uint64(_STEP) + np.uint64(_STEP)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(_FIRST)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(_SECOND)
    return mixed ^ (mixed >> np.uint64(31))


def drawn(rows: Numbers, count: int, seed: int) -> Numbers:
    """`count` of `rows`, in their order; a row that stands there several times is drawn once before any is twice."""
    if count >= len(rows):
        return rows
    order = np.argsort(rows, kind="stable")
    grouped = rows[order]
    turn = np.empty(len(rows), np.int64)
    turn[order] = np.arange(len(rows)) - np.searchsorted(grouped, grouped)  # 0 for a row's first copy, then 1, …
    return rows[np.sort(np.lexsort((draw_keys(rows, seed), turn))[:count])]


def repeated(rows: Numbers, times: float, seed: int) -> Numbers:
    """Each of `rows` as often as `times` says: 2.5 is all of them twice and a drawn half once more, in their order."""
    whole = int(times)
    more = drawn(rows, int(len(rows) * (times - whole) + 0.5), seed)
    return np.sort(np.concatenate([np.repeat(rows, whole), more]), kind="stable")


def greatest_total(known: Mapping[str, int], shares: Mapping[str, float]) -> int:
    """How many there can be at most, no part giving more than it has; `shares` add up to 1."""
    return int(min(known[name] / share for name, share in shares.items() if share > 0) + 1e-9)


def apportioned(total: int, shares: Mapping[str, float]) -> dict[str, int]:
    """`total` shared out in whole numbers, the rest to the largest remainders; the first of equals gets more."""
    exact = {name: total * share for name, share in shares.items()}
    given = {name: int(value + 1e-9) for name, value in exact.items()}
    rest = sorted(exact, key=lambda name: given[name] - exact[name])
    for name in rest[: total - sum(given.values())]:
        given[name] += 1
    return given
