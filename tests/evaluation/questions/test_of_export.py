from __future__ import annotations

import json

import pytest

from pedcorpus.errors import ExportError
from pedcorpus.evaluation import Asked, questions_of_export, without_trained_on
from pedcorpus.export import Export, share_trained_on, write_export
from tests.export.sample import sample_release


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Export:
    return write_export(sample_release("v1"), tmp_path_factory.mktemp("exports") / "v1")


@pytest.fixture(scope="module")
def asked(export: Export) -> Asked:
    return questions_of_export(export)


def test_the_test_split_is_asked_with_references_and_evidence(export: Export, asked: Asked) -> None:
    rows = list(export.rows("instructions", "test"))
    assert (asked.name, asked.sha256, len(asked.questions)) == ("v1", export.sha256, len(rows))
    for row, question in zip(rows, asked.questions, strict=True):
        assert [*question.messages, question.record.messages[-1]] == list(question.record.messages)
        assert question.reference == row["messages"][-1]["content"]
        assert (question.id, question.task, question.topic) == (row["id"], row["task"], row["topic"])
        assert [quoted.text for quoted in question.evidence] == [each["quote"] for each in row["evidence"]]


def test_a_topic_that_no_other_split_is_about_is_held_out(export: Export, asked: Asked) -> None:
    seen = {row["topic"] for split in ("train", "validation") for row in export.rows("instructions", split)}
    assert {each.is_held_out for each in asked.questions} == {each.topic not in seen for each in asked.questions}


def test_what_stands_in_training_is_measured_text_by_text(export: Export) -> None:
    trained = next(row for row in export.rows("instructions", "train"))
    question, answer = (turn["content"] for turn in trained["messages"][-2:])
    others = ["一个从未有人问过的、完全不同的长长的问题", question[:5]]
    assert share_trained_on(export, [question, *others], told="question").tolist() == [1, 0, 0]
    assert share_trained_on(export, [answer, "发热"], told="answer").tolist() == [1, 0]


def test_what_stands_in_training_is_left_out_and_counted(export: Export, asked: Asked) -> None:
    kept = without_trained_on(asked, [export])
    all_left = without_trained_on(asked, [export], share=0.0)
    assert len(kept.questions) + sum(count for _, count in kept.left_out) == len(asked.questions)
    assert (list(all_left.questions), sum(count for _, count in all_left.left_out)) == ([], len(asked.questions))


def test_no_export_leaves_nothing_out(asked: Asked) -> None:
    assert without_trained_on(asked, []) == asked


def test_what_the_contamination_report_lists_is_left_out(export: Export, asked: Asked, monkeypatch) -> None:
    listed = asked.questions[0].id
    report = {
        "sets": [{"name": "own-test", "sha256": "1" * 64}],
        "overlaps": [{"set": "own-test", "item": listed}, {"set": "cmb", "item": "7"}],
    }
    monkeypatch.setattr("pedcorpus.evaluation.questions.trained_on.json.loads", lambda _: report)
    kept = without_trained_on(asked, [export], share=1.1)
    assert (kept.left_out, listed in {each.id for each in kept.questions}) == ((("contamination_report", 1),), False)
    assert json.dumps(report)


def test_an_export_without_a_test_split_is_refused(export: Export) -> None:
    files = {path: entry for path, entry in export.manifest.files.items() if path != "instructions/test.parquet"}
    bare = Export(export.root, export.manifest.model_copy(update={"files": files}), export.sha256)
    with pytest.raises(ExportError, match="no row in its test split"):
        questions_of_export(bare)
