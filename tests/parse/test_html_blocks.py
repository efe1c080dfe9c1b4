"""HTML to blocks: what is a heading, a paragraph, an item, a table, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.parse.html_blocks import html_blocks
from pedcorpus.parse.html_shape import is_boilerplate
from pedcorpus.records import PassageKind


def texts(source: str) -> list[str]:
    return [block.text for block in html_blocks(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>甲<p>乙</p>丙", ["甲", "乙", "丙"]),
        ("<p>甲<br>乙</p>", ["甲", "乙"]),
        ("<p>发热\n  咳嗽\n fever\n cough</p>", ["发热咳嗽fever cough"]),
        ("<p>1.2 m<sup>2</sup>，10<sup>-9</sup>，SpO<sub>2</sub></p>", ["1.2 m²，10⁻⁹，SpO₂"]),
        ("<p>疼痛<sup>[1]</sup>，C<sub>max</sub></p>", ["疼痛[1]，Cmax"]),
        ("<p>CD4<sup>+</sup>，x<sup>a<sup>2</sup></sup></p>", ["CD4⁺，xᵃ²"]),
        ("<ruby>疳<rp>(</rp><rt>gān</rt></ruby>证", ["疳证"]),
        ("用<del>5</del><s>6</s>7 mg", ["用7 mg"]),
        ("<style>p{}</style><script>x</script><p>甲", ["甲"]),
        ("<pre>甲\n乙</pre>", ["甲", "乙"]),
        ("<h2>甲<br>乙</h2>", ["甲乙"]),
        ("<math><msup><mi>m</mi><mn>2</mn></msup></math>", ["m²"]),
        ("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", ["1/2"]),
        ("甲<a epub:type='noteref' href='#n'>1</a>。", ["甲¹。"]),
    ],
)
def test_text_reads_as_it_is_shown(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


def test_headings_items_captions_and_notes_are_told_apart() -> None:
    found = html_blocks(
        "<h2>病因</h2><p><b>要点</b></p><ul><li>甲<ol><li>乙</ol><li><p>丙</ul><p>丁</p>"
        "<figure><figcaption>图1 皮疹</figcaption></figure><aside epub:type='footnote'><p>注 ↩</p></aside>"
    )
    kinds = [(one.text, one.level, one.emphatic, str(one.kind)) for one in found]
    assert kinds == [
        ("病因", 2, False, "paragraph"),
        ("要点", None, True, "paragraph"),
        ("甲", None, False, "list_item"),
        ("乙", None, False, "list_item"),
        ("丙", None, False, "list_item"),
        ("丁", None, False, "paragraph"),
        ("图1 皮疹", None, False, "caption"),
        ("注", None, False, "footnote"),
    ]


def test_a_heading_that_is_never_closed_is_not_the_whole_text() -> None:
    first, second = html_blocks("<h2>病因<p>正文。")
    assert (first.level, second.level) == (2, None)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td>甲<td>乙<tr><td>丙<td>丁", "甲 | 乙\n丙 | 丁"),
        ("<tr><td rowspan=2>药<td colspan=2>量<tr><td>mg<td>ml", "药 | 量 | 量\n药 | mg | ml"),
        ("<tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3", "甲 | 1\n甲 | 2\n甲 | 3"),
        ("<tr><td>甲<td><3<tr><td><p>乙</p><p>丙</p><td>", "甲 | <3\n乙 丙 | "),
        ("<tr><td>甲<td>乙<tr><td><td>", "甲 | 乙"),  # an empty row says nothing
        ("<tr><td colspan=x>甲<td rowspan=99999999>乙", "甲 | 乙"),
    ],
)
def test_a_table_is_one_block_with_merged_cells_in_each_place(rows: str, expected: str) -> None:
    (found,) = html_blocks(f"<table>{rows}</table>")
    assert (found.kind, found.text.replace("乙丙", "乙 丙")) == (PassageKind.TABLE, expected)


def test_a_table_that_only_lays_out_is_read_as_text() -> None:
    assert texts("<table><tr><td><h2>甲</h2>乙<td>丙</table>") == ["甲", "乙", "丙"]
    (boxed,) = html_blocks("<table><tr><td><p>推荐意见1：用。</p></table>")
    assert boxed.kind is PassageKind.PARAGRAPH


def test_spread_cells_are_bounded() -> None:
    cell = "<td colspan=1000 rowspan=1000>" + "长" * 10_000
    (found,) = html_blocks(f"<table><tr>{cell}<tr>{cell}</table>")
    assert len(found.text) < 5_000_000


def test_a_caption_inside_a_table_stands_above_it() -> None:
    caption, table = html_blocks("<table><caption>表1</caption><tr><td>甲<td>乙</table>")
    assert (caption.kind, table.kind) == (PassageKind.CAPTION, PassageKind.TABLE)


def test_menus_are_left_out_of_pages_and_kept_in_books() -> None:
    page = "<ul><li><a>首页</a><li><a>科室</a><li><a>专家</a></ul><p>正文见<a>此</a>。</p><nav>导航</nav>"
    assert [one.text for one in html_blocks(page, drop=is_boilerplate)] == ["正文见此。"]
    assert len(texts(page)) == 5


PIECES = st.sampled_from(
    ["<p>", "</p>", "<h1>", "<td>", "<tr>", "<table>", "</table>", "<li>", "</ul>", "<sup>", "</sup>", "<nav>", "<pre>",
     "<msup>", "<math>", "</math>", "甲2", "&lt;", " \n", "<br>", "<aside role=doc-footnote>", "<caption>", "<a>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_each_character_stands_where_it_says(source: str) -> None:
    for block in html_blocks(source):
        assert len(block.text) == len(block.origin)
        for own, at in zip(block.text, block.origin, strict=True):
            assert own != "甲" or source[at] == "甲"
            assert own != "<" or source[at] == "&"


@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_text_is_lost_but_that_of_unread_elements(source: str) -> None:
    kept = sum(block.text.count("甲") for block in html_blocks(source) if block.kind is not PassageKind.TABLE)
    in_tables = any(block.kind is PassageKind.TABLE for block in html_blocks(source))
    assert in_tables or kept == source.count("甲")
