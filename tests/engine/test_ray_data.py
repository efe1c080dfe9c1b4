"""What every engine promises holds on Ray Data; each test starts from the Ray that the first has started."""

import itertools
import os
import signal
import sys
import time
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from pedcorpus.engine import RayData, ray_data
from pedcorpus.engine import ray_cluster as cluster
from pedcorpus.errors import ExitCode, MissingExtra, UsageError, WorkerLost

ENGINE = RayData(jobs=2)


def needs_ray(test: Any) -> Any:
    skip = pytest.mark.skipif(find_spec("ray") is None, reason="the [ray] extra is not installed")
    return pytest.mark.ray(skip(test))


def square(number: int) -> int:
    return number * number


def slow_if_even(number: int) -> int:
    time.sleep(0 if number % 2 else 0.3)
    return number


def fail(number: int) -> int:
    raise ValueError(str(number))


class Unpicklable(Exception):
    def __init__(self, what: str, where: str) -> None:
        super().__init__(what + where)


def fail_oddly(number: int) -> int:
    raise Unpicklable("no", f"where {number}")


def die_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(folder: Path, number: int) -> int:
    mark = folder / str(number)
    if number in (1, 4) and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.fixture
def one_retry(monkeypatch: pytest.MonkeyPatch) -> None:
    """An item is run again once, not twice: a worker takes seconds to start."""
    monkeypatch.setattr(ray_data, "_RETRIES", 1)


def test_without_items_ray_does_not_start() -> None:
    assert list(RayData("nowhere:1").map_unordered(square, [])) == []


@needs_ray
def test_every_item_comes_back_with_its_result() -> None:
    assert sorted(ENGINE.map_unordered(square, range(9))) == [(n, n * n) for n in range(9)]


@needs_ray
def test_parts_of_one_whole_come_in_their_order() -> None:
    assert list(ENGINE.map_ordered(slow_if_even, range(6), crashed=square)) == list(range(6))


@needs_ray
def test_items_are_drawn_a_window_at_a_time() -> None:
    endless = itertools.count()
    results = ENGINE.map_unordered(square, endless)
    next(results)
    results.close()
    assert next(endless) < 100


@needs_ray
def test_an_error_in_a_worker_reaches_the_caller() -> None:
    with pytest.raises(ValueError, match=r"^[01]$"):
        list(ENGINE.map_unordered(fail, [0, 1]))


@needs_ray
def test_an_error_that_cannot_travel_is_told_in_words() -> None:
    with pytest.raises(RuntimeError, match="Unpicklable: nowhere 7"):
        list(ENGINE.map_unordered(fail_oddly, [7]))


@needs_ray
def test_an_item_whose_worker_is_lost_runs_again_and_comes_once(tmp_path: Path) -> None:
    results = list(ENGINE.map_unordered(partial(die_once, tmp_path), range(6)))
    assert sorted(results) == [(n, n) for n in range(6)]
    assert {mark.name for mark in tmp_path.iterdir()} == {"1", "4"}


@needs_ray
@pytest.mark.usefixtures("one_retry")
def test_an_item_that_ends_every_worker_costs_no_other_and_keeps_its_place() -> None:
    results = list(ENGINE.map_ordered(die_at_three, range(5), crashed=lambda item: -item))
    assert results == [0, 1, 2, -3, 4]


@needs_ray
@pytest.mark.usefixtures("one_retry")
def test_a_crash_nobody_asked_about_is_an_error() -> None:
    with pytest.raises(WorkerLost, match="run the command again"):
        list(ENGINE.map_unordered(die_at_three, [3]))


def test_without_ray_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtra, match=r"pip install 'pedcorpus\[ray\]'"):
        list(ENGINE.map_unordered(square, [1]))


@pytest.mark.parametrize("address", ["127.0.0.1:1", "ray://127.0.0.1:10001", "nonsense"])
@needs_ray
def test_an_address_that_does_not_answer_is_wrong_usage(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="no Ray cluster answers at") as raised:
        cluster.connect(address, 1)
    assert raised.value.exit_code is ExitCode.WRONG_USAGE
