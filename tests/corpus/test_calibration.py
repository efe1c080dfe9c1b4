from __future__ import annotations

from typing import Any

import pytest

from pedcorpus.corpus import (
    Corpus,
    add_calibration,
    add_decisions,
    add_findings,
    add_instructions,
    calibration_items,
    remove_calibration,
    settled_rows,
    unanswered_calibration,
)
from pedcorpus.records import CalibrationItem, Decision, Verdict
from tests.by_hand import NOON, decision, finding, question

ONE = question()
EDITED = question(question="热性惊厥第一次发作多在几岁？", parent=ONE.id)
ITEM = CalibrationItem(instruction=ONE.id, verdict=Verdict.REJECT, reason="wrong_fact", by="chen", at=NOON)


@pytest.fixture
def known(shelf: Corpus) -> Corpus:
    """A corpus with an instruction and its edited form."""
    with shelf.unit() as unit:
        add_instructions(unit, [ONE, EDITED])
        add_findings(unit, [finding(ONE.id), finding(EDITED.id)])
    return shelf


def said(verdict: Verdict, **changes: Any) -> Decision:
    return decision(ONE.id, verdict, **changes)


def test_an_item_is_read_back_as_it_was_added(known: Corpus) -> None:
    with known.unit() as unit:
        add_calibration(unit, [ITEM])
        assert calibration_items(unit) == [ITEM]


def test_the_latest_answer_of_an_item_counts(known: Corpus) -> None:
    later = ITEM.model_copy(update={"verdict": Verdict.ACCEPT, "reason": ""})
    with known.unit() as unit:
        add_calibration(unit, [ITEM])
        add_calibration(unit, [later])
        assert calibration_items(unit) == [later]


def test_a_removed_item_is_none_until_it_is_added_again(known: Corpus) -> None:
    with known.unit() as unit:
        add_calibration(unit, [ITEM])
        assert remove_calibration(unit, [ONE.id, "unknown"], by="chen", at=NOON) == 1
        assert calibration_items(unit) == []
        add_calibration(unit, [ITEM])
        assert calibration_items(unit) == [ITEM]


ANSWER = said(Verdict.ACCEPT, acceptance="calibration")
TAKEN = said(Verdict.ACCEPT)


@pytest.mark.parametrize(
    ("decisions", "is_offered"),
    [
        pytest.param([], True, id="never seen"),
        pytest.param([ANSWER], False, id="answered"),
        pytest.param([ANSWER, said(Verdict.UNDO, undoes=ANSWER.id)], True, id="an answer taken back"),
        pytest.param([said(Verdict.DEFER, acceptance="calibration")], True, id="put off"),
        pytest.param([TAKEN], False, id="decided in earnest"),
        pytest.param([TAKEN, said(Verdict.UNDO, undoes=TAKEN.id)], False, id="decided and taken back"),
        pytest.param([said(Verdict.REJECT, reviewer="li")], True, id="decided by somebody else"),
        pytest.param([decision("x", Verdict.EDIT, edited=ONE.id)], False, id="made by an edit of one's own"),
    ],
)
def test_nobody_is_offered_what_they_know(known: Corpus, decisions: list[Decision], is_offered: bool) -> None:
    with known.unit() as unit:
        add_calibration(unit, [ITEM])
        for each in decisions:
            add_decisions(unit, [each])
        assert [item.instruction for item in unanswered_calibration(unit, "wang")] == [ONE.id] * is_offered


BOTH = [said(Verdict.REJECT, reviewer=name, readers=2, reason="unclear") for name in ("wang", "li")]
EDIT = {"edited": EDITED.id}


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        pytest.param([said(Verdict.ACCEPT)], [], id="read by one"),
        pytest.param(BOTH, [("reject", "unclear", False)], id="both readers"),
        pytest.param(BOTH[:1], [], id="one of two"),
        pytest.param([BOTH[0], said(Verdict.ACCEPT, reviewer="li", readers=2)], [], id="they disagree"),
        pytest.param(
            [*BOTH, said(Verdict.EDIT, reviewer="chen", role="adjudicator", **EDIT)], [("edit", "", True)], id="edit"
        ),
        pytest.param([said(Verdict.ACCEPT, role="adjudicator")], [("accept", "", True)], id="an adjudicator"),
    ],
)
def test_what_several_or_an_adjudicator_settled_is_known(
    known: Corpus, decisions: list[Decision], expected: list[tuple[str, str, bool]]
) -> None:
    with known.unit() as unit:
        for each in decisions:
            add_decisions(unit, [each])
        found = settled_rows(unit)
        assert [(row.verdict, row.reason, row.is_adjudicated) for row in found] == expected
        add_calibration(unit, [ITEM])
        assert settled_rows(unit) == []
