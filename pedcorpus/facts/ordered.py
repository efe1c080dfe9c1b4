"""Things of a text in the order in which they begin: those of a stretch are found by bisection, however many."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

__all__ = ["Ordered"]


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


T = TypeVar("T", bound=_Placed)


class Ordered(Generic[T]):
    """`items` as they begin, the first one first."""

    def __init__(self, items: Sequence[T]) -> None:
        self.items = items
        self._starts = [item.start for item in items]

    def before(self, position: int) -> int:
        """How many begin before `position`: the number of the first that does not."""
        return bisect_left(self._starts, position)

    def between(self, start: int, end: int) -> Sequence[T]:
        """Those that begin in `start:end`."""
        return self.items[self.before(start) : self.before(end)]
