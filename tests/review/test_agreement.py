from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from pedcorpus.records import Verdict
from pedcorpus.review.agreement import Judgement, agreement_report, krippendorffs_alpha, reviewer_records
from tests.by_hand import NOON, decision

ACCEPT, REJECT, EDIT, DEFER = Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT, Verdict.DEFER


def said(instruction: str, reviewer: str, verdict: Verdict, task: str = "medkqa", **changes: Any) -> Judgement:
    return Judgement(task, decision(instruction, verdict, reviewer=reviewer, **changes))


@pytest.mark.parametrize(
    ("observers", "alpha"),
    [  # K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), examples A and C
        pytest.param(["0100000010", "1110010000"], 0.095, id="two observers, two values"),
        pytest.param(["123321412...", "1233224125.3", ".3332342251.", "12332441251."], 0.743, id="four"),
    ],
)
def test_alpha_is_that_of_krippendorffs_own_examples(observers: list[str], alpha: float) -> None:
    units = [Counter(value for value in unit if value != ".") for unit in zip(*observers, strict=False)]
    assert krippendorffs_alpha(units) == pytest.approx(alpha, abs=0.0006)


def test_nobody_agrees_where_no_instruction_was_decided_by_two() -> None:
    report = agreement_report([said("a", "wang", ACCEPT), said("b", "li", ACCEPT), said("a", "li", DEFER)])
    assert (report.whole, report.tasks, report.pairs) == (None, {}, {})


def test_one_value_in_all_is_agreement_without_an_alpha() -> None:
    report = agreement_report([said("a", "wang", ACCEPT), said("a", "li", ACCEPT)])
    assert report.whole is not None
    assert (report.whole.agreed, report.whole.alpha) == (1.0, None)


def test_agreement_is_told_by_task_and_by_pair() -> None:
    words = [said(name, who, ACCEPT) for name in "abc" for who in ("wang", "li")]
    words += [said("d", "wang", REJECT, "evidiag"), said("d", "zhao", ACCEPT, "evidiag")]
    report = agreement_report(words)
    assert {task: each.agreed for task, each in report.tasks.items()} == {"evidiag": 0.0, "medkqa": 1.0}
    assert {pair: each.instructions for pair, each in report.pairs.items()} == {("li", "wang"): 3, ("wang", "zhao"): 1}


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


def test_the_last_word_of_a_reviewer_counts() -> None:
    words = [said("a", "wang", REJECT), said("a", "li", ACCEPT), said("a", "wang", ACCEPT)]
    report = agreement_report(words)
    assert report.whole is not None
    assert (report.whole.judgements, report.whole.agreed) == (2, 1.0)


def test_a_reviewers_work_is_counted_and_timed() -> None:
    words = [
        said("a", "wang", ACCEPT, seconds=10),
        said("b", "wang", REJECT, seconds=20, at=NOON + timedelta(days=1)),
        said("c", "wang", EDIT, seconds=60),
        said("d", "wang", DEFER, seconds=500),
        said("a", "li", ACCEPT),
        said("b", "li", ACCEPT),
    ]
    li, wang = reviewer_records(words)
    assert (wang.decisions, wang.accepted, wang.rejected, wang.edited, wang.put_off) == (3, 1, 1, 1, 1)
    assert (wang.accept_rate, wang.median_seconds, wang.per_hour, wang.days) == (pytest.approx(1 / 3), 20, 120, 2)
    assert (wang.agreed, li.agreed) == (0.5, 0.5)
    assert (li.median_seconds, li.per_hour) == (None, None)


def test_a_reviewer_alone_has_no_agreement() -> None:
    (alone,) = reviewer_records([said("a", "wang", ACCEPT)])
    assert (alone.agreed, alone.alpha) == (None, None)
