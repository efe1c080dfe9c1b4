import itertools
import os
import signal

import pytest

from pedcorpus.engine import Processes, batches
from pedcorpus.errors import WorkerLost


def square(number: int) -> int:
    return number * number


def process_id(_: int) -> int:
    return os.getpid()


def fail(number: int) -> int:
    raise ValueError(str(number))


def test_batches_hold_all_items_in_order() -> None:
    assert list(batches(range(5), 2)) == [[0, 1], [2, 3], [4]]


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_item_comes_back_with_its_result(jobs: int) -> None:
    assert sorted(Processes(jobs).map_unordered(square, list(range(9)))) == [(n, n * n) for n in range(9)]


def test_one_job_stays_in_this_process() -> None:
    assert list(Processes(1).map_unordered(process_id, [1])) == [(1, os.getpid())]


def test_items_are_drawn_only_a_little_ahead() -> None:
    endless = itertools.count()
    results = Processes(2).map_unordered(square, endless)
    next(results)
    results.close()
    assert next(endless) < 10


def test_an_error_in_a_worker_reaches_the_caller() -> None:
    with pytest.raises(ValueError, match=r"^[01]$"):
        list(Processes(2).map_unordered(fail, [0, 1]))


def die_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_an_item_that_ends_its_process_costs_no_other() -> None:
    results = dict(Processes(2).map_unordered(die_at_three, list(range(8)), crashed=lambda item: -item))
    assert results == {number: -3 if number == 3 else number for number in range(8)}


def test_a_crash_nobody_asked_about_is_an_error() -> None:
    with pytest.raises(WorkerLost):
        list(Processes(2).map_unordered(die_at_three, list(range(8))))


@pytest.mark.parametrize("jobs", [1, 2])
def test_parts_of_one_whole_come_in_their_order(jobs: int) -> None:
    assert list(Processes(jobs).map_ordered(square, range(9), crashed=square)) == [n * n for n in range(9)]


def test_a_part_that_ends_its_process_costs_no_other_and_keeps_its_place() -> None:
    results = list(Processes(2).map_ordered(die_at_three, range(20), crashed=lambda item: -item))
    assert results == [-3 if number == 3 else number for number in range(20)]
