"""Names are told from texts, and what a web page left in a value from both."""

from __future__ import annotations

import pytest

from pedcorpus.parse.cells import cleaned, is_prose, list_members, one_name, read_names, split_values, whole_sentences


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("发热、咳嗽，皮疹；呕吐", ("发热", "咳嗽", "皮疹", "呕吐")),
        ("发热 咳嗽 发热", ("发热", "咳嗽")),
        ("胸部X线;血常规", ("胸部X线", "血常规")),
        ("退热（布洛芬、对乙酰氨基酚）、补液", ("退热（布洛芬、对乙酰氨基酚）", "补液")),
        ("type 2 diabetes, juvenile; gout", ("type 2 diabetes, juvenile", "gout")),
        ("无", ()),
    ],
)
def test_a_cell_is_split_as_its_script_writes_lists(cell: str, values: tuple[str, ...]) -> None:
    assert split_values(cell) == values


@pytest.mark.parametrize(
    ("value", "whole", "cut"),
    [
        ("发热、咳嗽、呼吸困…", ("发热", "咳嗽"), ("呼吸困…",)),
        ("发热 咳嗽 呼吸困... [详细]", ("发热", "咳嗽"), ("呼吸困...",)),
        ("发热 咳嗽 ...", ("发热", "咳嗽"), ()),  # the list is cut between names: each of them is whole
        ("发热、咳嗽等", ("发热", "咳嗽"), ()),
        ("更多>>", (), ()),
        ("血常规、胸片 【查看详情】", ("血常规", "胸片"), ()),
        ("发热、" + "长" * 400, ("发热",), ("长" * 400,)),
    ],
)
def test_names_that_the_file_cuts_short_are_told_apart(
    value: str, whole: tuple[str, ...], cut: tuple[str, ...]
) -> None:
    assert read_names(value) == (whole, cut)


def test_a_phrase_keeps_its_commas_where_nothing_says_that_it_is_a_list() -> None:
    assert read_names("各医院不同，市三甲医院约（5000-10000元）", listed=False).whole == (
        "各医院不同，市三甲医院约（5000-10000元）",
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("肺炎是肺部的炎症。多由感染引……", "肺炎是肺部的炎症。"),
        ("肺炎是肺部的炎...", ""),
        ("肺炎是肺部的炎症。", "肺炎是肺部的炎症。"),
        ("Fever. Cough and", "Fever. Cough and"),
        ("Fever at 39.5 or mo...", ""),
    ],
)
def test_a_text_that_is_cut_short_loses_its_last_sentence(text: str, kept: str) -> None:
    assert whole_sentences(text) == kept


@pytest.mark.parametrize(
    ("cell", "members"),
    [
        ("['发热', '咳嗽']", ("发热", "咳嗽")),
        ('["发热"]', ("发热",)),
        ("[1, 2]", ("[1, 2]",)),
        ("[" * 3_000 + "]", ("[" * 3_000 + "]",)),
        ("[详细]", ("[详细]",)),
    ],
)
def test_a_list_as_a_program_prints_it_is_its_members(cell: str, members: tuple[str, ...]) -> None:
    assert list_members(cell) == members


@pytest.mark.parametrize(
    ("cell", "prose"), [("本病多见。冬季高发。", True), ("发热、咳嗽", False), ("发热。", False), ("-1.5", False)]
)
def test_a_text_is_told_from_names(cell: str, prose: bool) -> None:
    assert is_prose(cell) is prose


def test_one_name_keeps_its_commas_and_says_when_there_is_none() -> None:
    assert (one_name("type 2 diabetes, juvenile"), one_name("暂无"), one_name("nan"), cleaned("肺炎[编辑]")) == (
        "type 2 diabetes, juvenile", "", "", "肺炎",
    )  # fmt: skip
