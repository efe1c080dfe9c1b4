"""Numbers that Word counts itself stand in the text as in print."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pedcorpus.parse import Original, parse_original
from tests.parse.office_files import W, docx, paragraph, run, styles

Make = Callable[..., Original]


def level(depth: int, form: str, text: str, start: int = 1) -> str:
    counted = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{counted}</w:lvl>'


def numbering(*levels: str, override: str = "") -> str:
    """Lists 1 and 2 of one definition; `override` is put into list 2."""
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{override}</w:num></w:numbering>'
    )


def item(text: str, depth: int = 0, number: int = 1) -> str:
    named = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{named}</w:pPr>{run(text)}</w:p>"


def texts(make: Make, *body: str, **parts: str) -> list[str]:
    return [one.text for one in parse_original(make("a.docx", docx(*body, **parts))).passages]


def test_levels_count_and_begin_anew_under_the_next_item(original: Make) -> None:
    listed = numbering(level(0, "decimal", "%1."), level(1, "decimal", "（%2）"))
    body = [item("止惊。"), item("地西泮。", 1), item("水合氯醛。", 1), item("降温。"), item("布洛芬。", 1)]
    expected = ["1. 止惊。", "（1）地西泮。", "（2）水合氯醛。", "2. 降温。", "（1）布洛芬。"]
    assert texts(original, *body, numbering=listed) == expected


@pytest.mark.parametrize(
    ("form", "text", "start", "expected"),
    [
        ("chineseCounting", "%1、", 1, "一、"),
        ("chineseCountingThousand", "（%1）", 12, "（十二）"),
        ("japaneseCounting", "%1、", 105, "一百零五、"),
        ("decimalEnclosedCircle", "%1", 3, "③ "),
        ("upperRoman", "%1.", 4, "IV. "),
        ("lowerLetter", "%1)", 2, "b)"),
        ("decimal", "%1.", 7, "7. "),
    ],
)
def test_numbers_have_words_own_forms(original: Make, form: str, text: str, start: int, expected: str) -> None:
    listed = numbering(level(0, form, text, start))
    assert texts(original, item("5岁以上患儿可用。"), numbering=listed) == [f"{expected}5岁以上患儿可用。"]


def test_a_heading_style_may_number_its_chapters(original: Make) -> None:
    known = styles(
        ("h", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>')
    )
    body = [
        paragraph(run("绪论"), style="h"),
        paragraph(run("正文。")),
        paragraph(run("惊厥"), style="h"),
        paragraph(run("多见。")),
    ]
    made = docx(*body, styles=known, numbering=numbering(level(0, "chineseCounting", "第%1章")))
    found = parse_original(original("a.docx", made)).passages
    assert [one.address.heading_path for one in found] == [("第一章 绪论",), ("第二章 惊厥",)]


def test_a_list_goes_on_or_starts_anew_as_word_says(original: Make) -> None:
    listed = (level(0, "decimal", "%1."),)
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = [item("甲。"), item("乙。", number=2)]
    assert texts(original, *body, numbering=numbering(*listed)) == ["1. 甲。", "2. 乙。"]
    assert texts(original, *body, numbering=numbering(*listed, override=anew)) == ["1. 甲。", "1. 乙。"]


@pytest.mark.parametrize("form", ["bullet", "none"])
def test_bullets_are_no_numbers(original: Make, form: str) -> None:
    assert texts(original, item("甲。"), numbering=numbering(level(0, form, "•"))) == ["甲。"]
