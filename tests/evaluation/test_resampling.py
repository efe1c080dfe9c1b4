from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from pedcorpus.evaluation import Resampling
from pedcorpus.evaluation.samples import Means, Pooled, Sample, sample_of
from pedcorpus.evaluation.scores import Grams

DRAW = Resampling(resamples=1000)


def means(values: object) -> Means:
    return Means(np.asarray(values, float))


def grams(*texts: str) -> Pooled:
    return Pooled(
        [Grams(np.unique(np.frombuffer(text.encode(), np.uint8)).astype(np.uint64), len(text)) for text in texts]
    )


def test_the_interval_of_a_mean_is_the_normal_one_where_there_are_many() -> None:
    values = np.random.default_rng(1).normal(0.4, 0.1, 2000)
    (found,) = DRAW.intervals([means(values)])
    half = norm.ppf(0.975) * values.std() / np.sqrt(len(values))
    assert found.estimate == pytest.approx(values.mean())
    assert (found.low, found.high) == pytest.approx((values.mean() - half, values.mean() + half), abs=half / 5)


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    sample = means(np.random.default_rng(1).normal(size=50))
    again = Resampling(resamples=1000)
    assert DRAW.intervals([sample]) == again.intervals([sample]) != Resampling(1000, seed=1).intervals([sample])


def test_samples_of_different_sizes_are_drawn_each_by_its_own() -> None:
    small, large = means([0.1, 0.4, 0.2]), means(np.linspace(0, 1, 70))
    together = DRAW.intervals([small, large, small])
    assert together == [*DRAW.intervals([small]), *DRAW.intervals([large]), *DRAW.intervals([small])]


def test_where_nobody_or_everybody_is_right_the_interval_is_exact() -> None:
    none, everyone = DRAW.intervals([means([0.0] * 9), means([1.0] * 9)])
    assert (none.low, none.high) == pytest.approx((0, 1 - 0.025 ** (1 / 9)))
    assert (everyone.low, everyone.high) == pytest.approx((0.025 ** (1 / 9), 1))


def test_pooled_is_different_ngrams_over_all_of_the_replies_together() -> None:
    (found,) = DRAW.intervals([grams("abca", "abd")])
    assert found.estimate == pytest.approx(4 / 7)
    assert 0 <= found.low <= found.estimate <= found.high <= 1


def test_a_pooled_resample_counts_what_is_drawn_twice_twice() -> None:
    weights = np.array([[2.0, 0.0], [1.0, 1.0], [0.0, 2.0]])
    assert grams("abca", "abd").statistic(weights) == pytest.approx([3 / 8, 4 / 7, 3 / 6])


def test_pooled_replies_without_a_token_are_nothing() -> None:
    (found,) = DRAW.intervals([grams("", "")])
    assert (found.estimate, found.low, found.high) == (0, 0, 0)


def test_equal_replies_do_not_differ() -> None:
    same = means([0.1, 0.5, 0.9] * 5)
    (found,) = DRAW.differences([(same, same)])
    assert (found.interval.estimate, found.interval.low, found.interval.high, found.p) == (0, 0, 0, 1)


@pytest.mark.parametrize("first", [means([0.1] * 12), grams(*["aaaa"] * 12)], ids=["means", "pooled"])
def test_a_clear_difference_is_hardly_chance(first: Sample) -> None:
    better = means([0.6] * 12) if isinstance(first, Means) else grams(*("abcdefghijkl"[n] * 2 for n in range(12)))
    (found,) = DRAW.differences([(first, better)])
    assert found.interval.low > 0
    assert found.p < 0.01


def test_chance_is_that_of_all_exchanges_where_these_can_be_counted() -> None:
    rng = np.random.default_rng(3)
    first, second = rng.normal(0, 1, 8), rng.normal(0.5, 1, 8)
    signs = 1 - 2 * ((np.arange(256)[:, None] >> np.arange(8)) & 1)
    exact = np.mean(np.abs(signs @ (second - first)) >= abs((second - first).sum()) - 1e-12)
    (found,) = Resampling(resamples=4000).differences([(means(first), means(second))])
    assert found.p == pytest.approx(exact, abs=0.03)


def test_replies_that_do_not_differ_seldom_seem_to() -> None:
    """Under no difference p is below 0.05 in one trial of twenty."""
    rng = np.random.default_rng(5)
    pairs = [(means(rng.normal(size=20)), means(rng.normal(size=20))) for _ in range(200)]
    seeming = sum(each.p < 0.05 for each in Resampling(resamples=200).differences(pairs))
    assert 2 <= seeming <= 20


def test_numbers_and_grams_make_their_own_kind_of_sample() -> None:
    assert isinstance(sample_of([0.0, 1.0]), Means)
    assert isinstance(sample_of([Grams(np.zeros(0, np.uint64), 0)]), Pooled)
