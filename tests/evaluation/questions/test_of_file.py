from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pedcorpus.errors import UsageError
from pedcorpus.evaluation import questions_of_file

ROW = {"id": 7, "question": "腹泻怎么办？", "reference": "先补液。", "task": "medkqa", "topic": "腹泻"}


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    return path


def test_a_row_is_a_question_with_its_reference(tmp_path: Path) -> None:
    asked = questions_of_file(write(tmp_path / "ward.jsonl", ROW))
    (question,) = asked.questions
    assert (asked.name, question.id, question.text, question.reference) == ("ward", "7", "腹泻怎么办？", "先补液。")
    assert (question.task, question.topic, question.is_held_out, question.record) == ("medkqa", "腹泻", None, None)


def test_a_conversation_may_be_asked(tmp_path: Path) -> None:
    turns = [
        {"role": "user", "content": "拉肚子"},
        {"role": "assistant", "content": "几天了？"},
        {"role": "user", "content": "两天"},
    ]
    (question,) = questions_of_file(
        write(tmp_path / "ward.jsonl", {"id": "a", "messages": turns, "reference": "补液"})
    ).questions
    assert ([turn.role for turn in question.messages], question.text) == (["user", "assistant", "user"], "拉肚子\n两天")
    assert question.task == "all"


def test_parquet_and_json_lines_give_the_same_questions(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist([ROW]), tmp_path / "ward.parquet")
    assert (
        questions_of_file(tmp_path / "ward.parquet").questions
        == questions_of_file(write(tmp_path / "ward.jsonl", ROW)).questions
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param({"id": 1, "question": "？"}, "reference is missing", id="no reference"),
        pytest.param({"id": 1, "question": "？", "reference": " "}, "reference is empty", id="an empty reference"),
        pytest.param({"id": 1, "reference": "补液"}, "none of question, prompt and messages", id="no question"),
        pytest.param({"question": "？", "reference": "补液"}, "id is missing", id="no id"),
        pytest.param(["补液"], "holds a list", id="no object"),
    ],
)
def test_missing_columns_are_refused_in_one_line_with_what_was_expected(tmp_path: Path, row: object, said: str) -> None:
    with pytest.raises(UsageError) as error:
        questions_of_file(write(tmp_path / "ward.jsonl", ROW, row))
    assert "\n" not in str(error.value)
    assert str(error.value).startswith(f"{tmp_path / 'ward.jsonl:2'}: ")
    assert said in str(error.value)
    assert "expected the fields id, question (or messages), reference" in str(error.value)


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"id '7' stands at ward\.jsonl:1 already"):
        questions_of_file(write(tmp_path / "ward.jsonl", ROW, ROW))


def test_a_file_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no questions"):
        questions_of_file(write(tmp_path / "ward.jsonl"))
