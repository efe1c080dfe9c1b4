from __future__ import annotations

import pytest

from pedcorpus.review import ReviewItem, sheet_rows
from tests.screens import fake_desk as samples


@pytest.fixture
def rows():
    def rows_of(instruction, *findings, status="candidate"):
        return sheet_rows(ReviewItem(instruction, samples.Status(status), findings, (), ()))

    return rows_of


def words(row):
    return [part.text for part in row.parts]


def test_the_question_comes_first_with_its_whole_scene(rows):
    instruction = samples.status_epilepticus()
    assert words(rows(instruction)[0]) == [instruction.user_text()]


def test_every_assertion_says_what_it_rests_on(rows):
    marks = [(row.name, row.mark.kind, row.mark.evidence) for row in rows(samples.status_epilepticus())[1:]]
    assert marks == [
        ("plan", "quoted", (0,)),
        ("drugs", "quoted", (0,)),
        ("drugs", "computed", (0,)),
        ("cautions", "quoted", (1,)),
        ("follow_up", "safety", ()),
    ]


def test_an_answer_is_marked_sentence_by_sentence(rows):
    found = rows(samples.age_question())[1:]
    assert [(words(row)[0][:4], row.mark.kind) for row in found] == [("热性惊厥", "quoted"), ("发作后应", "missing")]


def test_a_name_that_only_the_heading_says_is_marked_so(rows):
    instruction = samples.simple_seizure().model_copy(update={"diagnosis": "热性惊厥"})
    assert rows(instruction)[1].mark.kind == "heading"


def test_a_computed_dose_is_not_called_recomputed_before_a_check_ran(rows):
    computed = next(row for row in rows(samples.status_epilepticus(), status="draft") if row.is_computed)
    assert computed.mark.kind == "unchecked"


def test_a_criterion_that_repeats_the_finding_is_read_once(rows):
    instruction = samples.simple_seizure()
    support = instruction.supporting_evidence[0].model_copy(update={"finding": "单纯型发作呈全面性"})
    row = rows(instruction.model_copy(update={"supporting_evidence": (support,)}))[2]
    assert (words(row), row.mark.kind) == (["单纯型发作呈全面性"], "quoted")


@pytest.mark.parametrize(
    ("path", "name", "number", "is_computed"),
    [
        ("drugs.0.route", "drugs", 1, False),
        ("drugs.0.computed_low", "drugs", 1, True),
        # about the whole order: below all its rows
        ("drugs.0", "drugs", 1, True),
        # a field that is not read out stands at its element
        ("drugs.0.unit", "drugs", 1, False),
        ("cautions", "cautions", 1, False),
        # the scene is told in the question
        ("patient.weight_kg", "question", None, False),
        ("findings.0", "question", None, False),
        ("question", "question", None, False),
        # belongs to no row
        ("evidence.1.quote", "findings", None, False),
        ("", "findings", None, False),
    ],
)
def test_a_finding_stands_at_the_row_it_concerns(rows, path, name, number, is_computed):
    instruction = samples.status_epilepticus()
    finding = samples.finding(instruction, "error", "quote_not_found", "看", path=path)
    (row,) = [row for row in rows(instruction, finding) if row.findings]
    assert (row.name, row.number, row.is_computed) == (name, number, is_computed)


def test_a_finding_in_a_long_answer_stands_at_its_sentence(rows):
    instruction = samples.age_question()
    start = instruction.answer.index("发作后")
    finding = samples.finding(instruction, "warning", "x", "看", path="answer", start=start, end=start + 3)
    (row,) = [row for row in rows(instruction, finding) if row.findings]
    assert words(row) == ["发作后应观察体温。"]


def test_a_sentence_that_comes_twice_is_marked_twice(rows):
    instruction = samples.rehydration().model_copy(update={"answer": "继续哺乳。" * 2})
    found = rows(instruction)[1:]
    assert [row.mark.kind for row in found] == ["quoted", "quoted"]
