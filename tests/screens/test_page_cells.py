from __future__ import annotations

import pytest
from PIL import Image

from pedcorpus.screens.page_cells import BLOCKS, DOTS, cell_lines

BLACK, WHITE, YELLOW = (0, 0, 0), (255, 255, 255), (255, 224, 112)


def picture(rows):
    colours = {"#": BLACK, ".": WHITE, "y": YELLOW}
    made = Image.new("RGB", (len(rows[0]), len(rows)))
    made.putdata([colours[sign] for row in rows for sign in row])
    return made


def drawn(rows, shape):
    return ["".join(segment.text for segment in line) for line in cell_lines(picture(rows), shape)]


@pytest.mark.parametrize(
    ("rows", "shape", "cells"),
    [
        pytest.param(["#.", ".."], BLOCKS, ["▘"], id="upper-left"),
        pytest.param(["..", ".#"], BLOCKS, ["▗"], id="lower-right"),
        pytest.param([".##.", ".##."], BLOCKS, ["▐▌"], id="two-cells"),
        pytest.param(["..", "..", "##", "##"], BLOCKS, [" ", " "], id="one-colour-is-empty"),
        pytest.param(["#.", "..", "..", ".#"], DOTS, ["⢁"], id="first-and-last-dot"),
        pytest.param(["##", "##", "##", "##"], DOTS, ["⣿"], id="all-dots"),
        pytest.param(["..", "..", "..", ".."], DOTS, [" "], id="no-dot"),
    ],
)
def test_each_pixel_has_its_place_in_a_cell(rows, shape, cells):
    assert drawn(rows, shape) == cells


def test_print_on_a_highlight_has_its_colours():
    (line,) = cell_lines(picture(["y#", "yy", "yy", "yy"]), DOTS)
    (segment,) = line
    assert (segment.style.color.triplet, segment.style.bgcolor.triplet) == (BLACK, YELLOW)


def test_a_cell_full_of_print_stands_on_its_neighbours_paper():
    (line,) = cell_lines(picture(["yy##"] * 4), DOTS)
    assert [segment.text for segment in line] == [" ⣿"]
    assert (line[0].style.color.triplet, line[0].style.bgcolor.triplet) == (BLACK, YELLOW)
