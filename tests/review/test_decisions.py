from __future__ import annotations

import pytest

from pedcorpus.errors import UsageError
from pedcorpus.records import Verdict
from pedcorpus.review import (
    build_decision,
    decision_problems,
    edited_instruction,
    standing_decisions,
    undo_decision,
)
from tests.screens import fake_desk as samples


@pytest.fixture
def build():
    def build_one(verdict, instruction=None, **words):
        instruction = instruction or samples.status_epilepticus()
        return build_decision(instruction, verdict, reviewer="wang", at=samples.NOON, **words)

    return build_one


def test_a_rejection_carries_a_reason_of_its_task(build):
    assert build(Verdict.REJECT, reason="wrong_dose").reason == "wrong_dose"


@pytest.mark.parametrize("reason", ["", "wrong_diagnosis", "because"])
def test_a_rejection_without_a_reason_of_its_task_is_refused(build, reason):
    with pytest.raises(UsageError, match="choose one of wrong_dose"):
        build(Verdict.REJECT, reason=reason)


def test_a_flag_needs_words(build):
    with pytest.raises(UsageError, match="needs a note"):
        build(Verdict.FLAG, note="  ")


def test_an_edit_carries_the_record_it_made(build):
    original = samples.status_epilepticus()
    edited = edited_instruction(original, {"cautions.0.text": "监测呼吸"})
    assert build(Verdict.EDIT, original, edited=edited).edited == edited.id


def test_an_edit_without_a_record_is_refused(build):
    with pytest.raises(UsageError, match="no edited record"):
        build(Verdict.EDIT)


def test_an_edit_that_changes_nothing_is_refused(build):
    original = samples.status_epilepticus()
    same = type(original).model_validate(original.model_dump(mode="json") | {"parent": original.id})
    with pytest.raises(UsageError, match="changes nothing"):
        build(Verdict.EDIT, original, edited=same)


def test_an_edit_of_another_record_is_refused(build):
    stranger = edited_instruction(samples.rehydration(), {"topic": "腹泻病"})
    assert decision_problems(samples.age_question(), Verdict.EDIT, edited=stranger)


def test_only_an_edit_carries_a_record(build):
    with pytest.raises(UsageError, match="only an edit does"):
        build(Verdict.ACCEPT, edited=samples.rehydration())


def test_an_undo_names_the_decision_it_takes_back(build):
    accepted = build(Verdict.ACCEPT)
    undone = undo_decision(accepted, at=samples.NOON)
    assert (undone.undoes, undone.instruction) == (accepted.id, accepted.instruction)
    assert standing_decisions([accepted, undone]) == ()


def test_an_undo_cannot_be_undone(build):
    with pytest.raises(UsageError, match="is an undo already"):
        undo_decision(undo_decision(build(Verdict.ACCEPT), at=samples.NOON), at=samples.NOON)
