from __future__ import annotations

import pytest

from pedcorpus.review import choice_label, editable_fields, field_label
from tests.screens import fake_desk as samples


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        ("question", "问", "Question"),
        ("plan.1.text", "方案 2", "Plan 2"),
        ("drugs.0.route", "用药 1 · 途径", "Drug 1 · route"),
        ("findings.0", "表现 1", "Finding 1"),
        # a stranger's task is shown under its own names
        ("growth_chart.0.text", "growth chart 1", "growth chart 1"),
        ("text", "text", "text"),
    ],
)
def test_a_path_has_words_in_both_languages(path, zh, en):
    assert field_label(path) == {"zh": zh, "en": en}


def test_every_field_and_choice_of_our_tasks_has_chinese_words():
    for made in (samples.status_epilepticus, samples.simple_seizure, samples.age_question):
        for field in editable_fields(made()):
            assert not field.label["zh"].isascii(), field.path
            assert not any(choice_label(choice)["zh"].isascii() for choice in field.choices)
