"""Stretches of a text, to ask which of them another one touches: by bisection, however many there are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

__all__ = ["Spans"]


class Spans:
    """Stretches `(start, end)` in characters, end exclusive, in any order; they may overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._furthest: list[int] = []
        """The greatest end of all up to here."""
        for start, end in sorted(spans):
            self._starts.append(start)
            self._furthest.append(max(end, self._furthest[-1]) if self._furthest else end)

    def touch(self, start: int, end: int) -> bool:
        """Does any share a character with `start:end`?"""
        before = bisect_right(self._starts, end - 1)
        return before > 0 and self._furthest[before - 1] > start

    def exceed(self, start: int, end: int) -> bool:
        """Does any begin at or before `start` and go on beyond `end`?"""
        before = bisect_right(self._starts, start)
        return before > 0 and self._furthest[before - 1] > end
