"""Functions over items in this process, or in a pool of processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from pedcorpus.engine.engine import Engine, Item, Result
from pedcorpus.errors import WorkerLost

__all__ = ["Processes"]

_AHEAD = 2  # tasks queued for each process: enough to keep it busy, few enough to bound memory


@dataclass(frozen=True)
class Processes:
    """So many processes of this machine, 0 one for each processor; a single one is this process."""

    jobs: int = 0

    @property
    def jobs_here(self) -> int:
        return self.jobs

    @property
    def is_elsewhere(self) -> bool:
        return False

    def for_little(self) -> Engine:
        return Processes(1)

    def map_unordered(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        *,
        crashed: Callable[[Item], Result] | None = None,
    ) -> Iterator[tuple[Item, Result]]:
        if self._workers() == 1:
            for item in items:
                yield item, function(item)
            return
        remaining = iter(items)
        suspects: list[Item] = []
        while True:
            with _pool(self._workers()) as pool:
                suspects = yield from _collect(pool, function, remaining, ahead=self._workers() * _AHEAD)
            if not suspects:
                return
            yield from _one_by_one(function, suspects, crashed)

    def map_ordered(
        self, function: Callable[[Item], Result], items: Iterable[Item], *, crashed: Callable[[Item], Result]
    ) -> Iterator[Result]:
        if self._workers() == 1:
            yield from map(function, items)
            return
        remaining = iter(items)
        suspects: list[Item] = []
        while True:
            with _pool(self._workers()) as pool:
                suspects = yield from _collect_in_order(pool, function, remaining, ahead=self._workers() * _AHEAD)
            if not suspects:
                return
            yield from (result for _, result in _one_by_one(function, suspects, crashed))

    def _workers(self) -> int:
        return self.jobs or os.cpu_count() or 1


def _one_by_one(
    function: Callable[[Item], Result], suspects: Iterable[Item], crashed: Callable[[Item], Result] | None
) -> Iterator[tuple[Item, Result]]:
    """All that were under way are suspect; each is tried alone, so that only the guilty one is given up.

    One process tries them until one of them ends it.
    """
    waiting = deque(suspects)
    while waiting:
        with _pool(1) as pool:
            lost = yield from _until_lost(pool, function, waiting)
        if lost is not None:
            if crashed is None:
                raise WorkerLost("a worker process") from lost
            guilty = waiting.popleft()
            yield guilty, crashed(guilty)


def _until_lost(
    pool: ProcessPoolExecutor, function: Callable[[Item], Result], waiting: deque[Item]
) -> Generator[tuple[Item, Result], None, BrokenProcessPool | None]:
    """Yields and takes away the first of `waiting`, one after another; returns why the one that is now first failed."""
    while waiting:
        try:
            result = pool.submit(function, waiting[0]).result()
        except BrokenProcessPool as error:
            return error
        yield waiting.popleft(), result
    return None


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
