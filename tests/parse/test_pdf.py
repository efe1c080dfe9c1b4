"""Text PDFs: reading order, running lines, joins, headings, boxes, tables, and what is refused."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, parse_original
from pedcorpus.parse.parser import ParseOptions
from pedcorpus.records import PassageKind

_spec = importlib.util.spec_from_file_location("pdf_pages", Path(__file__).with_name("pdf_pages.py"))
assert _spec
assert _spec.loader
pages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(pages)

Make = Callable[..., Original]
LEFT = [
    "热性惊厥是小儿最常见的惊厥性疾病，",
    "多发生于六个月至五岁，与发热有关，",
    "须除外颅内感染，其预后良好，一般不",
]
RIGHT = ["需要长期用药。复杂型发作时间较长，", "可在一次病程中反复发作，应当进一步", "检查脑电图。"]
NEXT = ["发作超过五分钟者，静脉注射地西泮，", "单次最大量10毫克，注意呼吸抑制的发", "生，必要时给氧。"]


def two_columns() -> bytes:
    first = [
        (200, 100, 18, "热性惊厥诊治"),
        *pages.column(72, 150, ["一、概述"], size=13),
        *pages.column(72, 180, LEFT),
        *pages.column(320, 180, [*RIGHT, "【治疗】", "多数发作在五分钟内自行缓解，不需要"]),
    ]
    second = [*pages.column(72, 100, ["药物止惊。"]), *pages.column(72, 116, NEXT), *pages.column(320, 100, LEFT)]
    return pages.new_pdf([first, second], head="临床儿科杂志")


def test_two_columns_are_read_one_after_the_other_and_joined(original: Make) -> None:
    found = parse_original(original("a.pdf", two_columns())).passages
    assert [one.text for one in found[:2]] == ["".join(LEFT + RIGHT), "多数发作在五分钟内自行缓解，不需要药物止惊。"]


def test_headings_come_from_size_numbers_and_brackets(original: Make) -> None:
    found = parse_original(original("a.pdf", two_columns())).passages
    assert [one.address.heading_path for one in found[:2]] == [
        ("热性惊厥诊治", "一、概述"),
        ("热性惊厥诊治", "一、概述", "治疗"),
    ]


def test_running_heads_and_page_numbers_are_gone(original: Make) -> None:
    text = "\n".join(one.text for one in parse_original(original("a.pdf", two_columns())).passages)
    assert "临床儿科杂志" not in text
    assert "- 1 -" not in text


def test_each_line_has_a_box_that_says_which_characters_it_holds(original: Make) -> None:
    one = parse_original(original("a.pdf", two_columns())).passages[0]
    assert [one.text[box.start : box.end] for box in one.address.boxes] == LEFT + RIGHT
    assert (one.address.page, one.address.boxes[0].page) == (1, 1)
    assert one.address.boxes[3].x0 > one.address.boxes[2].x1


def test_spans_index_the_passages_joined_by_line_feeds(original: Make) -> None:
    found = parse_original(original("a.pdf", two_columns())).passages
    whole = "\n".join(one.text for one in found)
    assert all(whole[one.address.start : one.address.end] == one.text for one in found)


def test_the_file_s_outline_names_headings_that_look_like_text(original: Make) -> None:
    made = pages.new_pdf(
        [pages.column(72, 100, ["引言", "热性惊厥多见于婴幼儿，预后多半良好。", "总结", "应当对因治疗。"], step=40)]
    )
    document = pymupdf.open(stream=made)
    document.set_toc([[1, "引言", 1], [1, "总结", 1]])
    found = parse_original(original("a.pdf", document.tobytes())).passages
    assert [one.address.heading_path for one in found] == [("引言",), ("总结",)]


def test_a_ruled_table_is_kept_whole(original: Make) -> None:
    made = pages.with_grid([["程度", "失水", "处理"], ["轻度", "<5%", "口服补液"], ["重度", ">10%", "静脉补液"]])
    found = parse_original(original("a.pdf", made)).passages
    assert [(one.kind, one.text) for one in found] == [
        (PassageKind.PARAGRAPH, "上文讲分度。"),
        (PassageKind.TABLE, "程度 | 失水 | 处理\n轻度 | <5% | 口服补液\n重度 | >10% | 静脉补液"),
        (PassageKind.PARAGRAPH, "下文讲处理。"),
    ]


def test_a_three_line_table_is_kept_whole(original: Make) -> None:
    made = pages.with_three_rules([["程度", "失水", "处理"], ["轻度", "<5%", "口服"], ["重度", ">10%", "静脉"]])
    found = parse_original(original("a.pdf", made)).passages
    assert [(one.kind, one.text) for one in found] == [
        (PassageKind.CAPTION, "表1 脱水分度"),
        (PassageKind.TABLE, "程度 | 失水 | 处理\n轻度 | <5% | 口服\n重度 | >10% | 静脉"),
        (PassageKind.PARAGRAPH, "下文讲处理。"),
    ]


def test_a_raised_digit_stays_raised(original: Make) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_htmlbox((72, 72, 500, 140), "<p>WBC 15×10<sup>9</sup>/L, dose 50 mg/m<sup>2</sup> daily.</p>")
    (found,) = parse_original(original("a.pdf", document.tobytes())).passages
    assert found.text == "WBC 15×10⁹/L, dose 50 mg/m² daily."


def picture_only() -> bytes:
    document = pymupdf.open()
    page = document.new_page()
    pixmap = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 20, 20))
    pixmap.clear_with(200)
    page.insert_image(page.rect, pixmap=pixmap)
    return bytes(document.tobytes())


def encrypted() -> bytes:
    document = pymupdf.open(stream=two_columns())
    return bytes(document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="secret", owner_pw="other"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (encrypted(), "encrypted"),
        (two_columns()[:2000], "truncated"),
        (picture_only(), "no_text_layer"),
        (b"%PDF-1.7\nnothing of it\n%%EOF\n", "unreadable"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "wrong_format"),
        (b"PK\x03\x04" + b"\x00" * 50, "wrong_format"),
        (b"", "empty"),
    ],
    ids=["encrypted", "cut", "picture only", "no objects", "a PNG", "a ZIP", "empty"],
)
def test_a_pdf_that_cannot_be_read_is_refused_in_one_line(
    original: Make, data: bytes, reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(InputError) as refused:
        parse_original(original("a.pdf", data))
    assert refused.value.reason == reason
    assert "\n" not in str(refused.value)
    assert capfd.readouterr() == ("", "")


def test_a_scanned_page_among_others_is_a_failure_of_that_page(original: Make) -> None:
    document = pymupdf.open(stream=two_columns())
    document.insert_pdf(pymupdf.open(stream=picture_only()))
    parsed = parse_original(replace(original("a.pdf", document.tobytes()), options=ParseOptions(ocr="off")))
    assert [(one.where, one.reason) for one in parsed.failures] == [("a.pdf: page 3", "no_text_layer")]
    assert parsed.passages


def test_a_caption_at_the_head_of_a_page_is_no_footnote(original: Make) -> None:
    text = pages.column(72, 130, ["热性惊厥是小儿最常见的惊厥性疾病，多发生于六个月至五岁，与发热有关。"] * 3, step=40)
    made = pages.new_pdf([text, [(200, 90, 9.5, "表2-1 热性惊厥的用药"), *text]])
    found = parse_original(original("a.pdf", made)).passages
    assert [one.text for one in found if one.kind is PassageKind.CAPTION] == ["表2-1 热性惊厥的用药"]
    assert not [one.text for one in found if one.kind is PassageKind.FOOTNOTE]


def test_headings_of_two_sizes_side_by_side_are_two(original: Make) -> None:
    left = [(72, 100, 14, "第一节 热性惊厥的诊断与治疗"), *pages.column(72, 130, [*LEFT, *NEXT])]
    right = [(275, 98, 12, "一、热性惊厥的预防"), *pages.column(320, 130, [*RIGHT, *NEXT])]
    found = parse_original(original("a.pdf", pages.new_pdf([[*left, *right]]))).passages
    assert ["热性惊厥" in one.address.heading_path[-1] for one in found].count(False) == 0
    assert all("预防" not in one.address.heading_path[0] for one in found)


def test_the_rule_of_a_running_head_is_none_of_a_table_s(original: Make) -> None:
    document = pymupdf.open()
    page = document.new_page(width=pages.PAGE[0], height=pages.PAGE[1])
    for y in (56, 120, 140, 180):
        page.draw_line((72, y), (520, y))
    text = [
        (72, 80, 10.5, "热性惊厥在发热开始后的二十四小时之内发生，体温骤升时尤其容易出现"),
        (72, 96, 10.5, "复杂型者须除外颅内感染。"),
        (200, 114, 10.5, "表1 脱水分度"),
        *[(72 + 150 * place, 134, 10.5, cell) for place, cell in enumerate(("程度", "失水", "处理"))],
        *[(72 + 150 * place, 154, 10.5, cell) for place, cell in enumerate(("轻度", "<5%", "口服"))],
        *[(72 + 150 * place, 174, 10.5, cell) for place, cell in enumerate(("重度", ">10%", "静脉"))],
    ]
    for x, y, size, line in text:
        page.insert_text((x, y), line, fontsize=size, fontname="china-s")
    found = parse_original(original("a.pdf", document.tobytes())).passages
    assert [one.kind for one in found] == [PassageKind.PARAGRAPH, PassageKind.CAPTION, PassageKind.TABLE]


def test_the_left_column_alone_above_text_across_the_page_is_joined(original: Make) -> None:
    narrow = pages.column(72, 100, [*LEFT, "需要长期用药，应由专科随访。"])
    wide = pages.column(
        72, 200, ["惊厥发作时让患儿侧卧，松解衣领，清除口鼻的分泌物，记录发作时间，不要强行按压肢体，"] * 3
    )
    found = parse_original(original("a.pdf", pages.new_pdf([[*narrow, *wide]]))).passages
    assert found[0].text == "".join(LEFT) + "需要长期用药，应由专科随访。"


def test_an_address_that_found_no_room_on_its_reference_s_line_belongs_to_it(original: Make) -> None:
    document = pymupdf.open()
    page = document.new_page(width=pages.PAGE[0], height=pages.PAGE[1])
    reference = [
        "[1] Scott, T., Frohman, E., De Seze, J. and Weinshenker, B. (2011) Evidence-Based Guideline: Clinical",
        "     Evaluation of Myelitis. Neurology, 77, 2128.",
        "     https://doi.example.org/10.1212/wnl.0b013e31823dc535-and-some-more",
        "[2] Bashir, K. and Whitaker, J. (2000) Importance of Paraclinical Studies in the Diagnosis of Myelitis.",
    ]
    for number, line in enumerate(reference):
        indent = len(line) - len(line.lstrip())
        page.insert_text((72 + 4 * indent, 100 + 15 * number), line.lstrip(), fontsize=9.5, fontname="helv")
    found = parse_original(original("a.pdf", document.tobytes())).passages
    assert [one.text[:3] for one in found] == ["[1]", "[2]"]
