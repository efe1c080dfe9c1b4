"""Markdown: what is markup goes, what is text stays where it stood."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.parse import Original, parse_original, read_text
from pedcorpus.parse.markdown import markdown_blocks
from pedcorpus.records import PassageKind

Make = Callable[..., Original]


def test_spans_slice_to_the_text_as_printed(original: Make) -> None:
    made = original("a.md", "# 病\r\n\r\n甲段，\r\n续行。\r\n\r\n- 一项\r\n- 二项\r\n")
    text = read_text(made).text
    found = parse_original(made).passages
    assert [text[one.address.start : one.address.end] for one in found] == ["甲段，\n续行。", "一项", "二项"]
    assert [one.text for one in found] == ["甲段，续行。", "一项", "二项"]


def test_emphasis_links_and_code_are_markup() -> None:
    (block,) = markdown_blocks("用 **地西泮** *缓慢* [静推](http://x.cn) `10 mg`<br>，![图](a.png)止惊\n")
    assert block.text == "用 地西泮 缓慢 静推 10 mg，止惊"


def test_an_asterisk_between_digits_is_a_product() -> None:
    (block,) = markdown_blocks("剂量为3*4与5*6之和\n")
    assert block.text == "剂量为3*4与5*6之和"


def test_front_matter_and_comments_are_skipped() -> None:
    text = "---\ntitle: 书\n---\n<!-- 注 -->\n\n正文<!-- 内注 -->一句。\n"
    (block,) = markdown_blocks(text)
    assert block.text == "正文一句。"
    assert text[block.span[0]] == "正"


def test_a_table_is_one_passage_a_row_a_line(original: Make) -> None:
    (found,) = parse_original(original("a.md", "| 程度 | 失水 |\n|---|---|\n| 轻 | **5%** |\n")).passages
    assert (found.kind, found.text) == (PassageKind.TABLE, "程度 | 失水\n轻 | 5%")


def test_list_items_lose_their_bullet_and_keep_their_number(original: Make) -> None:
    found = parse_original(original("a.md", "- 侧卧。\n- 吸氧。\n\n1. 止惊药静推。\n2. 退热药口服。\n")).passages
    assert [one.text for one in found] == ["侧卧。", "吸氧。", "1. 止惊药静推。", "2. 退热药口服。"]
    assert {one.kind for one in found} == {PassageKind.LIST_ITEM}


def test_lines_of_one_paragraph_that_open_items_are_parted() -> None:
    blocks = markdown_blocks("证候：发热。\n治法：清热。\n方例：银翘散\n加减。\n")
    assert [block.text for block in blocks] == ["证候：发热。", "治法：清热。", "方例：银翘散加减。"]


def test_a_heading_s_path_is_free_of_markup(original: Make) -> None:
    (found,) = parse_original(original("a.md", "# 第一章 **总论** #\n\n## 【病因】\n\n甲。\n")).passages
    assert found.address.heading_path == ("第一章 总论", "病因")


WORDS = st.sampled_from(
    ["发热", "**咳嗽**", "`mg`", "# ", "- ", "1.", "|", "\n", "\n\n", "<!--", "-->", "【病因】", "*", " "]
)


@given(st.lists(WORDS, max_size=30).map("".join))
def test_each_character_of_a_block_stands_where_it_says(text: str) -> None:
    for block in markdown_blocks(text):
        assert len(block.text) == len(block.origin)
        assert list(block.origin) == sorted(block.origin)
        kept = [
            (own, text[at]) for own, at in zip(block.text, block.origin, strict=True) if not re.match(r"[\s|]", own)
        ]
        assert all(own == printed for own, printed in kept)


def test_a_numbered_title_ends_with_its_line(original: Make) -> None:
    text = "## 病\n\n（二）预防接种\n预防接种的目的是保护小儿健康，提高对某种传染病的免疫力。\n"
    (found,) = parse_original(original("a.md", text)).passages
    assert found.address.heading_path == ("病", "（二）预防接种")


def test_a_table_written_as_html_keeps_its_cells_apart(original: Make) -> None:
    rows = "<tr><td>药名</td><td>剂量</td></tr><tr><td>地西泮</td><td>&lt;10 mg</td></tr>"
    text = f"表1 剂量\n\n<html><body><table>{rows}</table></body></html>\n"
    _, found = parse_original(original("a.md", text)).passages
    assert (found.kind, found.text) == (PassageKind.TABLE, "药名 | 剂量\n地西泮 | <10 mg")
    assert text[found.address.start or 0 :].startswith("药名")


def test_merged_cells_and_formulas_of_a_tool_read_as_printed(original: Make) -> None:
    rows = "<tr><td rowspan=2>药</td><td>$5 \\%$</td></tr>\n\n<tr><td><3</td></tr>"
    table = f"<html><body><table>{rows}</table></body></html>"
    text = f"# 1 方法\n\n计数 $> 1 0 ^ {{ 9 }} / \\mathrm {{ L }}$ 者，m<sup>2</sup>&nbsp;计。\n\n{table}\n\n后文。\n"
    prose, found, after = parse_original(original("a.md", text)).passages
    assert prose.text == "计数>10⁹/L者，m² 计。"
    assert text[prose.address.start : prose.address.end].endswith("计。")
    assert (found.kind, found.text) == (PassageKind.TABLE, "药 | 5%\n药 | <3")
    assert (after.text, after.address.heading_path) == ("后文。", ("1 方法",))


def test_what_a_formula_holds_is_no_markup() -> None:
    (block,) = markdown_blocks("$\\mathrm { B } * 5 7 0 1$ 与 $^ *$ 均 $a _ { 1 }$\n")
    assert block.text == "B*5701与*均a₁"


def test_a_sentence_goes_on_behind_a_tool_s_hard_break() -> None:
    blocks = markdown_blocks("（1）反复发作的感染（pneumonia,  \nPCP)；  \n（2）腹泻。  \n另起一段。\n")
    assert [block.text for block in blocks] == ["（1）反复发作的感染（pneumonia, PCP)；", "（2）腹泻。", "另起一段。"]


def test_a_caption_that_was_made_a_heading_is_a_caption(original: Make) -> None:
    found = parse_original(original("a.md", "# 2 结果\n\n# 表2 结果\n\n正文。\n")).passages
    assert [(str(one.kind), one.address.heading_path) for one in found] == [
        ("caption", ("2 结果",)),
        ("paragraph", ("2 结果",)),
    ]


def test_a_damaged_paragraph_is_a_failure_and_a_damaged_heading_shows_it(original: Make) -> None:
    text = "# 热性惊厥\n\n" + "多见于婴幼儿。\n\n" * 9
    data = text.encode() + b"\xe7\x83 5 mg\n\n# \xe7\x97 \xe5\x9b\xa0\n\n" + "尚不清楚。\n".encode()
    parsed = parse_original(original("a.md", data))
    assert [one.reason for one in parsed.failures] == ["damaged_text"]
    assert parsed.passages[-1].address.heading_path == ("□ 因",)
