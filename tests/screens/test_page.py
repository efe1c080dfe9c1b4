from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pedcorpus.screens.page import Block, Piece, fit, lay_out, line_spans


def broken(text, width):
    return [text[start:end] for start, end in line_spans(text, width)]


def drawn(blocks, width):
    lines, _ = lay_out(blocks, width)
    return ["".join(piece.text for piece in line) for line in lines]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("热性惊厥", 8, ["热性惊厥"]),
        ("热性惊厥", 7, ["热性惊", "厥"]),
        ("热性惊厥。", 8, ["热性惊", "厥。"]),
        ("见于（婴儿）", 6, ["见于", "（婴", "儿）"]),
        ("用量 0.3～0.5 mg", 12, ["用量", "0.3～0.5 mg"]),
        ("oral rehydration salts", 10, ["oral", "rehydratio", "n salts"]),
        ("一\n\n二", 8, ["一", "", "二"]),
        ("", 8, [""]),
    ],
)
def test_lines_break_where_chinese_may(text, width, lines):
    assert broken(text, width) == lines


@given(st.text("热惊ab 0。（）\n", max_size=60), st.integers(4, 20))
def test_no_line_is_too_wide_and_only_spaces_and_breaks_are_left_out(text, width):
    lines = broken(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")


def test_a_label_hangs_to_the_left_of_its_text():
    block = Block((Piece("发作超过5分钟"),), lead=(Piece("方案"),), indent=5)
    assert drawn([block], 13) == ["方案 发作超过", "     5分钟"]


def test_a_mark_stands_at_the_right_or_below_where_there_is_no_room():
    blocks = [Block((Piece(text),), tail=(Piece("✓ 1"),)) for text in ("呼吸", "呼吸抑制")]
    assert drawn(blocks, 8) == ["呼吸 ✓ 1", "呼吸抑制", "     ✓ 1"]


def test_styles_survive_a_line_break():
    lines, _ = lay_out([Block((Piece("热性", "x"), Piece("惊厥", "y")))], 6)
    assert [[(piece.text, piece.style) for piece in line if piece.text] for line in lines] == [
        [("热性", "x"), ("惊", "y")],
        [("厥", "y")],
    ]


def test_the_target_line_is_the_one_with_the_first_target():
    pieces = (Piece("一二三四五六"), Piece("七", is_target=True), Piece("八", is_target=True))
    assert lay_out([Block(pieces)], 4)[1] == 3


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("肺炎", 6, "肺炎  "),
        ("支气管肺炎", 8, "支气管… "),
        ("支气管肺炎", 7, "支气管…"),
        ("abc", 2, "a…"),
        ("肺", 1, "…"),
    ],
)
def test_a_text_is_cut_between_characters(text, width, fitted):
    assert fit(text, width) == fitted
    assert cell_len(fitted) == width
