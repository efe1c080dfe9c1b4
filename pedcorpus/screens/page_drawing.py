"""The part of a page that is in view, as pixels, with the boxes drawn over the print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw

from pedcorpus.records import Box
from pedcorpus.review import PagePicture

__all__ = ["PAGE_EDGE", "DrawnPage", "decoded"]

PAGE_EDGE = (96, 96, 96)
"""Colour of what lies beyond the page."""
Region = tuple[float, float, float, float]

_PAPER = (255, 255, 255)
_FILL = (255, 226, 110)
_OUTLINE = (196, 92, 0)
_MARGIN_PT = 1.5  # around a box, so that its outline does not touch the print
_DARKER = [round(255 * (level / 255) ** 1.5) for level in range(256)]  # thin print turns pale when it is made small

_BLACK_OR_WHITE = [0 if level < 150 else 255 for level in range(256)]


@dataclass(frozen=True)
class DrawnPage:
    """A page as grey pixels, with its size in points."""

    pixels: Image.Image
    width_pt: float
    height_pt: float

    def view(
        self, region: Region, size: tuple[int, int], boxes: Sequence[Box], *, has_greys: bool = True
    ) -> Image.Image:
        """`region` of the page, in points, as an RGB picture of `size` pixels with `boxes` filled and outlined.

        Without greys the print is black on white, for cells whose dots are there or not.
        """
        left, top, right, bottom = region
        seen = Image.new("RGB", size, PAGE_EDGE)
        scaled = (size[0] / (right - left), size[1] / (bottom - top))
        on_page = (max(left, 0.0), max(top, 0.0), min(right, self.width_pt), min(bottom, self.height_pt))
        levels = _DARKER if has_greys else _BLACK_OR_WHITE
        place = _moved(on_page, (left, top), scaled)
        seen.paste(
            self._printed(on_page, (max(place[2] - place[0], 1), max(place[3] - place[1], 1)), levels), place[:2]
        )
        for box in boxes:
            around = (box.x0 - _MARGIN_PT, box.y0 - _MARGIN_PT, box.x1 + _MARGIN_PT, box.y1 + _MARGIN_PT)
            _mark(seen, _moved(around, (left, top), scaled))
        return seen

    def _printed(self, region: Region, size: tuple[int, int], levels: Sequence[int]) -> Image.Image:
        scale = self.pixels.width / self.width_pt
        left, top, right, bottom = (edge * scale for edge in region)
        box = (left, top, min(right, self.pixels.width), min(bottom, self.pixels.height))
        return (
            self.pixels.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0).point(levels).convert("RGB")
        )


def _moved(region: Region, origin: tuple[float, float], scaled: tuple[float, float]) -> tuple[int, int, int, int]:
    """`region` in pixels of the view that begins at `origin`."""
    x0, y0, x1, y1 = region
    (left, top), (across, down) = origin, scaled
    return round((x0 - left) * across), round((y0 - top) * down), round((x1 - left) * across), round((y1 - top) * down)


def decoded(picture: PagePicture) -> DrawnPage:
    """The page's pixels, without colour: what a reader compares is print."""
    with Image.open(BytesIO(picture.png)) as opened:
        return DrawnPage(opened.convert("L"), picture.width_pt, picture.height_pt)


def _mark(seen: Image.Image, place: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = place
    if right < 0 or bottom < 0 or left >= seen.width or top >= seen.height:
        return
    corners = (left, top, max(right, left), max(bottom, top))
    tint = Image.new("RGB", seen.size, _PAPER)
    ImageDraw.Draw(tint).rectangle(corners, fill=_FILL)
    seen.paste(ImageChops.multiply(seen, tint))
    ImageDraw.Draw(seen).rectangle(corners, outline=_OUTLINE)
