from __future__ import annotations

import pytest

from pedcorpus.export.section import group_of, heading_name, section_path
from pedcorpus.records import Address
from tests.export.sample import DISEASES, cause_question, symptom_question

HEADINGS = [
    ("section", "第二节 热性惊厥", "热性惊厥"),
    ("section without a space", "第二节热性惊厥", "热性惊厥"),
    ("list number", "一、热性惊厥", "热性惊厥"),
    ("number in brackets", "（三）热性惊厥", "热性惊厥"),
    ("arabic", "7.2 热性惊厥", "热性惊厥"),
    ("lenticular", "【热性惊厥】", "热性惊厥"),
    ("numbered twice", "第七章 第二节 热性惊厥", "热性惊厥"),
    ("english name behind", "第二节 热性惊厥（febrile seizure）", "热性惊厥"),
    ("a number that belongs to the name", "十二指肠溃疡", "十二指肠溃疡"),
    ("a digit that belongs to the name", "21三体综合征", "21三体综合征"),
    ("number only", "第二节", "第二节"),
    ("plain", "概述", "概述"),
]


@pytest.mark.parametrize(("heading", "name"), [row[1:] for row in HEADINGS], ids=[row[0] for row in HEADINGS])
def test_a_heading_names_what_stands_behind_its_number(heading: str, name: str) -> None:
    assert heading_name(heading) == name


def test_aspects_of_one_disease_are_one_section() -> None:
    groups = set()
    for aspect in ("病因", "治疗"):
        instruction = cause_question(DISEASES[0])
        address = Address(heading_path=("第一章 常见病", "第1节 水痘", aspect))
        evidence = instruction.evidence[0].model_copy(update={"address": address})
        groups.add(group_of(instruction.model_copy(update={"evidence": (evidence,)})))
    assert groups == {"book › 第一章 常见病 › 第1节 水痘"}


def test_a_heading_that_only_contains_the_topic_ends_the_section_too() -> None:
    headings = ("第一章 常见病", "麻疹附：奶麻", "辨证论治")
    assert section_path(headings, "麻疹") == ("第一章 常见病", "麻疹附：奶麻")


def test_where_no_heading_names_the_topic_the_whole_path_is_the_section() -> None:
    instruction = cause_question(DISEASES[0]).model_copy(update={"topic": "发疹性疾病"})
    assert group_of(instruction) == "book › 第一章 常见病 › 第1节 水痘"


def test_in_a_graph_the_section_is_the_topic() -> None:
    assert group_of(symptom_question(DISEASES[0])) == "graph › 水痘"


def test_in_a_dialogue_the_section_is_the_dialogue_whatever_its_topics() -> None:
    groups = set()
    for disease in DISEASES[:2]:
        instruction = cause_question(disease)
        turn = instruction.evidence[0].model_copy(
            update={"origin": "turn", "origin_id": "talk", "address": Address(turn=1)}
        )
        groups.add(group_of(instruction.model_copy(update={"evidence": (turn,)})))
    assert groups == {"book › talk"}
