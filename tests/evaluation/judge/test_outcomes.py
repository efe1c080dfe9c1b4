import pytest

from pedcorpus.evaluation.judge import Aspect, Judgement, judged_pair
from pedcorpus.records import Choice
from tests.evaluation.judge.by_hand import judgement, pair


@pytest.mark.parametrize(
    ("first", "second", "choice", "is_flip"),
    [
        ("1", "2", Choice.A, False),
        ("2", "1", Choice.B, False),
        ("1", "1", Choice.TIE, True),
        ("2", "2", Choice.TIE, True),
        ("1", "=", Choice.TIE, False),
        ("=", "=", Choice.TIE, False),
    ],
)
def test_a_run_wins_only_where_both_orders_prefer_it(first, second, choice, is_flip):
    outcome = pair(first * 4, second * 4).outcomes[Aspect.CORRECTNESS]
    assert (outcome.choice, outcome.is_flip) == (choice, is_flip)


@pytest.mark.parametrize(
    ("first", "second", "overall"),
    [
        ("11==", "22==", Choice.A),
        ("12==", "21==", Choice.TIE),
        ("122=", "211=", Choice.B),
        ("====", "====", Choice.TIE),
    ],
)
def test_over_all_wins_who_wins_more_aspects(first, second, overall):
    assert pair(first, second).overall is overall


def test_a_pair_without_a_usable_judgement_of_an_order_is_not_counted():
    fault = Judgement(asked="x", pair="q", order="ba", judge="judge", prompt=1, fault="refused", raw="no")
    said = judgement("1111")
    assert judged_pair("q", ("a", "b"), {"ab": said}) is None
    assert judged_pair("q", ("a", "b"), {"ab": said, "ba": fault}) is None


def test_equal_replies_are_a_tie_that_needs_no_judge():
    found = judged_pair("q", ("多喝水。", "多喝水。\n"), {})
    assert (found.overall, found.said) == (Choice.TIE, ())


def test_a_judgement_says_something_or_why_not():
    with pytest.raises(ValueError, match="verdicts or a fault, and not both"):
        Judgement(asked="x", pair="q", order="ab", judge="judge", prompt=1)
