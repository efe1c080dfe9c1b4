"""Consultations and data sets as JSON, JSON Lines and Python literals: every shape, and every bad row."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, Parsed, parse_original
from pedcorpus.records import Dialogue

Make = Callable[..., Original]
TURNS = [{"role": "user", "content": "宝宝发热"}, {"role": "assistant", "content": "多少度？"}]
SHAREGPT = [{"from": "human", "value": "宝宝发热"}, {"from": "gpt", "value": "多少度？"}]
NAMED = [{"from": "患者", "value": "宝宝发热"}, {"from": "医生", "value": "多少度？"}]
SPOKEN = ["患者：宝宝发热", "医生：多少度？"]
SAID = [("user", "宝宝发热"), ("assistant", "多少度？")]
ASKED = [("patient", "宝宝发热"), ("doctor", "多少度？")]


def parse(make: Make, rows: list[Any], kind: str = "dataset", name: str = "a.json") -> Parsed:
    return parse_original(make(name, json.dumps(rows, ensure_ascii=False), kind))


def one(make: Make, row: dict[str, Any], kind: str = "dataset") -> Dialogue:
    (found,) = parse(make, [row], kind).dialogues
    return found


def said(found: Dialogue) -> list[tuple[str, str]]:
    return [(turn.role, turn.content) for turn in found.turns]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"turns": TURNS}, SAID),
        ({"messages": TURNS}, SAID),
        ({"conversation": TURNS}, SAID),
        ({"conversations": SHAREGPT}, SAID),
        ({"conversations": NAMED}, ASKED),
        ({"dialogue": SPOKEN}, ASKED),
        ({"data": ["问：宝宝发热", "答：多少度？"]}, SAID),
        ({"conversations": json.dumps(SHAREGPT)}, SAID),
        ({"conversations": str(SHAREGPT)}, SAID),
        ({"dialogue": "患者：宝宝发热\n医生：多少度？"}, ASKED),
        ({"dialogue": "Human: 宝宝发热\nAssistant: 多少度？"}, SAID),
        ({"instruction": "宝宝发热", "input": "", "output": "多少度？"}, SAID),
        ({"instruction": "宝宝发热", "input": "nan", "output": "多少度？", "history": []}, SAID),
        ({"query": "宝宝发热", "response": "多少度？"}, SAID),
        ({"prompt": "宝宝发热", "completion": "多少度？"}, SAID),
        ({"prompt": TURNS[:1], "completion": TURNS[1:]}, SAID),
        ({"questions": [["宝宝发热", "孩子发烧"]], "answers": ["多少度？"]}, SAID),
        ({"Question": "宝宝发热", "Answer": "多少度？"}, SAID),
        ({"ask": "无", "title": "宝宝发热", "answer": "多少度？"}, SAID),
        ({"患者": "宝宝发热", "医生": "多少度？"}, ASKED),
        ({"department": "儿科", "ask": "宝宝发热", "answer": "多少度？"}, ASKED),
    ],
)
def test_every_shape_gives_who_said_what(original: Make, row: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(one(original, row)) == expected


def test_in_a_work_of_consultations_the_speakers_are_patient_and_doctor(original: Make) -> None:
    found = one(original, {"messages": TURNS}, "consultation")
    assert (said(found), found.purpose) == (ASKED, "consultation")


def test_instruction_and_input_are_one_question(original: Make) -> None:
    found = one(original, {"instruction": "译成英文：", "input": "月亮", "output": "Moon"})
    assert found.turns[0].content == "译成英文：\n月亮"


def test_a_standing_order_to_a_doctor_is_no_question(original: Make) -> None:
    order = "If you are a doctor, please answer the medical questions based on the patient's description."
    found = one(original, {"instruction": order, "input": "My child has a fever.", "output": "How high?"})
    assert (found.system, found.turns[0].content) == (order, "My child has a fever.")


@pytest.mark.parametrize("history", [[["宝宝发热", "多少度？"]], TURNS, str([["宝宝发热", "多少度？"]])])
def test_a_history_comes_first(original: Make, history: Any) -> None:
    found = one(original, {"instruction": "还要吃药吗", "input": "", "output": "不用。", "history": history})
    assert said(found) == [*SAID, ("user", "还要吃药吗"), ("assistant", "不用。")]


def test_a_system_prompt_is_no_turn(original: Make) -> None:
    found = one(original, {"messages": [{"role": "system", "content": "你是医生"}, *TURNS]})
    assert (found.system, said(found)) == ("你是医生", SAID)


@pytest.mark.parametrize(
    "row",
    [
        {"conversations": SHAREGPT[:1], "chosen": SHAREGPT[1], "rejected": {"from": "gpt", "value": "不管。"}},
        {"instruction": "宝宝发热", "input": "", "chosen": "多少度？", "rejected": "不管。"},
        {"prompt": "宝宝发热", "chosen": "多少度？", "rejected": "不管。"},
        {"prompt": TURNS[:1], "chosen": TURNS[1:], "rejected": [{"role": "assistant", "content": "不管。"}]},
        {"chosen": TURNS, "rejected": [TURNS[0], {"role": "assistant", "content": "不管。"}]},
        {"question": "宝宝发热", "response_chosen": "多少度？", "response_rejected": "不管。", "history": []},
        {
            "chosen": "\n\nHuman: 宝宝发热\n\nAssistant: 多少度？",
            "rejected": "\n\nHuman: 宝宝发热\n\nAssistant: 不管。",
        },
    ],
)
def test_a_preference_ends_with_the_better_answer(original: Make, row: dict[str, Any]) -> None:
    found = one(original, row)
    assert (found.purpose, said(found), found.rejected) == ("preference", SAID, "不管。")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"ask": "问"}, "found no exchange"),
        ({"ask": "nan", "answer": "答"}, "found no exchange"),
        ({"ask": "问", "answer": ""}, "found no exchange"),
        ({"text": "一段正文"}, "found no exchange"),
        ({"turns": [{"role": "robot", "content": "x"}, *TURNS]}, "the role 'robot'"),
        ({"turns": [7, *TURNS]}, "turn 0 is a int"),
        ({"prompt": "问", "chosen": "答", "rejected": "答"}, "the same answer"),
        ({"prompt": "问", "chosen": "答", "rejected": ""}, "found no exchange"),
        ({"instruction": "问", "output": ["好", "坏"]}, "several outputs"),
        ({"messages": TURNS, "label": False}, "marked as a bad answer"),
        ({"ask": "地西泮0.\ufffd mg", "answer": "答"}, r"U\+FFFD"),
        ({"ask": "问", "answer": "答" * 200_001}, "at most 200000"),
        ([], "expected an object"),
        ("x", "expected an object"),
    ],
)
def test_a_row_without_a_fact_is_a_failure_and_the_rest_goes_on(original: Make, row: Any, problem: str) -> None:
    parsed = parse(original, [{"ask": "问", "answer": "一"}, row, {"ask": "问", "answer": "二"}])
    assert [found.address.row for found in parsed.dialogues] == [1, 3]
    (failure,) = parsed.failures
    assert (failure.reason, failure.where) == ("bad_row", "a.json: item 2")
    assert problem.replace("\\", "") in failure.detail


def test_rows_that_say_the_same_are_one_that_counts_them(original: Make) -> None:
    row = {"ask": "问", "answer": "答"}
    parsed = parse(original, [row, {"ask": "问", "answer": "别的"}, row, row])
    assert [(found.address.row, found.attributes) for found in parsed.dialogues] == [(1, {"repeated": "2"}), (2, {})]
    assert parsed.failures == ()


def test_every_answer_to_a_question_is_an_exchange(original: Make) -> None:
    parsed = parse(original, [{"questions": ["问"], "answers": ["甲", "乙"]}])
    assert [found.turns[1].content for found in parsed.dialogues] == ["甲", "乙"]


def test_an_answer_that_is_a_list_written_out_stays_as_it_is(original: Make) -> None:
    assert one(original, {"instruction": "排序：3 1 2", "output": "[1, 2, 3]"}).turns[1].content == "[1, 2, 3]"


def test_what_a_row_says_besides_is_kept(original: Make) -> None:
    found = one(original, {"id": 7, "title": "发热", "cate1": "儿科", "cate2": "新生儿", "ask": "问", "answer": "答"})
    assert (found.title, found.department, found.attributes) == ("发热", "儿科", {"id": "7", "cate2": "新生儿"})


def test_json_lines_under_any_name_keep_their_line(original: Make) -> None:
    text = '{"ask": "问", "answer": "答"}\nbroken\n\n{"ask": "问二", "answer": "答二"}\n'
    parsed = parse_original(original("a.json", text, "dataset"))
    assert [found.address.row for found in parsed.dialogues] == [1, 4]
    assert [failure.where for failure in parsed.failures] == ["a.json:2"]


def test_a_declared_header_map_is_believed(original: Make) -> None:
    made = original("a.json", '[{"kw": "问", "hf": "答"}]', "dataset", kw="ask", hf="answer")
    assert said(parse_original(made).dialogues[0]) == [("user", "问"), ("assistant", "答")]


@pytest.mark.parametrize(
    "text",
    [
        "[{'question': '发热？', 'answer': \"he's fine\"}, {'question': '咳嗽？', 'answer': '多喝水', 'n': None}]",
        "{'question': '发热？', 'answer': \"he's fine\"}\n{'question': '咳嗽？', 'answer': '多喝水', 'n': (1, 2)}\n",
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.txt", "a"])
def test_python_literals_are_read_as_data(original: Make, text: str, name: str) -> None:
    parsed = parse_original(original(name, text, "dataset"))
    assert [found.turns[1].content for found in parsed.dialogues] == ["he's fine", "多喝水"]
    assert parsed.failures == ()


def test_a_literal_that_is_code_is_never_run(original: Make, tmp_path: Any) -> None:
    mark = tmp_path / "ran"
    text = f"{{'question': '问', 'answer': '答'}}\n{{'question': open({str(mark)!r}, 'w'), 'answer': 'x'}}\n"
    parsed = parse_original(original("a.txt", text, "dataset"))
    assert len(parsed.dialogues) == 1
    assert "no Python literal" in parsed.failures[0].detail
    assert not mark.exists()


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        "[{'a': " + "[" * 5000 + "]" * 5000 + "}]",
        "[{'a': '" + "x" * 2_000_000 + "'}]",
        '[{"a": 1}]',
        '[{"ask": "\\u0000", "answer": "x"}]',
        '{"ask": ' + "9" * 10_000 + ', "answer": 1}',
        "[]",
        "{}",
    ],
)
def test_hostile_or_empty_files_are_refused(original: Make, text: str) -> None:
    with pytest.raises(InputError):
        parse_original(original("a.json", text, "dataset"))


def test_control_characters_and_lone_surrogates_are_taken_out(original: Make) -> None:
    text = '[{"ask": "发\\u0000热\\ud83d", "answer": "答\\u0007"}]'
    (found,) = parse_original(original("a.json", text, "dataset")).dialogues
    assert [turn.content for turn in found.turns] == ["发热", "答"]


def test_lines_in_two_encodings_are_both_read(original: Make) -> None:
    rows = [{"ask": f"孩子咳嗽{day}天怎么办", "answer": "多喝水，观察体温。"} for day in "一二三四五六"]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    data = b"\n".join(line.encode("gb18030" if number % 3 else "utf-8") for number, line in enumerate(lines))
    parsed = parse_original(original("a.jsonl", data, "dataset"))
    assert [found.turns[0].content for found in parsed.dialogues] == [row["ask"] for row in rows]


def test_a_damaged_line_is_a_failure_of_its_own(original: Make) -> None:
    lines = [f'{{"ask": "孩子第{n}天发热怎么办", "answer": "多喝水，观察体温。"}}'.encode() for n in range(20)]
    lines[3] = lines[3][:20] + lines[3][21:]
    parsed = parse_original(original("a.jsonl", b"\n".join(lines), "dataset"))
    assert len(parsed.dialogues) == 19
    assert [failure.where for failure in parsed.failures] == ["a.jsonl:4"]


def test_thousands_of_bad_rows_are_told_in_a_few_failures(original: Make) -> None:
    parsed = parse(original, [{"ask": "问", "answer": "答"}, *({"ask": str(n)} for n in range(2000))])
    assert len(parsed.failures) == 501
    assert parsed.failures[-1].detail.startswith("1500 more rows")
