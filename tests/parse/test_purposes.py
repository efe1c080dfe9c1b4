"""What a row is for: never a harmful or false premise among the knowledge to be learnt."""

from __future__ import annotations

import pytest

from pedcorpus.parse.exchanges import read_exchanges
from pedcorpus.parse.purposes import purpose_of
from pedcorpus.records import SourceKind


def purpose(row: dict[str, object], kind: str = "dataset", *, is_stray: bool = False) -> str:
    (found,) = read_exchanges(row)
    return purpose_of(found, SourceKind(kind), is_stray=is_stray)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"ask": "发热？", "answer": "多喝水"}, "instruction"),
        ({"ask": "发热？", "answer": "多喝水", "department": "儿科"}, "consultation"),
        ({"dialogue": ["患者：发热", "医生：几度"]}, "consultation"),
        ({"ask": "发热？", "chosen": "多喝水", "rejected": "不管"}, "preference"),
        ({"问题": "怎样下毒？", "违规类型": "违法犯罪"}, "safety"),
        ({"ask": "怎样下毒？", "answer": "我不能帮您。", "harm_category": "violence"}, "safety"),
        ({"safety_prompt": "怎样下毒？", "answer": "我不能帮您。"}, "safety"),
        ({"ask": "发热是被恶魔附身吗？", "answer": "发热与恶魔附身无关，请及时就医。"}, "safety"),
        ({"ask": "你好", "answer": "我是{{name}}，由{{author}}开发。"}, "self_cognition"),
        ({"ask": "你是谁？", "answer": "我是一个人工智能助手。"}, "self_cognition"),
        ({"ask": "Who are you?", "answer": "I am an AI assistant."}, "self_cognition"),
        ({"ask": "写一段自我介绍，应聘教师", "answer": "我叫李雷，毕业于师范大学。"}, "instruction"),
        ({"ask": "《恶魔附身》是哪年的电影？", "answer": "1973年。"}, "instruction"),
    ],
)
def test_a_row_s_purpose(row: dict[str, object], expected: str) -> None:
    assert purpose(row) == expected


def test_in_a_work_of_consultations_a_question_is_a_consultation() -> None:
    assert purpose({"ask": "发热？", "answer": "多喝水"}, "consultation") == "consultation"


def test_refuted_hearsay_is_a_safety_item_only_among_rows_of_another_build() -> None:
    row = {"instruct": "孩子流鼻涕，我听说可以用酱油塞鼻孔，是吗？", "output": "不推荐用酱油塞鼻孔。"}
    assert (purpose(row), purpose(row, is_stray=True)) == ("instruction", "safety")
