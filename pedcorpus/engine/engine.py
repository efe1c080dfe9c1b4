"""What an engine is: functions over items, somewhere; and how a stream is cut into items.

Functions, items and results must be picklable. Whoever maps stores the results, one by one as they come: an item
that is run twice, because its worker was lost, still gives one result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Protocol, TypeVar

__all__ = ["Engine", "Item", "Result", "batches"]

Item = TypeVar("Item")
Result = TypeVar("Result")


class Engine(Protocol):
    """Where functions over items run; the same function gives the same results on each."""

    @property
    def jobs_here(self) -> int:
        """Processes of this machine that may share the work on one item; 0 is one for each processor."""

    @property
    def is_elsewhere(self) -> bool:
        """May an item run on another machine, whose temporary files are not ours?"""

    def for_little(self) -> Engine:
        """The engine for work that is done before this one's workers have started."""

    def map_unordered(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        *,
        crashed: Callable[[Item], Result] | None = None,
    ) -> Iterator[tuple[Item, Result]]:
        """Each item with its result, as results come; items are drawn only a little ahead of them.

        When an item ends its worker each time, as a fault in a library may, `crashed` gives its result.

        Raises:
            WorkerLost: that happened, and there is no `crashed`.
        """

    def map_ordered(
        self, function: Callable[[Item], Result], items: Iterable[Item], *, crashed: Callable[[Item], Result]
    ) -> Iterator[Result]:
        """The results of `items` in their order; `crashed` as above. No more than a few wait for a slow one."""


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """`items` in lists of `size`, the last one shorter."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
