"""Consultations: lists of turns, or a question with its answer."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, parse_original

Make = Callable[..., Original]
TURNS = [{"role": "user", "content": "宝宝发热"}, {"role": "assistant", "content": "多少度？"}]
NAMED = [{"from": "患者", "value": "宝宝发热"}, {"from": "医生", "value": "多少度？"}]


@pytest.mark.parametrize(
    "row", [{"turns": TURNS}, {"messages": TURNS}, {"conversation": TURNS}, {"conversations": NAMED}]
)
def test_turns_are_read_under_any_of_their_names(original: Make, row: dict[str, object]) -> None:
    (found,) = parse_original(original("a.jsonl", json.dumps(row), "consultation")).dialogues
    assert [(turn.role, turn.content) for turn in found.turns] == [("patient", "宝宝发热"), ("doctor", "多少度？")]
    assert found.address.row == 1


def test_a_question_with_its_answer_is_a_dialogue(original: Make) -> None:
    rows = [{"ask": "无", "title": "小儿咳嗽怎么办", "answer": "先查血常规。", "department": "儿科"}]
    (found,) = parse_original(original("a.json", json.dumps(rows), "consultation")).dialogues
    assert (found.turns[0].content, found.department) == ("小儿咳嗽怎么办", "儿科")


def test_a_bad_row_is_a_failure_and_the_rest_goes_on(original: Make) -> None:
    rows = [
        {"turns": TURNS},
        {"turns": [{"role": "robot", "content": "x"}]},
        {"ask": "问"},
        [],
        {"ask": "问", "answer": "答"},
    ]
    parsed = parse_original(original("a.jsonl", "\n".join(map(json.dumps, rows)), "consultation"))
    assert len(parsed.dialogues) == 2
    assert [one.where for one in parsed.failures] == ["a.jsonl:2", "a.jsonl:3", "a.jsonl:4"]


def test_a_file_without_consultations_is_refused(original: Make) -> None:
    with pytest.raises(InputError, match="expected rows with turns"):
        parse_original(original("a.json", '[{"a": 1}]', "consultation"))


def test_an_instruction_set_s_history_comes_first(original: Make) -> None:
    row = {"instruction": "还要吃药吗", "input": "", "output": "不用。", "history": [["宝宝发热", "多少度？"]]}
    (found,) = parse_original(original("a.json", json.dumps([row]), "consultation")).dialogues
    assert [turn.content for turn in found.turns] == ["宝宝发热", "多少度？", "还要吃药吗", "不用。"]
