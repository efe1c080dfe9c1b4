from typing import Any

import pytest

from pedcorpus.curate.contamination import Columns, Item, find_columns, items_of_row
from pedcorpus.errors import UsageError

FIVE = ("地西泮", "苯巴比妥", "水合氯醛", "苯妥英钠", "丙戊酸钠")
QUESTION = "小儿惊厥首选药物是"
ITEM = Item("set", "row 1", QUESTION, FIVE, "地西泮")


def items(row: dict[str, Any], declared: Columns | None = None) -> list[Item]:
    columns = find_columns(list(row), declared or Columns(), where="set.json")
    return list(items_of_row(row, columns, set_name="set", number=1))


LETTERS = dict(zip("ABCDE", FIVE, strict=True))


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            {"exam_type": "医师考试", "exam_class": "执业医师", "question": QUESTION, "option": LETTERS, "answer": "A"},
            id="CMB",
        ),
        pytest.param(
            {"Question": QUESTION, "Options": "\n".join(f"{a} {b}" for a, b in LETTERS.items()), "Answer": "A"},
            id="CMExam CSV",
        ),
        pytest.param(
            {"Question": QUESTION, "Options": [{"key": a, "value": b} for a, b in LETTERS.items()], "Answer": "A"},
            id="CMExam JSON",
        ),
        pytest.param(
            {"question": QUESTION, "options": LETTERS, "answer": "地西泮", "meta_info": "卫生法规", "answer_idx": "A"},
            id="MedQA-zh",
        ),
        pytest.param(
            {"question": QUESTION, "choices": [f"({a}) {b}" for a, b in LETTERS.items()], "answer": "(A) 地西泮"},
            id="CMMLU",
        ),
        pytest.param({"question": QUESTION, **LETTERS, "answer": "A", "explanation": ""}, id="C-Eval"),
        pytest.param(
            {"question": QUESTION, **{f"op{a.lower()}": b for a, b in LETTERS.items()}, "answer": "opa"}, id="lettered"
        ),
        pytest.param({"题干": QUESTION, "选项": list(FIVE), "答案": "A"}, id="Chinese names"),
    ],
)
def test_known_shapes_are_recognised_(row: dict[str, Any]) -> None:
    assert items(row) == [ITEM]


def test_each_wording_of_huatuo_is_an_item_with_all_its_answers() -> None:
    row = {"questions": [["肺炎怎么办？", "肺炎如何治疗？"]], "answers": ["抗感染。", "对症。"]}
    assert [(item.question, item.answer) for item in items(row)] == [
        ("肺炎怎么办？", "抗感染。\n对症。"),
        ("肺炎如何治疗？", "抗感染。\n对症。"),
    ]


@pytest.mark.parametrize(("answer", "words"), [("AC", "地西泮\n水合氯醛"), ("B，D", "苯巴比妥\n苯妥英钠"), ("H", "")])
def test_letters_of_an_answer_are_the_options_that_they_name(answer: str, words: str) -> None:
    assert [item.answer for item in items({"question": QUESTION, "options": LETTERS, "answer": answer})] == [words]


def test_declared_columns_come_before_recognised_ones() -> None:
    row = {"question": "编号7", "stem": QUESTION, "key": "地西泮", "nr": 7}
    (item,) = items(row, Columns(question="stem", answer="key", id="nr"))
    assert item == Item("set", "7", QUESTION, (), "地西泮")


@pytest.mark.parametrize("row", [{"question": ""}, {"question": " \n"}, {"question": None}, {"question": []}], ids=repr)
def test_a_row_without_a_question_has_no_item(row: dict[str, Any]) -> None:
    assert items(row) == []


def test_without_a_known_column_the_message_says_what_was_found_and_what_to_declare() -> None:
    with pytest.raises(UsageError, match=r"set\.json: no column of questions.*stem, key.*question = .*--question"):
        find_columns(["stem", "key"], Columns(), where="set.json")


def test_a_declared_column_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match=r"set\.json: no column 'stm', which is declared; found: stem, key"):
        find_columns(["stem", "key"], Columns(question="stm"), where="set.json")
