from __future__ import annotations

from collections import Counter

import pytest

from pedcorpus.alpha import krippendorffs_alpha, values_given


@pytest.mark.parametrize(
    ("observers", "alpha"),
    [  # K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), examples A and C
        pytest.param(["0100000010", "1110010000"], 0.095, id="two observers, two values"),
        pytest.param(["123321412...", "1233224125.3", ".3332342251.", "12332441251."], 0.743, id="four"),
    ],
)
def test_alpha_is_that_of_krippendorffs_own_examples(observers: list[str], alpha: float) -> None:
    counts = [Counter(value for value in unit if value != ".") for unit in zip(*observers, strict=False)]
    assert krippendorffs_alpha(counts) == pytest.approx(alpha, abs=0.0006)


@pytest.mark.parametrize(
    "counts", [[], [Counter("aa"), Counter("aa")], [{"a": 2, "b": 0}]], ids=["none", "one", "unsaid"]
)
def test_one_value_in_all_says_nothing_of_chance(counts) -> None:
    assert krippendorffs_alpha(counts) is None


def test_values_stand_in_an_order_of_their_own() -> None:
    assert values_given([{"tie": 1}, {"b": 1, "none": 0}, {"a": 2}]) == ["a", "b", "tie"]
