from __future__ import annotations

from itertools import accumulate
from math import comb

import pytest
from scipy.stats import beta

from pedcorpus.review.sampling import bad_rows, chance_of_at_most, sample_size, upper_bound


def by_counting(defects: int, rows: int, bad: int, reviewed: int) -> float:
    ways = (comb(bad, found) * comb(rows - bad, reviewed - found) for found in range(defects + 1))
    return sum(ways) / comb(rows, reviewed)


@pytest.mark.parametrize(("defects", "bad", "reviewed"), [(0, 2, 10), (1, 2, 10), (1, 5, 25), (3, 4, 30)])
def test_the_chance_is_that_of_counting_all_samples(defects: int, bad: int, reviewed: int) -> None:
    found = chance_of_at_most(defects, rows=40, bad=bad, reviewed=reviewed)
    assert found == pytest.approx(by_counting(defects, 40, bad, reviewed), rel=1e-9)


@pytest.mark.parametrize(
    ("rows", "limit", "bad"),
    [
        (100, 0.07, 7),  # whose product is 7.000000000000001
        (150, 0.02, 3),
        (151, 0.02, 4),
        (10, 0.02, 1),  # a lot without a defect is the only one below the limit
    ],
)
def test_a_lot_reaches_the_limit_with_the_first_row_that_makes_its_share(rows: int, limit: float, bad: int) -> None:
    assert bad_rows(rows, limit) == bad


@pytest.mark.parametrize(
    ("defects", "size"),
    [(0, 59), (1, 93), (2, 124)],  # of an endless lot, as in published tables for 95 % confidence and 95 % reliability
)
def test_a_large_lot_asks_for_the_sizes_of_published_tables(defects: int, size: int) -> None:
    assert sample_size(10_000_000, limit=0.05, risk=0.05, defects=defects) == size


def test_a_small_lot_asks_for_fewer_rows_and_never_for_more_than_it_has() -> None:
    sizes = [sample_size(rows, limit=0.05, risk=0.05, defects=0) for rows in (5, 50, 500, 5000)]
    assert sizes == sorted(sizes)
    assert sizes[0] == 5
    assert sizes[1] < 50


def test_no_sample_shows_that_a_lot_has_fewer_defects_than_were_found() -> None:
    assert sample_size(40, limit=0.05, risk=0.05, defects=2) == 40


@pytest.mark.parametrize(("reviewed", "defects"), [(60, 0), (100, 3), (400, 11)])
def test_the_bound_of_a_large_lot_is_clopper_and_pearsons(reviewed: int, defects: int) -> None:
    exact = beta.ppf(0.95, defects + 1, reviewed - defects)
    assert upper_bound(5_000_000, reviewed=reviewed, defects=defects, risk=0.05) == pytest.approx(exact, rel=1e-3)


def test_the_bound_falls_with_every_row_found_right_and_ends_at_what_was_found() -> None:
    bounds = [upper_bound(30, reviewed=count, defects=0, risk=0.05) for count in range(31)]
    assert bounds[0] == 1
    assert bounds == list(accumulate(bounds, min))
    assert upper_bound(30, reviewed=30, defects=3, risk=0.05) == pytest.approx(0.1)


@pytest.mark.parametrize("rows", [60, 300, 2000])
def test_a_sample_is_large_enough_exactly_when_its_bound_is_below_the_limit(rows: int) -> None:
    size = sample_size(rows, limit=0.05, risk=0.05, defects=1)
    assert upper_bound(rows, reviewed=size, defects=1, risk=0.05) < bad_rows(rows, 0.05) / rows
    assert upper_bound(rows, reviewed=size - 1, defects=1, risk=0.05) >= bad_rows(rows, 0.05) / rows
