import numpy as np
import pytest

from pedcorpus.training.drawing import apportioned, draw_keys, drawn, greatest_total, repeated


def test_keys_all_differ_and_hang_on_the_seed():
    rows = np.arange(10_000)
    keys = draw_keys(rows, 42)
    assert len(np.unique(keys)) == 10_000
    assert draw_keys(rows, 42).tolist() == keys.tolist() != draw_keys(rows, 43).tolist()


def test_the_keys_of_a_seed_never_change():
    assert draw_keys(np.arange(2), 0).tolist() == [9669442505924063346, 12855374104877926600]


def test_rows_that_are_drawn_keep_their_order_and_more_of_them_are_drawn_besides():
    rows = np.arange(100)
    few, more = drawn(rows, 10, 1), drawn(rows, 30, 1)
    assert (len(few), len(more)) == (10, 30)
    assert few.tolist() == sorted(few.tolist())
    assert set(few.tolist()) < set(more.tolist())


def test_a_row_that_stands_twice_is_drawn_once_before_any_is_twice():
    assert drawn(np.array([0, 0, 1, 1, 2, 2]), 3, 7).tolist() == [0, 1, 2]
    assert len(set(drawn(np.array([0, 0, 1, 1, 2, 2]), 4, 7).tolist())) == 3


@pytest.mark.parametrize(("times", "count"), [(0, 0), (0.25, 3), (1, 10), (2.5, 25), (3, 30)])
def test_rows_are_repeated_an_exact_number_of_times(times, count):
    rows = repeated(np.arange(10), times, 3)
    assert len(rows) == count
    assert set(np.bincount(rows, minlength=10).tolist()) <= {int(times), int(times) + 1}


def test_shares_are_whole_numbers_that_add_up():
    shares = {"a": 1 / 3, "b": 1 / 3, "c": 1 / 3}
    assert apportioned(10, shares) == {"a": 4, "b": 3, "c": 3}
    assert apportioned(3, {"a": 0.7, "b": 0.3, "c": 0.0}) == {"a": 2, "b": 1, "c": 0}


def test_no_part_gives_more_than_it_has():
    known, shares = {"a": 30, "b": 100}, {"a": 0.6, "b": 0.4}
    assert greatest_total(known, shares) == 50
    assert apportioned(50, shares) == {"a": 30, "b": 20}
