import json

import pytest

from pedcorpus.errors import UsageError
from pedcorpus.evaluation import Asked, Question
from pedcorpus.evaluation.harness import process_results, write_tasks
from pedcorpus.records import Message
from tests.evaluation.medical.by_hand import case, knowledge


def question(name, record=None, *turns):
    asked = record.messages[:-1] if record else tuple(Message(role=role, content=text) for role, text in turns)
    task = record.task if record else "all"
    return Question(name, asked, record.answer_text() if record else "多喝水。", task=task, record=record)


ASKED = Asked("v1", "0", [question("1", case()), question("2", case("癫痫")), question("3", knowledge("多喝水。"))])


def documents(folder, name):
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]


def test_every_task_has_its_questions_and_a_group_has_all_tasks(tmp_path):
    made = write_tasks(ASKED, tmp_path)
    assert (made.group, made.tasks) == ("pedcorpus_v1", {"pedcorpus_v1_evidiag": 2, "pedcorpus_v1_medkqa": 1})
    assert [doc["id"] for doc in documents(tmp_path, "pedcorpus_v1_evidiag")] == ["1", "2"]


def test_the_same_questions_give_the_same_bytes(tmp_path):
    for place in ("a", "b"):
        write_tasks(ASKED, tmp_path / place)
    a, b = ({path.name: path.read_bytes() for path in (tmp_path / place).iterdir()} for place in ("a", "b"))
    assert a == b


def test_a_document_is_scored_as_evaluate_scores_it(tmp_path):
    write_tasks(ASKED, tmp_path)
    first, second = documents(tmp_path, "pedcorpus_v1_evidiag")
    right, wrong = (process_results(doc, ["诊断：热性惊厥"]) for doc in (first, second))
    assert (right["diagnosis"], wrong["diagnosis"]) == (1, 0)
    assert 0 < right["rouge_1"] < 1
    assert "drugs" not in right


def test_turns_of_a_conversation_are_shown_with_who_speaks(tmp_path):
    turns = (("user", "发热？"), ("assistant", "几岁？"), ("user", "两岁。"))
    write_tasks(Asked("talk file", "0", [question("1", None, *turns)]), tmp_path)
    (doc,) = documents(tmp_path, "pedcorpus_talk_file_all")
    assert doc["question"] == "user: 发热？\nassistant: 几岁？\nuser: 两岁。"
    assert process_results(doc, [""])["rouge_1"] == 0


def test_nothing_to_ask_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no question is left to write a task of"):
        write_tasks(Asked("v1", "0", []), tmp_path)
