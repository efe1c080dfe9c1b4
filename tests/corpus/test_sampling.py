from __future__ import annotations

from typing import Any

import pytest

from pedcorpus.corpus import (
    Corpus,
    StratumRow,
    add_decisions,
    add_findings,
    add_instructions,
    add_plan,
    people_decisions,
    plans_by_id,
    stratum_rows,
)
from pedcorpus.records import SamplingPlan, Severity, Verdict
from tests.by_hand import decision, finding, question

ONE, TWO = question(), question(question="热性惊厥常见于几岁？")
EDITED = question(question="热性惊厥初发多在几岁？", parent=ONE.id)
PLAN = SamplingPlan(
    source="book", task="medkqa", generator="section@1", limit=0.02, confidence=0.95, allowed_defects=3, seed="s",
    rows=2, lot="l", reviewed=1, rejected=0, edited=0, upper_bound=0.01,
)  # fmt: skip


def rows_after(shelf: Corpus, *decisions: Any, checked: bool = True) -> list[StratumRow]:
    with shelf.unit() as unit:
        add_instructions(unit, [ONE, EDITED] if any(each.edited for each in decisions) else [ONE])
        add_findings(unit, [finding(ONE.id)] if checked else [])
        add_decisions(unit, list(decisions))
        return stratum_rows(unit)


def test_what_no_check_has_judged_is_in_no_stratum(shelf: Corpus) -> None:
    assert rows_after(shelf, checked=False) == []


@pytest.mark.parametrize(
    ("taken", "verdict"),
    [
        ([], None),
        ([decision(ONE.id, Verdict.ACCEPT)], Verdict.ACCEPT),
        ([decision(ONE.id, Verdict.REJECT, reason="wrong_fact")], Verdict.REJECT),
        ([decision(ONE.id, Verdict.EDIT, edited=EDITED.id)], Verdict.EDIT),
        ([decision(ONE.id, Verdict.DEFER)], None),
    ],
)
def test_a_row_is_in_its_stratum_with_what_a_person_said(shelf: Corpus, taken: list[Any], verdict: Verdict) -> None:
    assert [(row.id, row.verdict) for row in rows_after(shelf, *taken)] == [(ONE.id, verdict)]


def test_what_was_accepted_in_bulk_is_in_no_stratum(shelf: Corpus) -> None:
    assert rows_after(shelf, decision(ONE.id, Verdict.ACCEPT, acceptance="accept-all")) == []


def test_the_worst_finding_and_a_flag_are_told(shelf: Corpus) -> None:
    with shelf.unit() as unit:
        add_instructions(unit, [ONE])
        add_findings(unit, [finding(ONE.id), finding(ONE.id, Severity.WARNING, check="length@1")])
        add_decisions(unit, [decision(ONE.id, Verdict.FLAG, note="请看")])
        (row,) = stratum_rows(unit)
    assert (row.severity, row.flagged) == (Severity.WARNING, True)


def test_a_lot_stands_as_long_as_a_decision_of_its_plan_does(shelf: Corpus) -> None:
    taken = decision(ONE.id, Verdict.ACCEPT, acceptance="plan", plan=PLAN.id)
    with shelf.unit() as unit:
        add_instructions(unit, [ONE, TWO])
        add_findings(unit, [finding(ONE.id), finding(TWO.id)])
        add_plan(unit, PLAN, [ONE.id, TWO.id])
        add_decisions(unit, [taken])
        assert {row.plan for row in stratum_rows(unit)} == {PLAN.id}
        assert plans_by_id(unit) == {PLAN.id: PLAN}
        add_decisions(unit, [decision(ONE.id, Verdict.UNDO, undoes=taken.id)])
        assert {row.plan for row in stratum_rows(unit)} == {""}
        assert plans_by_id(unit) == {}


def test_a_plan_that_accepts_again_is_kept_as_it_stands_now(shelf: Corpus) -> None:
    later = PLAN.model_copy(update={"reviewed": 2})
    with shelf.unit() as unit:
        add_plan(unit, PLAN, [ONE.id])
        add_plan(unit, later, [ONE.id])
        add_decisions(unit, [decision(ONE.id, Verdict.ACCEPT, acceptance="plan", plan=PLAN.id)])
        assert plans_by_id(unit)[PLAN.id].reviewed == 2
        assert unit.execute("SELECT count(*) FROM review_plan_item").fetchall() == [(1,)]


def test_decisions_of_people_leave_out_plans_and_what_was_taken_back(shelf: Corpus) -> None:
    own, back = decision(ONE.id, Verdict.ACCEPT), decision(TWO.id, Verdict.ACCEPT)
    with shelf.unit() as unit:
        add_instructions(unit, [ONE, TWO])
        by_plan = decision(TWO.id, Verdict.ACCEPT, acceptance="plan", plan="p")
        add_decisions(unit, [own, back, by_plan, decision(TWO.id, Verdict.UNDO, undoes=back.id)])
        assert people_decisions(unit) == [("medkqa", own)]


def read(reviewer: str, verdict: Verdict, **changes: Any) -> Any:
    """What one of two readers said."""
    return decision(ONE.id, verdict, reviewer=reviewer, readers=2, **changes)


@pytest.mark.parametrize(
    ("taken", "verdict"),
    [
        pytest.param([read("wang", Verdict.ACCEPT)], None, id="another reader is awaited"),
        pytest.param([read("wang", Verdict.EDIT, edited=EDITED.id)], None, id="an edit is no defect yet"),
        pytest.param([read("wang", Verdict.ACCEPT), read("li", Verdict.REJECT)], None, id="they disagree"),
        pytest.param([read("wang", Verdict.ACCEPT), read("li", Verdict.ACCEPT)], Verdict.ACCEPT, id="they agree"),
        pytest.param(
            [decision(ONE.id, Verdict.REJECT, role="adjudicator"), read("wang", Verdict.ACCEPT)],
            Verdict.REJECT,
            id="an adjudicator, whatever is said later",
        ),
        pytest.param([decision(ONE.id, Verdict.REJECT, acceptance="calibration")], None, id="calibration"),
    ],
)
def test_a_sample_takes_what_several_readers_come_to(shelf: Corpus, taken: list[Any], verdict: Verdict | None) -> None:
    assert [(row.id, row.verdict) for row in rows_after(shelf, *taken)] == [(ONE.id, verdict)]
