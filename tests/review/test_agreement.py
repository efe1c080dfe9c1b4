from __future__ import annotations

from typing import Any

import pytest

from pedcorpus.records import Verdict
from pedcorpus.review.agreement import Judgement, agreement_report, blind_readings
from tests.by_hand import decision

ACCEPT, REJECT, EDIT, DEFER = Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT, Verdict.DEFER


def said(instruction: str, reviewer: str, verdict: Verdict, task: str = "medkqa", **changes: Any) -> Judgement:
    """What one of two blind readers said, unless told otherwise."""
    return Judgement(task, decision(instruction, verdict, **({"reviewer": reviewer, "readers": 2} | changes)))


def adjudged(instruction: str, verdict: Verdict, reviewer: str = "chen") -> Judgement:
    return said(instruction, reviewer, verdict, readers=1, role="adjudicator")


DISPUTED = [said("a", "wang", ACCEPT), said("a", "li", REJECT)]


def test_nobody_agrees_where_no_instruction_was_read_by_two() -> None:
    report = agreement_report([said("a", "wang", ACCEPT), said("b", "li", ACCEPT), said("a", "li", DEFER)])
    assert (report.whole, report.tasks, report.pairs) == (None, {}, {})


def test_one_value_in_all_is_agreement_without_an_alpha() -> None:
    report = agreement_report([said("a", "wang", ACCEPT), said("a", "li", ACCEPT)])
    assert report.whole is not None
    assert (report.whole.agreed, report.whole.alpha, report.whole.interval) == (1.0, None, None)


def test_agreement_is_told_by_task_and_by_pair() -> None:
    words = [said(name, who, ACCEPT) for name in "abc" for who in ("wang", "li")]
    words += [said("d", "wang", REJECT, "evidiag"), said("d", "zhao", ACCEPT, "evidiag")]
    report = agreement_report(words)
    assert {task: each.agreed for task, each in report.tasks.items()} == {"evidiag": 0.0, "medkqa": 1.0}
    assert {pair: each.instructions for pair, each in report.pairs.items()} == {("li", "wang"): 3, ("wang", "zhao"): 1}


def test_two_reviewers_have_a_kappa_of_their_own() -> None:
    words = [said(name, who, ACCEPT) for name in "abc" for who in ("wang", "li")]
    words += [said("d", "wang", REJECT), said("d", "li", REJECT)]
    report = agreement_report(words)
    assert report.pairs["li", "wang"].cohen == pytest.approx(1.0)
    assert report.whole is not None
    assert (report.whole.cohen, report.whole.fleiss) == (None, pytest.approx(1.0))


def test_fleiss_kappa_is_of_the_instructions_that_most_have_in_common() -> None:
    words = [said(name, who, ACCEPT if name == "a" else REJECT) for name in "ab" for who in ("wang", "li")]
    words += [said("c", who, ACCEPT if who == "li" else REJECT, readers=3) for who in ("wang", "li", "zhao")]
    report = agreement_report(words)
    assert report.whole is not None
    assert report.whole.fleiss == pytest.approx(1.0)
    assert report.whole.alpha < 1


def test_a_reason_counts_as_given_or_not() -> None:
    words = [
        said("a", "wang", REJECT, reason="wrong_fact"),
        said("a", "li", REJECT, reason="wrong_fact"),
        said("b", "wang", REJECT, reason="wrong_fact"),
        said("b", "li", REJECT, reason="unclear"),
    ]
    report = agreement_report(words)
    assert report.whole is not None
    assert report.whole.agreed == 1.0
    assert {reason: each.agreed for reason, each in report.reasons.items()} == {"unclear": 0.5, "wrong_fact": 0.5}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param([said("a", "wang", ACCEPT, readers=1)], [], id="read by one alone"),
        pytest.param([said("a", "wang", REJECT), said("a", "wang", ACCEPT)], ["wang accept"], id="thought again alone"),
        pytest.param([*DISPUTED, said("a", "wang", REJECT)], ["wang accept", "li reject"], id="came round later"),
        pytest.param([*DISPUTED, adjudged("a", REJECT)], ["wang accept", "li reject"], id="an adjudicator"),
        pytest.param([DISPUTED[0], adjudged("a", REJECT), DISPUTED[1]], ["wang accept"], id="read when all was told"),
        pytest.param(
            [said("a", "wang", EDIT, acceptance="calibration", readers=1), *DISPUTED[1:]],
            ["wang edit", "li reject"],
            id="calibration",
        ),
        pytest.param([said("a", "wang", DEFER)], [], id="put off"),
        pytest.param([said("a", "wang", ACCEPT, acceptance="accept-all")], [], id="in bulk"),
    ],
)
def test_only_what_was_said_blind_counts(words: list[Judgement], expected: list[str]) -> None:
    found = [each.decision for each in blind_readings(words)]
    assert [f"{each.reviewer} {each.verdict}" for each in found] == expected


def test_disputes_are_counted_by_how_they_ended() -> None:
    words = [said("waits", "wang", ACCEPT)]
    for name in ("open", "settled", "settled too", "came round"):
        words += [said(name, "wang", ACCEPT), said(name, "li", REJECT)]
    words += [adjudged("settled", ACCEPT), adjudged("settled too", EDIT, "sun"), said("came round", "li", ACCEPT)]
    words += [said("agreed", "wang", ACCEPT), said("agreed", "li", ACCEPT)]
    disputes = agreement_report(words).disputes
    assert (disputes.awaited, disputes.open, disputes.settled) == (1, 1, {"chen": 1, "sun": 1})
    assert disputes.came_round == 1
