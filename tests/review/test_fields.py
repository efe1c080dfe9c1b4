from __future__ import annotations

from pedcorpus.review import editable_fields
from tests.screens import fake_desk as samples


def paths(instruction):
    return [field.path for field in editable_fields(instruction)]


def test_the_question_comes_first_and_the_topic_last():
    found = paths(samples.simple_seizure())
    assert (found[0], found[-1]) == ("question", "topic")


def test_provenance_and_computed_numbers_are_not_edited():
    names = {part for path in paths(samples.status_epilepticus()) for part in path.split(".")}
    assert not names & {"evidence", "license", "tier", "generator", "parent", "computed_low", "computed_high"}


def test_a_list_of_statements_has_a_blank_place_at_its_end():
    blanks = [field.path for field in editable_fields(samples.status_epilepticus()) if field.is_new]
    assert blanks == ["findings.1", "plan.1.text", "cautions.1.text", "follow_up.1.text"]


def test_each_field_knows_its_words_value_and_kind():
    fields = {field.path: field for field in editable_fields(samples.status_epilepticus())}
    weight, sex = fields["patient.weight_kg"], fields["patient.sex"]
    assert (weight.label["zh"], weight.value, weight.kind) == ("患儿 · 体重 kg", "12", "number")
    assert (sex.value, sex.kind, sex.choices) == ("", "choice", ("male", "female"))
    assert fields["plan.0.text"].label == {"zh": "方案 1", "en": "Plan 1"}
