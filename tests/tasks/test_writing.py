"""A new task is one file, as CONTRIBUTING shows one: what it declares is all that it takes to ask and to read."""

import pytest

from pedcorpus.generate import role_play
from pedcorpus.tasks import task_names, task_of
from pedcorpus.tasks.writing import Part, joined
from tests.generate.asking import answered, assignments, split
from tests.generate.shelf import book
from tests.test_contributing import example

TASK = example("VaccinationDraft")["TASK"]
MATERIAL = book(
    ("麻疹疫苗在8月龄接种第1剂，18月龄接种第2剂，接种后少数儿童有低热。", "第三章 传染病", "第一节 麻疹", "预防"),
    (
        "麻疹表现为发热、咳嗽、流涕、结膜充血，发热3～4天后出疹，疹退后有脱屑。",
        "第三章 传染病",
        "第一节 麻疹",
        "临床表现",
    ),
)


@pytest.fixture
def registered(monkeypatch):
    ours = {name: task_of(name) for name in task_names()}
    monkeypatch.setattr(role_play, "load_plugins", lambda _: {**ours, TASK.id: TASK})


def reply(payload):
    shown = payload["messages"][-1]["content"]
    number = shown.splitlines()[-1].split()[0]
    part = '{"text": "8月龄和18月龄各接种1剂。", "quote": "8月龄接种第1剂，18月龄接种第2剂"}'
    return (
        f'{{"drafts": [{{"slot": {number}, "task": "vaccination", "question": "麻疹疫苗几时打？", "part": {part}}}]}}'
    )


def test_a_task_in_one_file_is_asked_for_where_it_is_carried(registered):
    (request,) = assignments(MATERIAL, "vaccination")
    assert request.planned == {"vaccination": 1}
    assert "接种问答：part.text" in request.ask.messages[0].content
    assert "问何时接种，重点1" in request.ask.messages[1].content


def test_its_drafts_become_its_records(registered):
    records, unusable = split(answered(MATERIAL, "vaccination", reply=reply))
    assert [record.answer for record in records] == ["8月龄和18月龄各接种1剂。"]
    assert unusable == []


def test_the_schema_of_a_reply_holds_the_drafts_of_the_tasks_that_are_asked_for(registered):
    (request,) = assignments(MATERIAL, "vaccination", "medkqa")
    items = request.ask.reply.model_json_schema()["properties"]["drafts"]["items"]["anyOf"]
    assert [item["properties"]["task"]["const"] for item in items] == ["medkqa", "vaccination"]
    assert "$ref" not in str(items)


@pytest.mark.parametrize("task", [name for name in task_names() if task_of(name).writing])
def test_what_a_task_tells_a_model_is_there_in_both_languages(task):
    writing = task_of(task).writing
    assert set(writing.instructions) == {"zh", "en"}
    assert all(set(kind.words) == {"zh", "en"} for kind in writing.kinds)
    assert any(not kind.needs for kind in writing.kinds)


@pytest.mark.parametrize(
    ("texts", "language", "told"),
    [
        (["甲。", "乙。"], "zh", "甲。乙。"),
        (["A.", "B."], "en", "A. B."),
        (["甲。", "乙。", "丙。"], "zh", "甲。\n乙。\n丙。"),
    ],
    ids=["zh", "en", "a list"],
)
def test_few_sentences_run_on_and_many_form_a_list(texts, language, told):
    assert joined(tuple(Part(text=text, quote="引") for text in texts), language=language) == told
