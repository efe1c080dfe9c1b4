"""Tesseract's table of words as lines; the program itself is only needed for the last test."""

import pytest

from pedcorpus.errors import InputError
from pedcorpus.parse.ocr import PageImage
from pedcorpus.parse.ocr_tesseract import TesseractEngine, read_words

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def word(line: int, number: int, left: int, text: str, confidence: float = 96.0, width: int = 30) -> str:
    return f"5\t1\t1\t1\t{line}\t{number}\t{left}\t{20 * line}\t{width}\t16\t{confidence}\t{text}"


def table(*rows: str) -> str:
    return "\n".join([HEAD, "4\t1\t1\t1\t1\t0\t0\t0\t500\t16\t-1\t", *rows]) + "\n"


def test_words_are_joined_without_spaces_between_chinese() -> None:
    (line,) = read_words(
        table(word(1, 1, 0, "每日"), word(1, 2, 34, "10"), word(1, 3, 68, "mg"), word(1, 4, 102, "。"))
    )
    assert (line.text, line.x0, line.x1, line.confidence) == ("每日10 mg。", 0, 132, 0.96)


def test_a_wide_gap_makes_two_lines() -> None:
    lines = list(read_words(table(word(1, 1, 0, "左栏"), word(1, 2, 90, "右栏"), word(2, 1, 0, "下行"))))
    assert [line.text for line in lines] == ["左栏", "右栏", "下行"]


def test_the_least_sure_number_is_the_line_s_confidence() -> None:
    rows = (word(1, 1, 0, "地西泮缓慢静脉注射", 96), word(1, 2, 34, "0.3", 41), word(1, 3, 66, "mg", 90))
    (line,) = read_words(table(*rows))
    assert line.confidence == 0.41


def test_a_program_that_fails_is_a_failure_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pedcorpus.parse.ocr_tesseract._PROGRAM", "no-such-program")
    monkeypatch.setattr("pedcorpus.parse.ocr_tesseract._languages", lambda: frozenset({"chi_sim"}))
    engine = TesseractEngine.__new__(TesseractEngine)
    with pytest.raises(InputError, match="could not read the page"):
        engine.read(PageImage(1, 1, 200, b"\xff\xff\xff"))
