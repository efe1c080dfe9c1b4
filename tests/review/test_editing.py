from __future__ import annotations

import pytest

from pedcorpus.errors import InputError, UsageError
from pedcorpus.review import computed_texts, edit_problems, edited_instruction
from tests.screens import fake_desk as samples


def test_an_edit_makes_a_child_of_the_original():
    original = samples.age_question()
    edited = edited_instruction(original, {"answer": "多见于6个月至3岁。"})
    assert (edited.answer, edited.parent) == ("多见于6个月至3岁。", original.id)
    assert edited.model_copy(update={"answer": original.answer, "parent": None}).body() == original.body()


def test_licence_and_evidence_stay():
    original = samples.status_epilepticus()
    edited = edited_instruction(original, {"topic": "惊厥"})
    assert (edited.license, edited.tier, edited.evidence) == (original.license, original.tier, original.evidence)


@pytest.mark.parametrize("text", ["10", " 10.0 ", "１０"])
def test_numbers_are_read_from_their_text(text):
    assert edited_instruction(samples.status_epilepticus(), {"patient.weight_kg": text}).patient.weight_kg == 10


def test_a_changed_weight_changes_the_computed_dose():
    edited = edited_instruction(samples.status_epilepticus(), {"patient.weight_kg": "10"})
    assert computed_texts(edited) == ("3～5 mg",)


def test_a_dose_that_cannot_be_computed_any_more_goes():
    edited = edited_instruction(samples.status_epilepticus(), {"patient.weight_kg": ""})
    assert computed_texts(edited) == ()


def test_a_dose_rounded_by_its_maker_keeps_its_rounding():
    edited = edited_instruction(samples.status_epilepticus(), {"topic": "惊厥"})
    assert computed_texts(edited) == ("3.6～6 mg",)


def test_emptying_a_statement_takes_it_away_and_the_blank_place_adds_one():
    edits = {"cautions.0.text": "", "cautions.1.text": "监测呼吸"}
    edited = edited_instruction(samples.status_epilepticus(), edits)
    assert [statement.text for statement in edited.cautions] == ["监测呼吸"]


def test_emptying_one_of_several_findings_takes_only_that_one_away():
    original = samples.simple_seizure()
    edited = edited_instruction(original, {"findings.1": "", "findings.3": ""})
    assert edited.findings == (original.findings[0], original.findings[2], original.findings[4])


@pytest.mark.parametrize(
    ("path", "text", "code", "expected"),
    [
        ("patient.age_months", "999", "too_large", "≤ 216"),
        ("patient.age_months", "-1", "too_small", "≥ 0"),
        ("patient.weight_kg", "很重", "not_a_number", "a number"),
        ("patient.weight_kg", "nan", "schema", "finite number"),
        ("patient.sex", "boy", "not_a_choice", "male / female"),
        ("question", "  ", "empty", "a value"),
        # the plan's only step cannot go: a plan without steps is none
        ("plan.0.text", "", "empty", "at least 1 item"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_at_that_field(path, text, code, expected):
    (problem,) = edit_problems(samples.status_epilepticus(), {path: text})
    assert problem.code == code
    assert path.startswith(problem.path)
    assert expected in problem.expected
    with pytest.raises(InputError) as refused:
        edited_instruction(samples.status_epilepticus(), {path: text})
    assert refused.value.where == problem.path


def test_every_unreadable_field_is_reported_at_once():
    edits = {"patient.age_months": "x", "patient.weight_kg": "y"}
    problems = edit_problems(samples.status_epilepticus(), edits)
    assert [problem.path for problem in problems] == list(edits)


def test_a_complaint_names_the_place_before_elements_went():
    edits = {"supporting_evidence.0.finding": "", "supporting_evidence.2.criterion": " "}
    original = samples.simple_seizure()
    assert edit_problems(original, {"supporting_evidence.0.finding": ""}) == ()
    edited = edited_instruction(original, edits)
    assert [support.finding for support in edited.supporting_evidence] == ["约2分钟"]


def test_a_field_that_is_not_the_reviewers_cannot_be_edited():
    with pytest.raises(UsageError, match=r"license cannot be edited; fields that can: question"):
        edited_instruction(samples.age_question(), {"license": "MIT"})


def test_an_edit_without_a_change_is_refused():
    original = samples.age_question()
    with pytest.raises(UsageError, match="nothing was changed"):
        edited_instruction(original, {"question": f" {original.question} "})
