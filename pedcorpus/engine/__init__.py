"""Where functions over items run: in this process, in a pool of processes, or on Ray Data."""

from collections.abc import Callable, Iterable, Iterator

from pedcorpus.engine.engine import Engine, Item, Result, batches
from pedcorpus.engine.processes import Processes
from pedcorpus.engine.ray_data import RayData

__all__ = ["Engine", "Processes", "RayData", "batches", "map_ordered", "map_unordered"]


def map_unordered(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    jobs: int = 0,
    crashed: Callable[[Item], Result] | None = None,
) -> Iterator[tuple[Item, Result]]:
    """`Processes(jobs).map_unordered`."""
    return Processes(jobs).map_unordered(function, items, crashed=crashed)


def map_ordered(
    function: Callable[[Item], Result], items: Iterable[Item], *, jobs: int = 0, crashed: Callable[[Item], Result]
) -> Iterator[Result]:
    """`Processes(jobs).map_ordered`."""
    return Processes(jobs).map_ordered(function, items, crashed=crashed)
