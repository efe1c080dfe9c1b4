from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from pedcorpus.alpha import krippendorffs_alpha
from pedcorpus.review.coefficients import alpha_interval, cohens_kappa, fleiss_kappa


def units(*words: str) -> list[Counter[str]]:
    """Each word is one instruction, each letter what one reviewer said of it."""
    return [Counter(word) for word in words]


def test_fleiss_kappa_is_that_of_the_worked_example() -> None:
    """Ten subjects, fourteen raters, five categories; the table of Wikipedia's article on Fleiss' kappa: 0.210."""
    table = (
        (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
        (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
    )  # fmt: skip
    counts = [dict(enumerate(row)) for row in table]
    assert fleiss_kappa(counts) == pytest.approx(0.210, abs=0.0005)


def test_cohens_kappa_is_that_of_the_worked_example() -> None:
    """Fifty proposals, two readers; the table of Wikipedia's article on Cohen's kappa: 0.40."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert cohens_kappa(pairs) == pytest.approx(0.4)


@pytest.mark.parametrize("coefficient", [fleiss_kappa, alpha_interval])
def test_one_value_in_all_says_nothing_of_chance(coefficient) -> None:
    assert coefficient(units("aa", "aa")) is None


def test_two_reviewers_who_always_say_one_thing_have_no_kappa() -> None:
    assert cohens_kappa([("a", "a"), ("a", "a")]) is None


def test_the_bounds_hold_alpha_between_them_and_are_the_same_every_time() -> None:
    counts = units(*["aa"] * 40, *["bb"] * 20, *["ab"] * 8)
    alpha, (low, high) = krippendorffs_alpha(counts), alpha_interval(counts)
    assert low < alpha < high
    assert alpha_interval(counts[::-1]) == (low, high)


def test_few_instructions_have_wide_bounds() -> None:
    few, many = units(*["aa"] * 4, *["bb"] * 4, "ab"), units(*["aa"] * 400, *["bb"] * 400, *["ab"] * 100)
    widths = [high - low for low, high in (alpha_interval(few), alpha_interval(many))]
    assert widths[0] > 5 * widths[1]


@pytest.mark.parametrize("counts", [units("ab"), units("aa", "aa", "ab")[:1]], ids=["a dispute", "one"])
def test_a_single_instruction_has_no_bounds(counts) -> None:
    assert alpha_interval(counts) is None


def test_the_bounds_are_those_of_alpha_worked_out_for_each_draw() -> None:
    """The short form that draws thousands at once against the library, draw by draw."""
    counts = units("aa", "aa", "ab", "bb", "abb", "aab", "bb", "cc", "ac", "aa", "bb", "cc")
    random = Random(7)
    drawn = sorted(krippendorffs_alpha([random.choice(counts) for _ in counts]) or 0.0 for _ in range(1500))
    low, high = alpha_interval(counts)
    assert low == pytest.approx(drawn[37], abs=0.06)
    assert high == pytest.approx(drawn[-38], abs=0.06)
