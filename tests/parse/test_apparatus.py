"""Exercises, objectives and references are told from text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pedcorpus.parse import Original, parse_original
from pedcorpus.parse.apparatus import apparatus_of, apparatus_title

Make = Callable[..., Original]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("复习思考题", "exercise"),
        ("思考与练习", "exercise"),
        ("【思考题】", "exercise"),
        ("三、自测题", "exercise"),
        ("名词解释", "exercise"),
        ("多选择题", "exercise"),
        ("Review Questions", "exercise"),
        ("目的要求", "objective"),
        ("学习目标", "objective"),
        ("参考文献", "reference"),
        ("References:", "reference"),
        ("治疗", None),
        ("练习", "exercise"),
        ("语言练习与康复", None),
        ("病例分析", None),
        ("学习障碍", None),
        ("学习困难", None),
        ("参考剂量", None),
        ("复发", None),
        ("2.3 问题与思考障碍", None),
    ],
)
def test_a_heading_names_its_apparatus(heading: str, expected: str | None) -> None:
    assert apparatus_title(heading) == expected


@pytest.mark.parametrize(
    ("text", "headings", "expected"),
    [
        ("2.何谓胎黄？如何防治？", ("第二章 新生儿", "复习思考题"), "exercise"),
        ("1.简述不乳的病因病机。", ("不乳",), "exercise"),
        ("试述硬肿症的辨证要领。", (), "exercise"),
        ("现简述如下：患儿以男性多见。", (), None),
        ("1.掌握麻疹的分期。", ("目的要求",), "objective"),
        ("2学时", ("自学时数",), "objective"),
        ("3.常见证的用药。", ("目的要求",), "objective"),
        ("麻疹是麻疹病毒所致的急性传染病。", ("麻疹", "目的要求"), None),
        ("掌握喂养方法十分重要。", ("护理",), None),
        ("[3] 某某. 热性惊厥[J]. 儿科, 2020, 1: 2-3.", ("参考文献",), "reference"),
        ("Some A. Seizures. Brain 2001;3:4.", ("References",), "reference"),
        ("18.某某.川崎病[J].某杂志,2018,28(12):69-73.", ("某合作期刊",), "reference"),
        ("本文作者声明无利益冲突。", ("参考文献",), None),
        ("分子离子峰[M+H]，2020年测定。", (), None),
    ],
)
def test_a_paragraph_is_apparatus_by_its_heading_or_its_words(
    text: str, headings: tuple[str, ...], expected: str | None
) -> None:
    assert apparatus_of(text, headings) == expected


def test_a_bare_line_above_the_exercises_closes_the_section_before(original: Make) -> None:
    text = (
        "# 第二章 新生儿\n\n## 硬肿症\n\n〔文献〕\n\n五硬者仰头取气。\n\n复习思考题\n\n"
        "1.何谓胎黄？\n\n2.如何防治脐风？\n\n## 第三节 脐风\n\n脐风多见于新生儿。\n"
    )
    passages = parse_original(original("a.md", text)).passages
    assert [(one.address.heading_path[1:], one.attributes.get("apparatus")) for one in passages] == [
        (("硬肿症", "文献"), None),
        (("硬肿症", "复习思考题"), "exercise"),
        (("硬肿症", "复习思考题"), "exercise"),
        (("第三节 脐风",), None),
    ]
    assert [one.is_apparatus for one in passages] == [False, True, True, False]


def test_text_after_the_objectives_stands_under_the_chapter(original: Make) -> None:
    text = "# 第二章 传染病\n\n〔目的要求〕\n\n1.掌握麻疹的分期。\n\n麻疹由病毒所致。\n\n2.病后不再患。\n"
    passages = parse_original(original("a.md", text)).passages
    assert [(one.address.heading_path, one.is_apparatus) for one in passages] == [
        (("第二章 传染病", "目的要求"), True),
        (("第二章 传染病",), False),
        (("第二章 传染病",), False),
    ]
