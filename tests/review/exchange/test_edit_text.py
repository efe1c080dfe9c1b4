from __future__ import annotations

import pytest

from pedcorpus.errors import InputError
from pedcorpus.review import editable_fields, edited_instruction
from pedcorpus.review.exchange import edit_text, edits_of
from tests.screens import fake_desk as samples

EVERY = [samples.status_epilepticus(), samples.simple_seizure(), samples.age_question(), samples.hostile()]


@pytest.mark.parametrize("instruction", EVERY, ids=lambda item: item.task)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_an_untouched_text_changes_nothing(instruction, ends):
    assert edits_of(instruction, edit_text(instruction).replace("\n", ends)) == {}


def test_one_field_changes_alone():
    original = samples.status_epilepticus()
    text = edit_text(original).replace("注意呼吸抑制", "监测呼吸\n\n与血氧")
    assert edits_of(original, text) == {"cautions.0.text": "监测呼吸\n\n与血氧"}


def test_an_emptied_text_takes_its_element_away():
    original = samples.status_epilepticus()
    text = edit_text(original).replace("\n注意呼吸抑制", "")
    assert edited_instruction(original, edits_of(original, text)).cautions == ()


def test_a_path_after_the_last_adds_an_element():
    original = samples.status_epilepticus()
    text = f"{edit_text(original)}\n\n[cautions.1.text]\n监测血氧"
    made = edited_instruction(original, edits_of(original, text))
    assert [caution.text for caution in made.cautions] == ["注意呼吸抑制", "监测血氧"]


def test_an_answer_alone_is_the_new_answer():
    assert edits_of(samples.age_question(), "多见于6个月至3岁。") == {"answer": "多见于6个月至3岁。"}


@pytest.mark.parametrize("line", ["[question]", "\\[answer]", "[x] y", "\\\\[question]", "[标题]"])
def test_a_text_that_looks_like_a_path_comes_back_as_it_was(line):
    original = samples.age_question(question=f"第一行\n{line}\n第三行？")
    assert edits_of(original, edit_text(original)) == {}
    fields = {field.path: field.value for field in editable_fields(original)}
    assert line in fields["question"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda text: text.replace("[cautions.0.text]", "[caution]"), "none of its fields"),
        (lambda text: text.replace("[cautions.0.text]\n", ""), "went missing"),
        (lambda text: f"说明\n{text}", "before the first"),
        (lambda text: f"{text}\n[question]\n又一个？", "stands twice"),
    ],
    ids=["unknown", "missing", "before", "twice"],
)
def test_a_text_that_cannot_be_told_apart_is_refused(change, found):
    original = samples.status_epilepticus()
    with pytest.raises(InputError, match=found):
        edits_of(original, change(edit_text(original)))
