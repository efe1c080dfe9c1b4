"""Strokes in pictures of pages."""

from __future__ import annotations

from collections.abc import Callable

import pymupdf
import pytest

from pedcorpus.parse.ocr import PageImage
from pedcorpus.parse.page_strokes import find_strokes

Draw = Callable[[pymupdf.Page], object]


def picture(*draw: Draw, dpi: int = 200) -> PageImage:
    page = pymupdf.open().new_page(width=300, height=200)
    for one in draw:
        one(page)
    drawn = page.get_pixmap(dpi=dpi)
    return PageImage(drawn.width, drawn.height, dpi, drawn.samples)


def line(x0: float, y0: float, x1: float, y1: float, width: float = 0.7) -> Draw:
    return lambda page: page.draw_line((x0, y0), (x1, y1), width=width)


@pytest.mark.parametrize("width", [0.4, 1.0, 2.0])
@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_level_and_upright_strokes_are_found_where_they_are(width: float, dpi: int) -> None:
    level, upright = find_strokes(picture(line(40, 50, 240, 50, width), line(40, 50, 40, 120, width), dpi=dpi))
    assert [round(edge) for edge in level[0]] == pytest.approx([40, 50, 240, 50], abs=1.5)
    assert [round(edge) for edge in upright[0]] == pytest.approx([40, 50, 40, 120], abs=1.5)
    assert (len(level), len(upright)) == (1, 1)


def test_a_stroke_on_a_page_laid_askew_is_one_stroke() -> None:
    level, _ = find_strokes(picture(line(40, 50, 240, 51.5)))
    assert [(round(one[0]), round(one[2])) for one in level] == [(40, 240)]


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(lambda page: page.insert_text((40, 60), "一中丰日三", fontsize=18, fontname="china-s"), id="type"),
        pytest.param(lambda page: page.draw_rect((40, 40, 200, 120), fill=(0, 0, 0)), id="filled area"),
        pytest.param(lambda page: page.draw_rect((40, 40, 200, 120), color=None, fill=(0.9, 0.9, 0.9)), id="shade"),
        pytest.param(line(40, 50, 60, 50), id="short dash"),
        pytest.param(lambda _: None, id="nothing"),
    ],
)
def test_what_is_no_stroke_is_left_alone(draw: Draw) -> None:
    assert find_strokes(picture(draw)) == ([], [])
