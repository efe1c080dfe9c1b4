from __future__ import annotations

import pytest

from pedcorpus.evaluation import VotesReport, majority, votes_report
from pedcorpus.records import Choice, Dimension, HandIn, Vote
from tests.evaluation.votes_by_hand import CHOICES, handed_in, judged


def report(
    votes: list[list[Vote]], hand_ins: dict[str, HandIn] | None = None, *, run_a: str = "A", everybody: bool = False
) -> VotesReport:
    hand_ins = handed_in("wang", "li", "zhao") if hand_ins is None else hand_ins
    flat = [vote for each in votes for vote in each]
    other = {"A": "B", "B": "A"}[run_a]
    return votes_report(flat, hand_ins, run_a=run_a, run_b=other, pairs=3, everybody=everybody)


def outcome(made: VotesReport, dimension: Dimension | None = None) -> tuple[int, int, int, int]:
    result = made.dimensions[dimension] if dimension else made.overall
    return result.win.pairs, result.tie.pairs, result.lose.pairs, result.split


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("a", Choice.A, id="one doctor decides alone"),
        pytest.param("aab", Choice.A, id="two of three"),
        pytest.param("ab", None, id="two who differ"),
        pytest.param("a=", None, id="half is not more than half"),
        pytest.param("a=b", None, id="three ways"),
        pytest.param("==b", Choice.TIE, id="most say tie"),
        pytest.param("aab=", None, id="the most of four, yet only half"),
        pytest.param("aaab", Choice.A, id="three of four"),
    ],
)
def test_a_majority_is_more_than_half(said: str, expected: Choice | None) -> None:
    assert majority(CHOICES[each] for each in said) is expected


def test_a_pair_goes_to_the_majority_in_each_dimension() -> None:
    made = report([judged("wang", "1", "ab="), judged("li", "1", "ab="), judged("zhao", "1", "aab")])
    assert [outcome(made, dimension) for dimension in Dimension] == [(1, 0, 0, 0), (0, 0, 1, 0), (0, 1, 0, 0)]


def test_a_pair_without_a_majority_is_a_tie_and_counted_as_split() -> None:
    made = report(
        [judged("wang", "1", "aaa"), judged("li", "1", "bbb"), judged("wang", "2", "==="), judged("li", "2", "===")]
    )
    assert outcome(made, Dimension.SAFETY) == (0, 2, 0, 1)


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        pytest.param("aa=", (1, 0, 0, 0), id="ahead in two"),
        pytest.param("a==", (1, 0, 0, 0), id="ahead in one, behind in none"),
        pytest.param("ab=", (0, 1, 0, 1), id="as many each"),
        pytest.param("===", (0, 1, 0, 0), id="level in all"),
        pytest.param("abb", (0, 0, 1, 0), id="behind in two"),
    ],
)
def test_a_pair_over_all_goes_to_the_run_ahead_in_more_dimensions(choices: str, expected: tuple[int, ...]) -> None:
    assert outcome(report([judged("wang", "1", choices)])) == expected


def test_wins_are_those_of_the_run_that_is_asked_for_first() -> None:
    votes = [judged("wang", "1", "aaa"), judged("wang", "2", "bbb"), judged("wang", "3", "aaa")]
    assert (outcome(report(votes)), outcome(report(votes, run_a="B"))) == ((2, 0, 1, 0), (1, 0, 2, 0))


def test_only_sessions_handed_in_count_unless_all_are_asked_for() -> None:
    votes = [judged("wang", "1", "aaa"), judged("li", "1", "bbb"), judged("li", "2", "bbb")]
    handed = report(votes, handed_in("wang"))
    assert (outcome(handed), handed.judged) == ((1, 0, 0, 0), 1)
    assert outcome(report(votes, handed_in("wang"), everybody=True)) == (0, 1, 1, 0)
    assert [(voter.voter, voter.handed_in, voter.counted) for voter in handed.voters] == [
        ("li", False, False),
        ("wang", True, True),
    ]


def test_a_pair_judged_in_part_counts_nowhere_and_is_told() -> None:
    made = report([judged("wang", "1", "aa"), judged("wang", "2", "aaa")], handed_in("wang"))
    assert outcome(made, Dimension.PROFESSIONALISM) == (1, 0, 0, 0)
    assert [(voter.judged, voter.begun, voter.pairs) for voter in made.voters] == [(1, 1, 3)]


def test_intervals_are_those_of_clopper_and_pearson() -> None:
    votes = [judged("wang", str(number), "aaa" if number < 8 else "bbb") for number in range(10)]
    share = report(votes).overall.win.share
    assert share is not None
    assert (share.estimate, round(share.low, 4), round(share.high, 4)) == (
        0.8,
        0.4439,
        0.9748,
    )


def test_the_sign_test_leaves_ties_out() -> None:
    votes = [judged("wang", str(number), "aaa") for number in range(6)] + [judged("wang", "t", "===")]
    assert report(votes).overall.p == pytest.approx(2 * 0.5**6)


def test_without_votes_there_is_a_report_without_shares() -> None:
    made = report([], {})
    assert (made.judged, made.overall.win.share, made.overall.p, made.position.share) == (0, None, None, None)


def test_agreement_is_over_the_pairs_that_two_doctors_judged() -> None:
    votes = [
        *(judged("wang", pair, choices) for pair, choices in (("1", "aaa"), ("2", "bbb"), ("3", "aaa"))),
        *(judged("li", pair, choices) for pair, choices in (("1", "aaa"), ("2", "bbb"))),
    ]
    agreement = report(votes).overall.agreement
    assert agreement is not None
    assert (agreement.pairs, agreement.agreed, agreement.alpha) == (6, 1.0, 1.0)
    assert report(votes[:3]).overall.agreement is None


def test_agreement_where_everybody_says_the_same_has_no_alpha() -> None:
    agreement = report([judged("wang", "1", "aaa"), judged("li", "1", "aaa")]).overall.agreement
    assert agreement is not None
    assert (agreement.agreed, agreement.alpha) == (1.0, None)


def test_alpha_is_krippendorffs() -> None:
    said = ("a=", "aa", "ab", "bb", "==", "ab")
    votes = [
        judged(voter, str(n), each * 3)
        for n, both in enumerate(said)
        for voter, each in zip(("wang", "li"), both, strict=True)
    ]
    agreement = report(votes).dimensions[Dimension.SAFETY].agreement
    assert agreement is not None
    # by hand: values a 5, b 4, = 3 of 12; pairs that differ 3 of 6; expected 1 - (5*4 + 4*3 + 3*2) / (12*11) = 94/132
    assert agreement.alpha == pytest.approx(1 - (3 / 6) / (94 / 132))


def test_position_bias_is_how_often_the_first_answer_was_ahead() -> None:
    votes = [
        judged("wang", "1", "aaa", left="a"),
        judged("wang", "2", "bb=", left="b"),
        judged("wang", "3", "aab", left="b"),
        judged("wang", "4", "ab=", left="a"),
    ]
    whole = report(votes, handed_in("wang"))
    made = whole.position
    assert (made.first, made.level, made.second) == (2, 1, 1)
    assert whole.voters[0].position == made


def test_the_time_of_a_pair_is_that_of_its_last_vote() -> None:
    votes = [judged("wang", "1", "aaa", seconds=10), judged("wang", "2", "aaa", seconds=30)]
    assert report(votes, handed_in("wang")).voters[0].median_seconds == 20
    assert report([judged("wang", "1", "aaa", seconds=None)], handed_in("wang")).voters[0].median_seconds is None


def test_doctors_per_pair_are_counted() -> None:
    votes = [judged("wang", "1", "aaa"), judged("li", "1", "aaa"), judged("wang", "2", "aaa")]
    assert report(votes).doctors_per_pair == {1: 1, 2: 1}
