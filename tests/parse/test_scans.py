"""Scanned pages: what is read of them, with what confidence, and what is said where nothing reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pymupdf
import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse import Original, parse_original
from pedcorpus.parse.limits import Limits
from pedcorpus.parse.ocr import OcrLine, PageImage
from pedcorpus.parse.ocr_rapid import RapidEngine
from pedcorpus.parse.parser import ParseOptions
from pedcorpus.records import PassageKind

Make = Callable[..., Original]
LINES = [
    "热性惊厥是小儿最常见的惊厥性疾病，多发生于六个月至五岁，与发热有",
    "关，须除外颅内感染。发作超过5分钟者，静脉缓慢注射地西泮0.3～0.5",
    "mg/kg，单次最大量10 mg，注意呼吸抑制的发生，必要时给氧。",
]
PX = 200 / 72


class FakeEngine:
    """Reads the same lines off every page."""

    name, version = "fake", "1"

    def __init__(self, lines: list[OcrLine]) -> None:
        self.lines = lines
        self.seen: list[PageImage] = []

    def read(self, image: PageImage) -> list[OcrLine]:
        self.seen.append(image)
        return self.lines


def read_as(text: str, x: float, y: float, *, size: float = 11, sure: float = 0.99, higher: float = 0) -> OcrLine:
    width = sum(size if one > "\u2e80" else size * 0.55 for one in text)
    edges = (x - 1, y - size - higher, x + width + 1, y + higher)
    return OcrLine(text, *(edge * PX for edge in edges), sure)


def text_page(document: pymupdf.Document, texts: list[str]) -> None:
    page = document.new_page()
    for number, text in enumerate(texts):
        page.insert_text((72, 100 + 16 * number), text, fontsize=10.5, fontname="china-s")


def scan(texts: list[str], dpi: int = 200) -> bytes:
    """One page as a picture, the next as text."""
    drawn = pymupdf.open()
    page = drawn.new_page()
    for number, text in enumerate(texts):
        x = 72.0
        for run in runs(text):
            font = "helv" if run.isascii() else "china-s"
            page.insert_text((x, 100 + 18 * number), run, fontsize=11, fontname=font)
            x += pymupdf.get_text_length(run, fontname=font, fontsize=11)
    document = pymupdf.open()
    picture = document.new_page()
    picture.insert_image(picture.rect, pixmap=page.get_pixmap(dpi=dpi))
    text_page(document, ["第二页有文字层，内容是另一段话。"])
    return bytes(document.tobytes())


def runs(text: str) -> list[str]:
    parts: list[str] = []
    for one in text:
        if parts and parts[-1].isascii() == one.isascii():
            parts[-1] += one
        else:
            parts.append(one)
    return parts


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    made = FakeEngine([read_as(text, 72, 100 + 18 * number) for number, text in enumerate(LINES)])
    monkeypatch.setattr("pedcorpus.parse.scans.find_engine", lambda _: made)
    monkeypatch.setattr("pedcorpus.parse.ocr.find_engine", lambda _: made)
    return made


def test_lines_of_a_scan_are_joined_like_any_others_and_keep_their_confidence(
    original: Make, engine: FakeEngine
) -> None:
    engine.lines[1] = engine.lines[1]._replace(confidence=0.61)
    parsed = parse_original(original("a.pdf", scan(LINES)))
    first, second = parsed.passages
    assert first.text == "".join(LINES[:2]) + " " + LINES[2]
    assert [box.confidence for box in first.address.boxes] == [0.99, 0.61, 0.99]
    assert [(box.page, box.confidence) for box in second.address.boxes] == [(2, None)]
    assert parsed.ocr == "fake-1/200"


def test_boxes_are_in_points_of_the_page(original: Make, engine: FakeEngine) -> None:
    box = parse_original(original("a.pdf", scan(LINES))).passages[0].address.boxes[0]
    assert (box.x0, box.y0, box.y1) == (71, 89, 100)


def test_a_line_whose_letters_hang_down_has_the_size_of_its_neighbours(original: Make, engine: FakeEngine) -> None:
    engine.lines[1] = read_as(LINES[1], 72, 118, higher=2)
    passages = parse_original(original("a.pdf", scan(LINES))).passages
    assert [one.address.page for one in passages] == [1, 2]


def test_larger_type_is_a_heading(original: Make, engine: FakeEngine) -> None:
    engine.lines.append(read_as("热性惊厥的处理", 72, 70, size=18))
    assert parse_original(original("a.pdf", scan(LINES))).passages[0].address.heading_path == ("热性惊厥的处理",)


def test_two_columns_of_a_scan_are_read_one_after_the_other(original: Make, engine: FakeEngine) -> None:
    left = ["左栏第一行写着一些话，说到惊厥", "左栏第二行接着往下说，说到发热", "左栏第三行还没有说完，就到了右"]
    right = ["栏的第一行，这里说的是怎样处理", "右栏第二行接着说药物和它的剂量", "右栏第三行说完，文章到此结束。"]
    engine.lines[:] = [
        read_as(text, x, 100 + 18 * row) for x, side in ((320, right), (72, left)) for row, text in enumerate(side)
    ]
    assert parse_original(original("a.pdf", scan(LINES))).passages[0].text.startswith("".join(left + right))


def test_a_ruled_table_on_a_scan_is_a_table_and_each_row_as_sure_as_its_least_sure_cell(
    original: Make, engine: FakeEngine
) -> None:
    rows = [["药物", "剂量"], ["地西泮", "0.3～0.5 mg/kg"], ["咪达唑仑", "0.2 mg/kg"]]
    drawn = pymupdf.open()
    page = drawn.new_page()
    for y in (130, 154, 178, 202):
        page.draw_line((72, y), (332, y), width=0.6)
    for x in (72, 172, 332):
        page.draw_line((x, 130), (x, 202), width=0.6)
    document = pymupdf.open()
    picture = document.new_page()
    picture.insert_image(picture.rect, pixmap=page.get_pixmap(dpi=200))
    cells = [
        (x, 146 + 24 * row, text) for row, pair in enumerate(rows) for x, text in zip((80, 180), pair, strict=True)
    ]
    engine.lines[:] = [read_as(text, x, y, sure=0.7 if "0.2" in text else 0.9) for x, y, text in cells]
    (table,) = parse_original(original("a.pdf", document.tobytes())).passages
    assert (table.kind, table.text) == (PassageKind.TABLE, "\n".join(map(" | ".join, rows)))
    assert [box.confidence for box in table.address.boxes] == [0.9, 0.9, 0.7]


def test_a_garbage_text_layer_is_read_by_ocr_too(original: Make, engine: FakeEngine) -> None:
    document = pymupdf.open()
    document.new_page().insert_text((72, 100), "".join(LINES).encode("gb18030").decode("latin-1"))
    (found,) = parse_original(original("a.pdf", document.tobytes())).passages
    assert found.text.startswith("热性惊厥")


def test_the_picture_is_drawn_as_finely_as_asked_but_never_larger_than_allowed(
    original: Make, engine: FakeEngine
) -> None:
    made = original("a.pdf", scan(LINES))
    parse_original(replace(made, options=ParseOptions(ocr_dpi=100)))
    parse_original(replace(made, limits=Limits(drawn_pixels=90_000)))
    fine, coarse = engine.seen
    assert (round(fine.dpi), fine.width) == (100, 827)
    assert coarse.width * coarse.height <= 91_000


def test_pictures_too_large_are_a_failure_of_their_page(original: Make, engine: FakeEngine) -> None:
    parsed = parse_original(replace(original("a.pdf", scan(LINES)), limits=Limits(picture_pixels=1000)))
    assert [(one.where, one.reason) for one in parsed.failures] == [("a.pdf: page 1", "picture_too_large")]
    assert [one.address.page for one in parsed.passages] == [2]


def test_a_page_that_is_read_by_guesswork_is_left_out_and_says_so(original: Make, engine: FakeEngine) -> None:
    engine.lines[:] = [line._replace(confidence=0.66) for line in engine.lines]
    parsed = parse_original(original("a.pdf", scan(LINES)))
    assert [(one.where, one.reason) for one in parsed.failures] == [("a.pdf: page 1", "illegible_scan")]
    assert [one.address.page for one in parsed.passages] == [2]


def test_a_file_whose_time_is_up_while_a_page_is_read_is_refused(
    original: Make, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(_: PageImage) -> list[OcrLine]:
        raise InputError("a.pdf", "too_slow", "took longer than 900 s to read")

    monkeypatch.setattr(engine, "read", too_long)
    with pytest.raises(InputError, match="took longer"):
        parse_original(original("a.pdf", scan(LINES)))


def test_without_an_engine_the_page_names_the_extra(original: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pedcorpus.parse.scans.find_engine", lambda _: None)
    monkeypatch.setattr("pedcorpus.parse.ocr.find_engine", lambda _: None)
    parsed = parse_original(original("a.pdf", scan(LINES)))
    assert [(one.where, one.reason) for one in parsed.failures] == [("a.pdf: page 1", "no_text_layer")]
    assert "pip install 'pedcorpus[ocr]'" in parsed.failures[0].detail
    assert parsed.ocr == "missing"


def test_a_book_of_scans_alone_is_refused_whole_where_nothing_reads_them(original: Make) -> None:
    document = pymupdf.open(stream=scan(LINES))
    document.delete_page(1)
    with pytest.raises(InputError, match="OCR is off") as refused:
        parse_original(replace(original("a.pdf", document.tobytes()), options=ParseOptions(ocr="off")))
    assert refused.value.reason == "no_text_layer"


@pytest.mark.ocr
@pytest.mark.skipif(not RapidEngine.is_installed(), reason="the [ocr] extra is not installed")
def test_rapidocr_reads_a_scanned_page_with_its_doses(original: Make) -> None:
    made = replace(original("a.pdf", scan(LINES)), options=ParseOptions(ocr="rapidocr"))
    first, second = parse_original(made).passages
    read = first.text.replace("~", "～").replace(" ", "")
    assert read == "".join(LINES).replace(" ", "")
    assert all((box.confidence or 0) > 0.7 for box in first.address.boxes)
    assert second.text == "第二页有文字层，内容是另一段话。"
