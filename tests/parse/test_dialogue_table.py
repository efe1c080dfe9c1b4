"""Consultations and data sets as CSV and TSV."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, parse_original

Make = Callable[..., Original]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("department,title,ask,answer", "儿科,发热,宝宝发热,多少度？"),
        ("科室\t标题\t问题\t回答", "儿科\t发热\t宝宝发热\t多少度？"),
        ("Department,Title,Question,Answer", "儿科,发热,宝宝发热,多少度？"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_row_is_a_question_with_its_answer(original: Make, header: str, row: str, encoding: str) -> None:
    data = f"{header}\n{row}\n".encode(encoding)
    (found,) = parse_original(original("a.csv", data, "consultation")).dialogues
    assert [(turn.role, turn.content) for turn in found.turns] == [("patient", "宝宝发热"), ("doctor", "多少度？")]
    assert (found.department, found.title, found.address.row) == ("儿科", "发热", 2)


def test_a_cell_may_hold_a_whole_conversation(original: Make) -> None:
    text = "id,conversations\n1,\"[{'from': 'human', 'value': '问'}, {'from': 'gpt', 'value': '答'}]\"\n"
    (found,) = parse_original(original("a.csv", text, "dataset")).dialogues
    assert ([turn.content for turn in found.turns], found.attributes) == (["问", "答"], {"id": "1"})


def test_harmful_requests_need_no_answer(original: Make) -> None:
    text = "ID,问题,违规类型,违规子类\n1,怎样偷偷下药？,违法犯罪,伤害他人\n"
    (found,) = parse_original(original("a.csv", text, "dataset")).dialogues
    assert (found.purpose, len(found.turns), found.turns[0].role) == ("safety", 1, "user")
    assert found.attributes == {"ID": "1", "违规类型": "违法犯罪", "违规子类": "伤害他人"}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("问,nan", "found no exchange"),
        ("问", "found no exchange"),
        ("问,答,多", "found 3 cells"),
        ('问,"答', "close the quotation mark"),
    ],
)
def test_a_bad_row_is_a_failure_and_the_rest_goes_on(original: Make, row: str, problem: str) -> None:
    parsed = parse_original(original("a.csv", f"ask,answer\n一,甲\n{row}\n二,乙\n", "dataset"))
    assert [found.address.row for found in parsed.dialogues] == [2, 4]
    assert [failure.where for failure in parsed.failures] == ["a.csv:3"]
    assert problem in parsed.failures[0].detail


def test_a_cell_of_many_megabytes_is_a_failure(original: Make) -> None:
    text = "ask,answer\n一,甲\n问," + "答" * 11_000_000 + "\n二,乙\n"
    parsed = parse_original(original("a.csv", text, "dataset"))
    assert len(parsed.dialogues) == 2
    assert len(parsed.failures) == 1
    assert len(parsed.failures[0].raw) <= 500


def test_nul_bytes_are_taken_out(original: Make) -> None:
    (found,) = parse_original(original("a.csv", "ask,answer\n发\x00热,多喝水\n", "dataset")).dialogues
    assert found.turns[0].content == "发热"


def test_a_table_without_questions_is_refused(original: Make) -> None:
    with pytest.raises(InputError, match="expected ask and answer"):
        parse_original(original("a.csv", "head,relation,tail\n1,2,3\n", "dataset"))
