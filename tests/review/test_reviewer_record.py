from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pedcorpus.records import CalibrationItem, Verdict
from pedcorpus.review.agreement import Judgement
from pedcorpus.review.reviewer_record import reviewer_records
from tests.by_hand import NOON, decision

ACCEPT, REJECT, EDIT, DEFER = Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT, Verdict.DEFER


def said(instruction: str, reviewer: str, verdict: Verdict, **changes: Any) -> Judgement:
    return Judgement("medkqa", decision(instruction, verdict, reviewer=reviewer, **changes))


def known(instruction: str, verdict: Verdict) -> CalibrationItem:
    return CalibrationItem(instruction=instruction, verdict=verdict, by="chen", at=NOON)


def test_a_reviewers_work_is_counted_and_timed() -> None:
    words = [
        said("a", "wang", ACCEPT, seconds=10),
        said("b", "wang", REJECT, seconds=20, at=NOON + timedelta(days=1)),
        said("c", "wang", EDIT, seconds=60),
        said("d", "wang", DEFER, seconds=500),
    ]
    (wang,) = reviewer_records(words)
    assert (wang.decisions, wang.accepted, wang.rejected, wang.edited, wang.put_off) == (3, 1, 1, 1, 1)
    assert (wang.accept_rate, wang.median_seconds, wang.per_hour, wang.days) == (pytest.approx(1 / 3), 20, 120, 2)


def test_agreement_is_with_those_who_read_the_same_blind() -> None:
    words = [said(name, "wang", ACCEPT, readers=2) for name in "ab"]
    words += [said("a", "li", ACCEPT, readers=2), said("b", "li", REJECT, readers=2)]
    li, wang = reviewer_records([*words, said("c", "li", REJECT), said("c", "wang", ACCEPT)])
    assert (wang.agreed, li.agreed) == (0.5, 0.5)
    assert wang.alpha == li.alpha is not None
    assert (li.median_seconds, li.per_hour) == (None, None)


def test_a_reviewer_alone_has_no_agreement() -> None:
    (alone,) = reviewer_records([said("a", "wang", ACCEPT, readers=2)])
    assert (alone.agreed, alone.alpha) == (None, None)


def test_calibration_answers_are_told_apart_from_decisions() -> None:
    words = [
        said("a", "wang", REJECT, acceptance="calibration"),
        said("b", "wang", ACCEPT, acceptance="calibration"),
        said("gone", "wang", ACCEPT, acceptance="calibration"),
        said("c", "wang", ACCEPT),
    ]
    (wang,) = reviewer_records(words, {"a": known("a", REJECT), "b": known("b", EDIT)})
    assert (wang.calibration_right, wang.calibration_answered, wang.decisions) == (1, 2, 1)


def test_disputes_settled_are_among_the_decisions() -> None:
    (chen,) = reviewer_records([said("a", "chen", ACCEPT, role="adjudicator"), said("b", "chen", ACCEPT)])
    assert (chen.decisions, chen.adjudicated) == (2, 1)
