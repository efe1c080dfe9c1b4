"""The content lists of MinerU: pages, boxes, headings, tables, captions and notes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, Parsed, parse_original
from pedcorpus.records import PassageKind

Make = Callable[..., Original]


def parsed(original: Make, *items: Any) -> Parsed:
    return parse_original(original("a_content_list.json", json.dumps(items)))


def test_pages_and_boxes_go_into_the_address(original: Make) -> None:
    item = {"type": "text", "text": "正文。", "page_idx": 4, "bbox": [62, 480.5, 946, 904]}
    (found,) = parsed(original, item).passages
    (box,) = found.address.boxes
    assert found.address.page == 5
    assert (box.page, box.x0, box.y1, box.start, box.end) == (5, 62.0, 904.0, 0, 3)
    assert parsed(original, item).document.pages == 5


def test_levels_are_headings_and_captions_are_none(original: Make) -> None:
    (found, caption) = parsed(
        original,
        {"type": "text", "text": "1资料与方法", "text_level": 1, "page_idx": 0},
        {"type": "text", "text": "1.1 对象", "text_level": 1, "page_idx": 0},
        {"type": "text", "text": "共 $3 6$ 例。", "page_idx": 0},
        {"type": "text", "text": "表2 结果", "text_level": 1, "page_idx": 0},
    ).passages
    assert (found.text, found.address.heading_path) == ("共36例。", ("1资料与方法", "1.1 对象"))
    assert (caption.kind, caption.text) == (PassageKind.CAPTION, "表2 结果")


def test_a_table_comes_between_its_captions_and_its_notes(original: Make) -> None:
    body = "<html><body><table><tr><td rowspan=2>药</td><td>$5 \\%$</td></tr><tr><td><3</td></tr></table></body></html>"
    item = {
        "type": "table",
        "table_caption": ["表1 剂量"],
        "table_body": body,
        "table_footnote": ["注：* 为 P\\<0.05"],
        "page_idx": 1,
    }
    found = parsed(original, item).passages
    assert [(str(one.kind), one.text, one.address.page) for one in found] == [
        ("caption", "表1 剂量", 2),
        ("table", "药 | 5%\n药 | <3", 2),
        ("footnote", "注：* 为 P<0.05", 2),
    ]


def test_running_heads_are_left_out_and_notes_are_notes(original: Make) -> None:
    found = parsed(
        original,
        {"type": "header", "text": "某杂志", "page_idx": 0},
        {"type": "discarded", "text": "12", "page_idx": 0},
        {"type": "page_footnote", "text": "基金项目", "page_idx": 0},
        {"type": "list", "list_items": ["甲项", "乙项"], "page_idx": 0},
        {"type": "image", "img_caption": ["图1 皮疹"], "img_path": "a.jpg", "page_idx": 0},
    ).passages
    assert [(str(one.kind), one.text) for one in found] == [
        ("footnote", "基金项目"), ("list_item", "甲项"), ("list_item", "乙项"), ("caption", "图1 皮疹"),
    ]  # fmt: skip


def test_what_is_no_block_or_damaged_is_a_failure(original: Make) -> None:
    data = '[{"type": "text", "text": "甲", "page_idx": 0}, 5, {"type": "text", "text": "乙\\ud800", "page_idx": 0}]'
    found = parse_original(original("a.json", data))
    assert [one.text for one in found.passages] == ["甲"]
    assert [one.reason for one in found.failures] == ["bad_row", "damaged_text"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ('[{"type": "text", "page_idx": 0}', "invalid_json"),
        ('[{"type": "text", "text": " ", "page_idx": 0}]', "no_text"),
        ('[{"type": "text", "page_idx": 0}, ' + "[" * 100_000, "invalid_json"),
    ],
)
def test_a_list_that_is_not_read_says_why(original: Make, data: str, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_original(original("a.json", data))
    assert (refused.value.reason, "\n" in str(refused.value)) == (reason, False)


@pytest.mark.parametrize(
    "odd",
    [
        {"text": 5}, {"text_level": "1"}, {"text_level": True}, {"page_idx": -1}, {"page_idx": 1e300},
        {"page_idx": "0"}, {"bbox": [1, 2]}, {"bbox": [None] * 4}, {"bbox": [float("inf")] * 4},
        {"table_caption": {"a": 1}}, {"type": "unknown"},
    ],
)  # fmt: skip
def test_odd_values_break_nothing(original: Make, odd: dict[str, Any]) -> None:
    found = parsed(
        original, {"type": "text", "text": "甲", "page_idx": 0}, {"type": "text", "text": "乙", "page_idx": 0} | odd
    )
    assert found.passages[0].text == "甲"
    assert json.loads(found.passages[-1].model_dump_json())
