"""Where functions over items run: in this process, or in a pool of processes.

`map_unordered` gives results as they are done; the caller commits them one by one, so that an interrupted run
keeps what was finished. `map_ordered` gives them in the order of their items, for the parts of one whole.
Functions and items must be picklable when more than one process is used.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

__all__ = ["batches", "map_ordered", "map_unordered"]

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 2  # tasks queued for each process: enough to keep it busy, few enough to bound memory


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """`items` in lists of `size`, the last one shorter."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def map_unordered(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    jobs: int = 0,
    crashed: Callable[[Item], Result] | None = None,
) -> Iterator[tuple[Item, Result]]:
    """Each item with its result, as results come; `jobs` 0 takes one process for each processor.

    One job runs in this process. Items are drawn only a little ahead of the results. When an item ends
    its worker process, as a fault in a library may, `crashed` gives its result; without it the error is raised.
    """
    workers = jobs or os.cpu_count() or 1
    if workers <= 1:
        for item in items:
            yield item, function(item)
        return
    remaining = iter(items)
    suspects: list[Item] = []
    while True:
        with _pool(workers) as pool:
            suspects = yield from _collect(pool, function, remaining, ahead=workers * _AHEAD)
        if not suspects:
            return
        if crashed is None:
            raise BrokenProcessPool("a worker process ended on its own")
        # all that were under way are suspect; each is tried alone, so that only the guilty one is given up
        for item in suspects:
            yield item, _alone(function, item, crashed)


def map_ordered(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    jobs: int = 0,
    crashed: Callable[[Item], Result],
) -> Iterator[Result]:
    """The results of `items` in their order; `jobs` and `crashed` as above. No more than a few wait for a slow one."""
    workers = jobs or os.cpu_count() or 1
    if workers <= 1:
        yield from map(function, items)
        return
    remaining = iter(items)
    suspects: list[Item] = []
    while True:
        with _pool(workers) as pool:
            suspects = yield from _collect_in_order(pool, function, remaining, ahead=workers * _AHEAD)
        if not suspects:
            return
        for item in suspects:
            yield _alone(function, item, crashed)


def _alone(function: Callable[[Item], Result], item: Item, crashed: Callable[[Item], Result]) -> Result:
    with _pool(1) as pool:
        try:
            return pool.submit(function, item).result()
        except BrokenProcessPool:
            return crashed(item)


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    # spawn: forked children would inherit open database handles and locks
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts_to_parent) as pool:
        try:
            yield pool
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _collect(
    pool: ProcessPoolExecutor, function: Callable[[Item], Result], remaining: Iterator[Item], *, ahead: int
) -> Generator[tuple[Item, Result], None, list[Item]]:
    """Yields results; returns the items that were under way when the pool broke, none if it did not."""
    running: dict[Future[Result], Item] = {pool.submit(function, item): item for item in islice(remaining, ahead)}
    while running:
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            item = running.pop(future)
            try:
                result = future.result()
            except BrokenProcessPool:
                return [item, *running.values()]
            yield item, result
            for following in islice(remaining, 1):
                try:
                    running[pool.submit(function, following)] = following
                except BrokenProcessPool:
                    return [following, *running.values()]
    return []


def _collect_in_order(
    pool: ProcessPoolExecutor, function: Callable[[Item], Result], remaining: Iterator[Item], *, ahead: int
) -> Generator[Result, None, list[Item]]:
    """Yields results in order; returns the items that were under way when the pool broke, none if it did not."""
    running = deque((item, pool.submit(function, item)) for item in islice(remaining, ahead))
    while running:
        item, future = running.popleft()
        try:
            result = future.result()
        except BrokenProcessPool:
            return [item, *(waiting for waiting, _ in running)]
        for following in islice(remaining, 1):
            try:
                running.append((following, pool.submit(function, following)))
            except BrokenProcessPool:
                yield result
                return [*(waiting for waiting, _ in running), following]
        yield result
    return []
