from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from tests.screens.picture import CELL_WIDTH, svg
from tests.screens.pictures import FOLDER, SCENES, pictures, words_of


def drawn(*segments):
    strip = Strip([Segment(text, Style.parse(style)) for text, style in segments])
    return svg([strip], ground=Color.parse("#000000"), ink=Color.parse("#ffffff"))


def test_pictures_in_the_documents_show_the_review_as_it_is():
    kept = {path.stem: words_of(path.read_text("utf-8")) for path in FOLDER.glob("review*.svg")}
    made = {name: words_of(picture) for name, picture in pictures().items()}
    assert kept == made, "the pictures are old; run `python -m tests.screens.pictures`, look at them, commit them"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_picture_is_small_sound_and_fetches_nothing(scene):
    picture = (FOLDER / f"{scene.name}.svg").read_bytes()
    assert len(picture) < 300_000
    ElementTree.fromstring(picture)
    assert re.findall(rb"https?://[^\"]*", picture) == [b"http://www.w3.org/2000/svg"]


def test_letters_of_one_and_of_two_cells_each_take_their_cells():
    lengths = re.findall(r'textLength="(\d+)"[^>]*>([^<]*)<', drawn(("地西泮0.3 mg", "")))
    assert lengths == [(str(6 * CELL_WIDTH), "地西泮"), (str(3 * CELL_WIDTH), "0.3"), (str(2 * CELL_WIDTH), "mg")]


def test_markup_in_a_text_is_text():
    assert "&lt;script&gt;&amp;" in drawn(("<script>&", "bold"))


def test_a_reversed_stretch_has_its_ground_and_ink_turned():
    picture = drawn(("引文", "reverse"))
    assert 'fill="#ffffff"/>' in picture
    assert 'fill="#000000">引文<' in picture
