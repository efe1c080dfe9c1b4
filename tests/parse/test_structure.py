"""Blocks to passages: headings into the tree, list items and recommendations named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pedcorpus.parse import Original, parse_original
from pedcorpus.records import Passage, PassageKind

Make = Callable[..., Original]


def passages(make: Make, text: str, kind: str = "textbook", name: str = "a.md") -> list[Passage]:
    return list(parse_original(make(name, text, kind)).passages)


def paths(found: list[Passage]) -> list[tuple[str, ...]]:
    return [passage.address.heading_path for passage in found]


def test_aspects_in_brackets_stand_below_the_disease(original: Make) -> None:
    found = passages(original, "## 不乳\n\n概述。\n\n〔病因病机〕\n\n甲。\n\n【调护】\n\n乙。\n")
    assert paths(found) == [("不乳",), ("不乳", "病因病机"), ("不乳", "调护")]


def test_an_aspect_that_opens_a_paragraph_leaves_the_rest_as_text(original: Make) -> None:
    text = "## 肺炎\n\n【病因】本病由病毒引起。\n"
    (found,) = passages(original, text)
    assert (found.text, found.address.heading_path) == ("本病由病毒引起。", ("肺炎", "病因"))
    assert text[found.address.start : found.address.end] == found.text


def test_brackets_may_stand_above_chinese_numbers_or_below(original: Make) -> None:
    above = passages(
        original, "## 病\n\n【治疗】\n\n一、一般治疗\n\n甲。\n\n二、药物治疗\n\n乙。\n\n【预防】\n\n丙。\n"
    )
    assert paths(above) == [("病", "治疗", "一、一般治疗"), ("病", "治疗", "二、药物治疗"), ("病", "预防")]
    below = passages(original, "## 节\n\n一、肺炎\n\n【病因】\n\n甲。\n\n二、哮喘\n\n【病因】\n\n乙。\n")
    assert paths(below) == [("节", "一、肺炎", "病因"), ("节", "二、哮喘", "病因")]


def test_an_appendix_is_a_section_of_its_own(original: Make) -> None:
    text = "## 湿温\n\n〔调护〕\n\n甲。\n\n附：肠伤寒\n\n乙。\n\n（一）初期\n\n丙。\n\n〔验方〕\n\n丁。\n"
    assert paths(passages(original, text))[1:] == [
        ("湿温", "附：肠伤寒"),
        ("湿温", "附：肠伤寒", "（一）初期"),
        ("湿温", "附：肠伤寒", "验方"),
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("（一）辨证要领", "（一）辨证要领"),
        ("1.初热期（疹前期）：", "1.初热期（疹前期）"),
        ("（1）湿邪偏重，邪伏募原。", "（1）湿邪偏重，邪伏募原"),  # a stop, but 证候： follows
        ("1.2 临床表现", "1.2 临床表现"),
        ("一、病因", "一、病因"),
        ("**诊断**", "诊断"),
    ],
)
def test_a_numbered_title_with_something_under_it_is_a_heading(original: Make, line: str, heading: str) -> None:
    found = passages(original, f"## 病\n\n{line}\n\n证候：发热头痛。\n")
    assert paths(found) == [("病", heading)]


@pytest.mark.parametrize(
    "line",
    [
        "1.面色苍黄，呼吸气弱，不能吮乳，舌质淡。",
        "（一）禀赋不足：父母精血不足，病中受孕。",
        "（一）麻毒初透 证见发热、咳嗽、鼻塞流涕等。",
        "2.卧室要温暖湿润。",
        "1.银花10克 甘草3克，煎水代茶。",
    ],
)
def test_a_numbered_sentence_is_a_list_item(original: Make, line: str) -> None:
    (found, _) = passages(original, f"## 病\n\n{line}\n\n后文一段。\n")
    assert (found.kind, found.text) == (PassageKind.LIST_ITEM, line)


def test_titles_one_after_the_other_are_a_list(original: Make) -> None:
    found = passages(original, "## 病\n\n1.发热\n\n2.咳嗽\n\n3.皮疹\n")
    assert [(one.kind, one.attributes["marker"]) for one in found] == [
        (PassageKind.LIST_ITEM, f"{n}.") for n in (1, 2, 3)
    ]


def test_a_run_in_label_is_named(original: Make) -> None:
    (found,) = passages(original, "## 病\n\n（一）禀赋不足：父母精血不足。\n")
    assert found.attributes == {"marker": "（一）", "label": "禀赋不足"}


@pytest.mark.parametrize(
    ("item", "label"),
    [
        ("1. 门诊治疗的细菌性肺炎首选阿莫西林40 mg/kg，口服。", None),
        ("2. 首选阿莫西林 40 mg/kg，口服。", None),
        ("3. Give paracetamol 15 mg/kg by mouth.", None),
        ("3) MOG 抗体病-ATM：约三分之二的患者正常。", "MOG 抗体病-ATM"),
        ("（1）麻毒初透 证见发热、咳嗽、鼻塞流涕等。", "麻毒初透"),
    ],
    ids=["dose", "dose apart", "English", "words apart", "gap"],
)
def test_an_item_s_label_ends_at_a_colon_or_a_gap_and_never_at_a_dose(
    original: Make, item: str, label: str | None
) -> None:
    (found, _) = passages(original, f"## 病\n\n{item}\n\n后文一段。\n")
    assert (found.kind, found.attributes.get("label")) == (PassageKind.LIST_ITEM, label)


def test_english_numbers_nest(original: Make) -> None:
    text = "# Chapter 3 Seizures\n\nA.\n\n# 3.1 Febrile\n\nB.\n\n# 3.1.2 Treatment\n\nC.\n\n# 3.2 Other\n\nD.\n"
    assert paths(passages(original, text))[1:] == [
        ("Chapter 3 Seizures", "3.1 Febrile"),
        ("Chapter 3 Seizures", "3.1 Febrile", "3.1.2 Treatment"),
        ("Chapter 3 Seizures", "3.2 Other"),
    ]


def test_a_caption_is_named(original: Make) -> None:
    assert [one.kind for one in passages(original, "表2 鉴别表\n\n见表2。\n")] == [
        PassageKind.CAPTION,
        PassageKind.PARAGRAPH,
    ]


def test_a_textbook_has_no_recommendations(original: Make) -> None:
    (found,) = passages(original, "推荐意见1：首选口服补液（1B）。")
    assert found.kind is PassageKind.PARAGRAPH


def test_a_paragraph_that_lost_characters_is_a_failure_and_no_passage(original: Make) -> None:
    parsed = parse_original(original("a.md", "地西泮0.\ufffd mg/kg。\n\n好的一段。\n"))
    assert [passage.text for passage in parsed.passages] == ["好的一段。"]
    assert [failure.reason for failure in parsed.failures] == ["damaged_text"]


def test_a_declared_heading_stands_beside_the_typed_one_before_it_in_number(original: Make) -> None:
    text = "# 7.1 肺炎\n\n治疗三周。\n\n# 结核病\n\n7.2.1 诊断\n\n见各地标准。\n\n# 7.2.2 治疗\n\n与他人同。\n"
    found = parse_original(original("a.md", text)).passages
    assert [one.address.heading_path for one in found[1:]] == [("结核病", "7.2.1 诊断"), ("结核病", "7.2.2 治疗")]
