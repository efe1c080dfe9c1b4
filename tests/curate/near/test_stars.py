import sys

import numpy as np
import pytest

from pedcorpus.curate.near import NearPairs, stars
from pedcorpus.curate.near.stars import Stars


def chain(count: int, *, alike: float = 0.9) -> tuple[NearPairs, np.ndarray]:
    """Things of which each is near its neighbours alone."""
    table = np.zeros((count, count))
    places = np.arange(count - 1)
    table[places, places + 1] = table[places + 1, places] = alike
    return NearPairs(places, places + 1, np.full(count - 1, alike)), table


def clustered(rank: list[int]) -> Stars:
    pairs, table = chain(len(rank))
    return stars(pairs, np.array(rank), lambda one, other: table[one, other])


@pytest.mark.parametrize(
    ("rank", "best"),
    [
        pytest.param([0, 1, 2], [0, 0, 2], id="the end is best: the other end is not near it"),
        pytest.param([1, 0, 2], [1, 1, 1], id="the middle is best"),
        pytest.param([2, 1, 0, 3], [0, 2, 2, 2], id="two in one chain"),
    ],
)
def test_members_are_near_the_best_of_their_cluster(rank: list[int], best: list[int]) -> None:
    assert clustered(rank).best.tolist() == best


def test_how_near_a_member_is_to_the_best_is_kept() -> None:
    assert clustered([1, 0, 2]).similarity.tolist() == [0.9, 1.0, 0.9]


def test_a_pair_that_was_not_proposed_is_found_in_its_set() -> None:
    pairs = NearPairs(np.array([0, 1]), np.array([1, 2]), np.array([0.9, 0.9]))
    found = stars(pairs, np.array([0, 1, 2]), lambda one, _: np.full(len(one), 0.85))
    assert found.best.tolist() == [0, 0, 0]


def test_a_chain_longer_than_the_rounds_is_cut_in_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    rank = list(range(40))
    in_rounds = clustered(rank)
    monkeypatch.setattr(sys.modules[Stars.__module__], "_ROUNDS", 3)
    assert clustered(rank).best.tolist() == in_rounds.best.tolist()


def test_nothing_near_leaves_everything_alone() -> None:
    nothing = NearPairs(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
    found = stars(nothing, np.array([0, 1]), lambda one, _: np.zeros(len(one)))
    assert found.best.tolist() == [0, 1]
