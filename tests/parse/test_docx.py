"""Word files: raised digits, merged cells, headings with and without styles, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, parse_original
from pedcorpus.parse.limits import Limits
from pedcorpus.records import PassageKind
from tests.parse.office_files import W, cell, docx, paragraph, raised, row, run, styles, zipped

Make = Callable[..., Original]
OUTLINE = '<w:pPr><w:outlineLvl w:val="{}"/></w:pPr>'


def test_raised_digits_survive(original: Make) -> None:
    made = docx(paragraph(run("面积1.2 m"), raised("2"), run("，计数10×10"), raised("9"), run("/L。")))
    (found,) = parse_original(original("a.docx", made)).passages
    assert found.text == "面积1.2 m²，计数10×10⁹/L。"


def test_headings_have_a_style_of_any_name_or_a_number(original: Make) -> None:
    known = styles(
        ("a1", "章标题", OUTLINE.format(0)),
        ("a2", "节标题", '<w:basedOn w:val="b"/>'),
        ("b", "基础", OUTLINE.format(1)),
        ("a3", "标题 3", ""),
    )
    body = [
        paragraph(run("第一章 热性惊厥"), style="a1"),
        paragraph(run("第一节 病因"), style="a2"),
        paragraph(run("遗传"), style="a3"),
        paragraph(run("与遗传有关。")),
        paragraph(run("第二节 治疗")),
        paragraph(run("一、止惊")),
        paragraph(run("静脉注射。")),
    ]
    found = parse_original(original("a.docx", docx(*body, styles=known))).passages
    assert [one.address.heading_path for one in found] == [
        ("第一章 热性惊厥", "第一节 病因", "遗传"),
        ("第一章 热性惊厥", "第二节 治疗", "一、止惊"),
    ]


def test_merged_cells_stand_in_each_of_their_places(original: Make) -> None:
    table = (
        row(cell("药", '<w:vMerge w:val="restart"/>'), cell("剂量", '<w:gridSpan w:val="2"/>')),
        row(cell("", "<w:vMerge/>"), cell("mg/kg"), cell("ml")),
        row(cell("地西泮"), cell("0.3"), cell("&lt;2")),
    )
    (found,) = parse_original(original("a.docx", docx(f"<w:tbl>{''.join(table)}</w:tbl>"))).passages
    assert found.kind is PassageKind.TABLE
    assert found.text == "药 | 剂量 | 剂量\n药 | mg/kg | ml\n地西泮 | 0.3 | <2"


def test_spans_count_in_the_passages_put_together(original: Make) -> None:
    found = parse_original(original("a.docx", docx(paragraph(run("甲乙")), paragraph(run("丙"))))).passages
    text = "\n".join(one.text for one in found)
    assert [text[one.address.start : one.address.end] for one in found] == ["甲乙", "丙"]


def test_struck_and_deleted_text_is_no_text(original: Make) -> None:
    deleted = f"<w:del>{run('6')}</w:del>"
    made = docx(paragraph(run("用"), run("5", "<w:strike/>"), deleted, run("7 mg")))
    (found,) = parse_original(original("a.docx", made)).passages
    assert found.text == "用7 mg"


def test_formulas_of_word_are_a_failure_and_the_rest_is_read(original: Make) -> None:
    formula = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
    parsed = parse_original(original("a.docx", docx(paragraph(run("按"), formula, run("计算。")))))
    assert [one.reason for one in parsed.failures] == ["formula_left_out"]
    assert parsed.passages[0].text == "按计算。"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx("<w:tbl>" * 300 + "</w:tbl>" * 300), "archive_bomb"),
        (docx("<w:p>"), "damaged_archive"),
        (zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "&c;">]><a/>'}), "unsafe_archive"),
        (zipped({"word/document.xml": "<a>" + " " * 5_000_000 + "</a>"}), "archive_bomb"),
        (zipped({"word/document.xml": f'<w:styles xmlns:w="{W}"/>'}), "unreadable"),
        (zipped({"word/other.xml": "<a/>"}), "unreadable"),
        (docx(), "no_text"),
        (docx(paragraph(run("甲")))[:200], "damaged_archive"),
    ],
)
def test_a_file_that_is_not_read_says_why(original: Make, data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_original(original("a.docx", data))
    assert (refused.value.reason, "\n" in str(refused.value)) == (reason, False)


def test_the_size_of_a_tree_is_limited(original: Make) -> None:
    made = original("a.docx", docx(paragraph(run("甲")) * 20))
    with pytest.raises(InputError, match="allowed are") as refused:
        parse_original(replace(made, limits=Limits(docx_nodes=20)))
    assert refused.value.reason == "archive_bomb"


def test_a_recommendation_in_a_box_is_text(original: Make) -> None:
    box = f"<w:tbl>{row(cell('推荐意见1：建议使用。（1B）'))}</w:tbl>"
    (found,) = parse_original(original("a.docx", docx(box), "guideline")).passages
    assert found.kind is PassageKind.RECOMMENDATION
