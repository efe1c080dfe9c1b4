from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image, ImageFont

from pedcorpus.export.card.chart import Bar, Spread, bars_png, spreads_png

BARS = [Bar("AVA fever To", [30, 10, 0], "40"), Bar("book-2", [0, 0, 5], "5")]
SPREADS = [Spread("answer, medkqa", {9: 3, 10: 8, 150: 2, 200_000: 1}, 10, "14"), Spread("text", {0: 1}, 0, "1")]


def pixels(png: bytes, colour: str) -> list[tuple[int, int]]:
    image = Image.open(BytesIO(png)).convert("RGB")
    wanted = tuple(bytes.fromhex(colour))
    return [(x, y) for y in range(image.height) for x in range(image.width) if image.getpixel((x, y)) == wanted]


def test_parts_of_a_bar_are_as_long_as_their_numbers() -> None:
    png = bars_png("t", BARS, parts=("train", "validation", "test"))
    first, second = (pixels(png, colour) for colour in ("2b6cb0", "dd6b20"))
    row = [sum(y == 107 for _, y in part) for part in (first, second)]
    assert row[0] == pytest.approx(3 * row[1], abs=3)


def test_the_class_of_the_median_is_marked() -> None:
    png = spreads_png("t", SPREADS[:1])
    marked, others = pixels(png, "dd6b20"), pixels(png, "2b6cb0")
    assert max(x for x, _ in marked) < max(x for x, _ in others)
    assert min(x for x, _ in marked) > min(x for x, _ in others)
    assert min(y for _, y in marked) < min(y for _, y in others)  # the most frequent is the highest


def test_nothing_to_draw_is_drawn() -> None:
    assert bars_png("t", []).startswith(b"\x89PNG")
    assert spreads_png("t", []).startswith(b"\x89PNG")


def test_no_font_of_the_machine_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    real = ImageFont.core.getfont

    def getfont(font: object, *arguments: object, **options: object) -> object:
        asked.append(font)
        return real(font, *arguments, **options)

    monkeypatch.setattr(ImageFont.core, "getfont", getfont)
    bars_png("t", BARS)
    assert asked
    assert not any(asked), "a path was opened where Pillow's own bytes were expected"


def test_letters_stand_alike_whether_or_not_the_machine_can_shape_text(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = bars_png("AVA To fi", BARS), spreads_png("t", SPREADS)
    monkeypatch.setattr(ImageFont.core, "HAVE_RAQM", not ImageFont.core.HAVE_RAQM)
    assert (bars_png("AVA To fi", BARS), spreads_png("t", SPREADS)) == drawn


SCRIPT = """
import hashlib
from pedcorpus.export.card.chart import Bar, bars_png
print(hashlib.sha256(bars_png("t", [Bar("a-b", [3, 2], "5")], parts=("x", "y"))).hexdigest())
"""


def test_another_home_locale_zone_and_hash_seed_draw_the_same_bytes(tmp_path) -> None:
    hidden = {
        "HOME": str(tmp_path),
        "XDG_DATA_DIRS": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "FONTCONFIG_PATH": str(tmp_path),
        "LC_ALL": "de_DE.UTF-8",
        "TZ": "Asia/Shanghai",
        "PYTHONHASHSEED": "7",
    }
    seen = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT], env={**os.environ, **extra}, capture_output=True, text=True, check=True
        ).stdout
        for extra in ({}, hidden)
    }
    assert len(seen) == 1
