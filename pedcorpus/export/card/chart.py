"""Draws bars and distributions as PNG: the same numbers give the same bytes on every machine.

Whole pixels only, and the font that Pillow carries in itself, laid out letter by letter: nothing here depends on the
fonts, the drawing libraries' settings or the floating point of a machine. That font is Latin, so labels are too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from pedcorpus.errors import ExportError

__all__ = ["Bar", "Spread", "bars_png", "spreads_png"]

_WIDTH, _LEFT, _RIGHT, _TOP, _ROW, _MARGIN = 1200, 330, 170, 84, 46, 20
_INK, _GREY, _FAINT, _PAPER = "#1f2933", "#7b8794", "#e4e7eb", "#ffffff"
_COLOURS = ("#2b6cb0", "#dd6b20", "#2f855a")
_STEPS = (10, 12, 15, 18, 22, 27, 33, 39, 47, 56, 68, 82)
"""Bounds of classes in a decade, each about a fifth above the last."""
_DECADES = 5
_CLASSES = tuple(step * 10**decade // 10 for decade in range(_DECADES) for step in _STEPS)
_LABEL_CHARS = 34


@dataclass(frozen=True)
class Bar:
    """One bar, of one part or several end to end."""

    label: str
    parts: Sequence[int]
    note: str
    """Stands behind the bar."""


@dataclass(frozen=True)
class Spread:
    """How often which length occurs."""

    label: str
    counts: Mapping[int, int]
    median: int
    note: str


def bars_png(title: str, bars: Sequence[Bar], *, parts: Sequence[str] = ()) -> bytes:
    """Horizontal bars, the longest over the whole width; `parts` names the colours."""
    image, draw = _sheet(title, len(bars), parts)
    longest = max((sum(bar.parts) for bar in bars), default=0) or 1
    room = _WIDTH - _LEFT - _RIGHT
    for row, bar in enumerate(bars):
        top = _TOP + row * _ROW
        _label(draw, bar.label, top)
        done = 0
        for colour, part in zip(_COLOURS, bar.parts, strict=False):
            begin, done = done, done + part
            if part:
                left, right = _LEFT + begin * room // longest, _LEFT + done * room // longest
                draw.rectangle((left, top + 8, max(left, right - 1), top + _ROW - 8), fill=colour)
        _text(draw, (_LEFT + done * room // longest + 10, top + 13), bar.note, fill=_GREY)
    return _bytes(image)


def spreads_png(title: str, spreads: Sequence[Spread]) -> bytes:
    """Lengths on a scale by powers of ten, one row each: as high as frequent, the median marked."""
    image, draw = _sheet(title, len(spreads) + 1, ())
    bottom = _TOP + len(spreads) * _ROW
    for decade in range(_DECADES):
        x = _LEFT + decade * len(_STEPS) * _class_width()
        draw.line((x, _TOP, x, bottom), fill=_FAINT)
        _text(draw, (x, bottom + 8), f"{10**decade:,}", fill=_GREY)
    for row, spread in enumerate(spreads):
        top = _TOP + row * _ROW
        _label(draw, spread.label, top)
        _draw_spread(draw, spread, top)
        _text(draw, (_WIDTH - _RIGHT + 10, top + 13), spread.note, fill=_GREY)
    return _bytes(image)


def _draw_spread(draw: ImageDraw.ImageDraw, spread: Spread, top: int) -> None:
    heights: dict[int, int] = {}
    for length, count in spread.counts.items():
        place = _class_of(length)
        heights[place] = heights.get(place, 0) + count
    highest, middle = max(heights.values(), default=1), _class_of(spread.median)
    for place, count in sorted(heights.items()):
        left = _LEFT + place * _class_width()
        height = max(1, count * (_ROW - 8) // highest)
        box = (left, top + _ROW - 2 - height, left + _class_width() - 2, top + _ROW - 2)
        draw.rectangle(box, fill=_COLOURS[1] if place == middle else _COLOURS[0])


def _class_width() -> int:
    return (_WIDTH - _LEFT - _RIGHT) // (_DECADES * len(_STEPS))


def _class_of(length: int) -> int:
    """Number of the class that a length falls into; the first and the last take what lies beyond."""
    return max(0, bisect_right(_CLASSES, length) - 1)


def _sheet(title: str, rows: int, parts: Sequence[str]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (_WIDTH, _TOP + rows * _ROW + _MARGIN), _PAPER)
    draw = ImageDraw.Draw(image)
    _text(draw, (_MARGIN, _MARGIN), title, size=26)
    x = _LEFT
    for colour, name in zip(_COLOURS, parts, strict=False):
        draw.rectangle((x, 60, x + 16, 74), fill=colour)
        _text(draw, (x + 24, 57), name, fill=_GREY)
        x += 160
    return image, draw


def _label(draw: ImageDraw.ImageDraw, label: str, top: int) -> None:
    short = label if len(label) <= _LABEL_CHARS else f"{label[: _LABEL_CHARS - 1]}~"
    _text(draw, (_MARGIN, top + 13), short)


def _text(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, *, size: int = 18, fill: str = _INK) -> None:
    draw.text(at, text, font=_font(size), fill=fill)


def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise ExportError("figures need Pillow with FreeType, as its wheels on PyPI have it; install one of these")
    return font.font_variant(layout_engine=ImageFont.Layout.BASIC)


def _bytes(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=False)
    return buffer.getvalue()
