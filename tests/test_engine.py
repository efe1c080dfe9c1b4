import itertools
import os

import pytest

from pedcorpus.engine import batches, map_unordered


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
    assert sorted(map_unordered(square, list(range(9)), jobs=jobs)) == [(n, n * n) for n in range(9)]


def test_one_job_stays_in_this_process() -> None:
    assert list(map_unordered(process_id, [1], jobs=1)) == [(1, os.getpid())]


def test_items_are_drawn_only_a_little_ahead() -> None:
    endless = itertools.count()
    results = map_unordered(square, endless, jobs=2)
    next(results)
    results.close()
    assert next(endless) < 10


def test_an_error_in_a_worker_reaches_the_caller() -> None:
    with pytest.raises(ValueError, match=r"^[01]$"):
        list(map_unordered(fail, [0, 1], jobs=2))
