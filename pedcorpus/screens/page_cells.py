"""A picture in characters: braille dots for print that is to be read, quarter blocks for a page seen from afar."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from PIL import Image
from rich.color import Color
from rich.segment import Segment
from rich.style import Style

__all__ = ["BLOCKS", "DOTS", "cell_lines"]

Shape = tuple[int, int]

DOTS: Shape = (2, 4)
"""Pixels across and down in a cell of braille: most detail, but a dot is either there or not."""
BLOCKS: Shape = (2, 2)
"""Pixels across and down in a cell of blocks: less detail, but greys are kept."""

_BLOCK_CHARACTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""By which quarters have the foreground colour: upper left 1, upper right 2, lower left 4, lower right 8."""
_BRAILLE_BITS = (0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80)
"""What each dot adds to U+2800, row by row."""
_STEP = 16
"""Colours are rounded to this step: equal neighbours need no bytes on the line to a browser."""
_PRINT = 150
"""A pixel darker than this is a dot."""

_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)

Pixel = tuple[int, int, int]
Cell = tuple[str, Pixel | None, Pixel | None]
"""Character, colour of print, colour of paper."""


def cell_lines(picture: Image.Image, shape: Shape) -> Iterator[list[Segment]]:
    """Line by line the cells of an RGB `picture`, each of `shape` pixels; cells of one style are joined."""
    across, down = shape
    stride, data = 3 * picture.width, picture.tobytes()
    cell = _dots if shape == DOTS else _blocks
    for top in range(0, picture.height - down + 1, down):
        rows = [data[stride * y : stride * (y + 1)] for y in range(top, top + down)]
        places = range(0, stride - 3 * across + 1, 3 * across)
        yield list(_joined(cell(b"".join(row[x : x + 3 * across] for row in rows)) for x in places))


def _joined(cells: Iterator[Cell]) -> Iterator[Segment]:
    """One segment a style; a cell that is all print or all paper takes the other colour from its neighbour."""
    text, style, ink, paper = "", _style(_BLACK, _WHITE), _BLACK, _WHITE
    for character, its_ink, its_paper in cells:
        ink, paper = its_ink or ink, its_paper or paper
        here = _style(ink, paper)
        if here is not style:
            if text:
                yield Segment(text, style)
            text, style = "", here
        text += character
    yield Segment(text, style)


@lru_cache(maxsize=65_536)
def _blocks(cell: bytes) -> Cell:
    """The block and colours nearest to four pixels: those darker than the middle get the foreground."""
    pixels = _pixels(cell)
    light = [_light(pixel) for pixel in pixels]
    if max(light) - min(light) < 2 * _STEP:
        return " ", None, _mean(pixels)
    middle = (max(light) + min(light)) / 2
    ink = [pixel for pixel, level in zip(pixels, light, strict=True) if level < middle]
    paper = [pixel for pixel, level in zip(pixels, light, strict=True) if level >= middle]
    quarters = sum((level < middle) << place for place, level in enumerate(light))
    return _BLOCK_CHARACTERS[quarters], _mean(ink), _mean(paper)


@lru_cache(maxsize=65_536)
def _dots(cell: bytes) -> Cell:
    """A dot for each of eight pixels that is print or a line, in the darkest colour on the lightest."""
    pixels = _pixels(cell)
    dark = [_light(pixel) < _PRINT for pixel in pixels]
    paper = max(pixels, key=_light)
    if not any(dark):
        return " ", None, paper
    pattern = sum(bit for bit, is_dark in zip(_BRAILLE_BITS, dark, strict=True) if is_dark)
    return chr(0x2800 + pattern), min(pixels, key=_light), None if all(dark) else paper


def _pixels(cell: bytes) -> list[Pixel]:
    return [(cell[at], cell[at + 1], cell[at + 2]) for at in range(0, len(cell), 3)]


def _light(pixel: Pixel) -> float:
    return 0.3 * pixel[0] + 0.6 * pixel[1] + 0.1 * pixel[2]


def _mean(pixels: list[Pixel]) -> Pixel:
    red, green, blue = (_rounded(sum(pixel[part] for pixel in pixels) / len(pixels)) for part in range(3))
    return red, green, blue


def _rounded(level: float) -> int:
    return min(round(level / _STEP) * _STEP, 255)


@lru_cache(maxsize=4_096)
def _style(ink: Pixel, paper: Pixel) -> Style:
    return Style(color=Color.from_rgb(*ink), bgcolor=Color.from_rgb(*paper))
