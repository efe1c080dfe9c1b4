"""Functions over items on Ray Data: on this machine, or on a cluster.

Ray Data plans a data set before it runs it and so cannot draw from a stream that goes on in this process; items
are handed to it a window at a time, one item a block, and results stream back as they are done. A task whose worker
is lost runs again on another; a result comes once all the same, for each carries the number of its item.
"""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any, Generic

import pyarrow as pa

from pedcorpus.engine.engine import Engine, Item, Result
from pedcorpus.engine.ray_cluster import connect, workers_of
from pedcorpus.errors import WorkerLost

__all__ = ["RayData"]

_AHEAD = 32
"""Items of a window for each worker: enough that few workers idle at its end, few enough to bound memory."""
_WINDOW_BYTES = 32 << 20
"""A window ends early where its items have more than this for each worker."""


_RETRIES = 2
"""Times that an item is run again after its worker was lost; Ray Data itself would try for ever."""


@dataclass(frozen=True)
class RayData:
    """Ray with `jobs` workers on this machine, 0 one for each processor; or with all of the cluster at `address`."""

    address: str = ""
    jobs: int = 0

    @property
    def jobs_here(self) -> int:
        return 1

    @property
    def is_elsewhere(self) -> bool:
        return bool(self.address)

    def for_little(self) -> Engine:
        return self  # who asks for Ray is not given something else

    def map_unordered(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        *,
        crashed: Callable[[Item], Result] | None = None,
    ) -> Iterator[tuple[Item, Result]]:
        for window in self._windows(function, items):
            for index, result in window.results(crashed):
                yield window.items[index], result

    def map_ordered(
        self, function: Callable[[Item], Result], items: Iterable[Item], *, crashed: Callable[[Item], Result]
    ) -> Iterator[Result]:
        for window in self._windows(function, items):
            early: dict[int, Result] = {}
            awaited = count()
            following = next(awaited)
            for index, result in window.results(crashed):
                early[index] = result
                while following in early:
                    yield early.pop(following)
                    following = next(awaited)

    def _windows(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[_Window[Item, Result]]:
        remaining = iter(items)
        for first in remaining:  # without an item Ray need not start
            ray = connect(self.address, self.jobs)
            workers = workers_of(ray)
            window = _Window[Item, Result](ray, pickle.dumps(function))
            window.add(first)
            while len(window.items) < workers * _AHEAD and window.size < workers * _WINDOW_BYTES:
                try:
                    window.add(next(remaining))
                except StopIteration:
                    break
            yield window


class _Window(Generic[Item, Result]):
    """Some items, pickled, that run as one data set."""

    def __init__(self, ray: Any, function: bytes) -> None:  # ray is untyped
        self.items: list[Item] = []
        self.size = 0
        self._ray = ray
        self._function = function
        self._pickled: list[bytes] = []

    def add(self, item: Item) -> None:
        self.items.append(item)
        self._pickled.append(pickle.dumps(item))
        self.size += len(self._pickled[-1])

    def results(self, crashed: Callable[[Item], Result] | None) -> Iterator[tuple[int, Result]]:
        """The number of each item with its result, as they are done."""
        left = dict.fromkeys(range(len(self.items)))
        with suppress(self._ray.exceptions.RayError):
            yield from self._run(left)
        # all that were under way are suspect; each is tried alone, so that only the guilty one is given up
        for index in list(left):
            yield index, self._alone(index, crashed)

    def _alone(self, index: int, crashed: Callable[[Item], Result] | None) -> Result:
        try:
            ((_, result),) = self._run({index: None})
        except self._ray.exceptions.RayError as error:
            if crashed is None or not _is_crash(self._ray, error):
                raise WorkerLost("a worker of Ray") from error
            return crashed(self.items[index])
        return result

    def _run(self, wanted: dict[int, None]) -> Iterator[tuple[int, Result]]:
        """Runs what is `wanted`, and takes from it what is done."""
        blocks = [_block(index, self._pickled[index]) for index in wanted]
        with warnings.catch_warnings():
            # no other argument limits the retries; what is to replace it in 2.64 is not there yet
            warnings.filterwarnings("ignore", message=".*ray_remote_args")
            data = self._ray.data.from_arrow(blocks).map_batches(
                _outcomes,
                fn_kwargs={"function": self._function},
                batch_size=None,
                batch_format="pyarrow",
                max_retries=_RETRIES,
            )
        for done in data.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
            for index, outcome in zip(done["index"].to_pylist(), done["outcome"].to_pylist(), strict=True):
                result = pickle.loads(outcome)
                if isinstance(result, _Raised):
                    raise result.error
                if index in wanted:  # a task that ran again may give its result again
                    del wanted[index]
                    yield index, result


@dataclass(frozen=True)
class _Raised:
    """What a function raised, on its way back as a value: it is the caller's, and no reason to try again."""

    error: Exception


def _block(index: int, item: bytes) -> Any:  # pyarrow is untyped
    return pa.table({"index": pa.array([index], pa.int64()), "item": pa.array([item], pa.large_binary())})


def _outcomes(batch: Any, *, function: bytes) -> Any:  # pyarrow is untyped
    """The outcome of each item of `batch`, in whatever process Ray chose."""
    call = pickle.loads(function)
    outcomes = [_outcome(call, item) for item in batch["item"].to_pylist()]
    return pa.table({"index": batch["index"], "outcome": pa.array(outcomes, pa.large_binary())})


def _outcome(call: Callable[[Any], Any], item: bytes) -> bytes:
    try:
        return pickle.dumps(call(pickle.loads(item)))
    except Exception as error:  # noqa: BLE001 - it is raised where the function was mapped
        return _pickled_error(error)


def _pickled_error(error: Exception) -> bytes:
    try:
        pickled = pickle.dumps(_Raised(error))
        pickle.loads(pickled)
    except Exception:  # noqa: BLE001 - an exception may refuse in any way
        return pickle.dumps(_Raised(RuntimeError(f"{type(error).__name__}: {error}")))
    return pickled


def _is_crash(ray: Any, error: Exception) -> bool:
    """Did the item end its worker, and not the cluster itself end?"""
    kinds = (ray.exceptions.WorkerCrashedError, ray.exceptions.OutOfMemoryError)
    return isinstance(error, kinds) or isinstance(error.__cause__, kinds)
