import pytest

from pedcorpus.evaluation.judge import Aspect, doctors_agreement, judge_report, judged_pair
from pedcorpus.evaluation.votes import PairVerdict, pair_verdicts
from pedcorpus.records import Choice, Dimension
from tests.evaluation.judge.by_hand import pair
from tests.evaluation.votes_by_hand import handed_in, judged


def reported(*pairs, **told):
    return judge_report("judge", pairs, **{"pairs": len(pairs), "unusable": {}, "missing": 0, **told})


def test_wins_ties_and_losses_are_counted_with_their_intervals_and_test():
    report = reported(*[pair("1111", "2222")] * 6, pair("2222", "1111"), pair("1111", "1111"))
    result = report.aspects[Aspect.USEFULNESS]
    assert (result.pairs, result.win.pairs, result.tie.pairs, result.lose.pairs, result.flips) == (8, 6, 1, 1, 1)
    assert result.win.share.estimate == 0.75
    assert (result.win.share.low, result.win.share.high) == pytest.approx((0.3491, 0.9681), abs=1e-4)
    assert result.p == pytest.approx(0.125)
    assert report.overall.flips == 1


def test_position_bias_counts_every_single_preference():
    report = reported(pair("1111", "1111"), pair("1===", "2==="))
    assert (report.position.cases, report.position.of) == (9, 10)


def test_length_bias_counts_pairs_that_one_run_won():
    longer, shorter, level = ("long reply", "short"), ("short", "long reply"), ("aaaaa", "bbbbb")
    report = reported(*(pair("1111", "2222", replies=each) for each in (longer, longer, shorter, level)))
    assert (report.length.cases, report.length.of) == (2, 3)


def test_equal_replies_count_as_ties_and_without_bias():
    equal = judged_pair("q", ("水", "水"), {})
    report = reported(equal)
    assert (report.equal, report.overall.tie.pairs, report.position.of, report.length.share) == (1, 1, 0, None)


def test_what_could_not_be_used_is_told():
    report = reported(pair("1111", "2222"), pairs=3, unusable={"refused": 2}, missing=1)
    assert (report.pairs, report.judged, report.unusable, report.missing) == (3, 1, {"refused": 2}, 1)


def test_the_judge_is_held_against_the_majority_of_the_doctors():
    votes = [
        *judged("wang", "1", "aab"),
        *judged("li", "1", "aab"),
        *judged("wang", "2", "b=b"),
        *judged("wang", "3", "a=="),
    ]
    doctors = pair_verdicts(votes, handed_in("wang", "li"), run_a="A")
    found = [
        pair("1111", "2222", pair_id="1"), pair("1111", "2222", pair_id="2"), pair("====", "====", pair_id="9")
    ]  # fmt: skip
    overall, useful, correct = doctors_agreement(found, doctors)
    assert (overall.pairs, overall.agreed.estimate, overall.decided) == (2, 0.5, 2)
    assert (useful.judged_on, useful.doctors_on) == ("usefulness", "professionalism")
    assert (correct.agreed.estimate, correct.decided, correct.decided_agreed.estimate) == (0.5, 1, 1.0)
    assert correct.kappa == 0


def test_without_a_pair_in_common_there_is_no_agreement():
    assert doctors_agreement([pair("1111", "2222")], {}) == []


def test_doctors_who_did_not_hand_in_have_no_verdict():
    votes = judged("wang", "1", "abb")
    assert pair_verdicts(votes, {}, run_a="A") == {}
    said = {Dimension.PROFESSIONALISM: Choice.B, Dimension.FACTUALITY: Choice.A, Dimension.SAFETY: Choice.A}
    assert pair_verdicts(votes, handed_in("wang"), run_a="B") == {"1": PairVerdict(said, Choice.A)}
