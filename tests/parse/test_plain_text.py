"""Plain text: wrapped lines joined, the markup of digitised classics read."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.parse import Original, parse_original
from pedcorpus.parse.plain_text import plain_text_blocks

Make = Callable[..., Original]
WRAPPED = """第二节 热性惊厥

    热性惊厥是儿童时期最常见的惊厥性疾病，多见于六个月至
三岁的婴幼儿，与遗传有关。本病预后良好。患儿多在发热初起
时发作。
    家长不必惊慌。
一、病因
    尚不清楚。
"""


def test_wrapped_lines_are_joined_to_paragraphs(original: Make) -> None:
    found = parse_original(original("a.txt", WRAPPED)).passages
    assert [one.text[-6:] for one in found] == ["热初起时发作。"[-6:], "长不必惊慌。", "尚不清楚。"]
    assert found[2].address.heading_path == ("第二节 热性惊厥", "一、病因")


def test_spans_cover_the_wrapped_lines(original: Make) -> None:
    for one in parse_original(original("a.txt", WRAPPED)).passages:
        printed = WRAPPED[one.address.start : one.address.end]
        assert "".join(printed.split()) == one.text


def test_unwrapped_lines_are_paragraphs_each() -> None:
    text = "热性惊厥多见于婴幼儿，发热时全身抽搐。\n多数自行停止。\n家长应让患儿侧卧，清除口鼻分泌物，并记下时间。\n"
    assert len(plain_text_blocks(text)) == 3


def test_english_lines_are_joined_with_a_space_and_mended() -> None:
    (block,) = plain_text_blocks(
        "Febrile seizures are the most common convul-\nsive disorder of children aged from 6\nmonths.\n"
    )
    assert block.text == "Febrile seizures are the most common convulsive disorder of children aged from 6 months."


def test_a_classic_s_markup_gives_its_headings(original: Make) -> None:
    text = (
        "<篇名>某书\n书名：某书\n作者：某人\n\n\n<目录>卷之一\\入门\n\n<篇名>论脉\n\n属性：脉乱不治。气不和。 \n"
        "\\x某人谨书\\x \n\n<目录>卷之二\n\n<篇名>变蒸\n\n属性：变蒸非病也。\n"
    )
    found = parse_original(original("a.txt", text.encode("gb18030"))).passages
    assert [(one.address.heading_path, one.text) for one in found] == [
        (("某书", "卷之一", "入门", "论脉"), "脉乱不治。气不和。"),
        (("某书", "卷之一", "入门", "论脉"), "某人谨书"),
        (("某书", "卷之二", "变蒸"), "变蒸非病也。"),
    ]


@given(st.text(alphabet="发热。：1.一、（）【】 　\n章第", max_size=120))
def test_no_visible_character_of_a_text_is_lost(text: str) -> None:
    kept = "".join(block.text for block in plain_text_blocks(text))
    assert "".join(kept.split()) == "".join(text.split())
