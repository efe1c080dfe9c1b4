"""A screen as an SVG in which Chinese stands in its cells: each run of letters is held to the cells it takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import east_asian_width
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from textual.app import App
from textual.color import Color as Tint
from textual.filter import dim_color
from textual.strip import Strip

CELL_WIDTH, CELL_HEIGHT, FONT_SIZE = 9, 20, 16
FONTS = "'Noto Sans Mono CJK SC','Sarasa Mono SC','DejaVu Sans Mono',Menlo,Consolas,'PingFang SC',monospace"
_MIDDLE, _CENTRE = CELL_HEIGHT // 2, CELL_WIDTH / 2
_LINES = {
    "─": (0, _MIDDLE, f"h{CELL_WIDTH}"),
    "│": (_CENTRE, 0, f"v{CELL_HEIGHT}"),
    "╭": (CELL_WIDTH, _MIDDLE, f"h-{_CENTRE}v{_MIDDLE}"),
    "╮": (0, _MIDDLE, f"h{_CENTRE}v{_MIDDLE}"),
    "╰": (CELL_WIDTH, _MIDDLE, f"h-{_CENTRE}v-{_MIDDLE}"),
    "╯": (0, _MIDDLE, f"h{_CENTRE}v-{_MIDDLE}"),
}
"""Where in its cell each line begins, and how it goes on from there."""
_EIGHTHS = "▁▂▃▄▅▆▇█"
_BRAILLE = 0x2800
_DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""Column and row of each bit of a Braille character."""


@dataclass(frozen=True)
class Ink:
    """How one stretch of a line is drawn."""

    colour: str
    ground: str
    bold: bool = False
    underline: bool = False
    strike: bool = False


def picture_of(app: App[None]) -> str:
    """What `app` shows now."""
    background = Tint.parse(app.theme_variables["background"])
    strips = app.screen._compositor.render_strips()
    return svg(strips, ground=background, ink=Tint.parse(app.theme_variables["foreground"]))


def svg(strips: Sequence[Strip], *, ground: Tint, ink: Tint) -> str:
    """The lines of a screen on `ground`; the same lines give the same text."""
    width, height = max(strip.cell_length for strip in strips) * CELL_WIDTH, len(strips) * CELL_HEIGHT
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f'<rect width="{width}" height="{height}" rx="6" fill="{ground.hex}"/>',
        f'<g font-family="{FONTS}" font-size="{FONT_SIZE}" xml:space="preserve">',
    ]
    lines: dict[str, list[str]] = defaultdict(list)
    for row, strip in enumerate(strips):
        for column, text, shown in _runs(strip, ground, ink):
            drawn += _stretch(text, column, row, shown, ground.hex, lines)
    drawn += [f'<path d="{"".join(paths)}" stroke="{colour}" fill="none"/>' for colour, paths in lines.items()]
    return "\n".join([*drawn, "</g>", "</svg>", ""])


def _runs(strip: Strip, ground: Tint, ink: Tint) -> Iterator[tuple[int, str, Ink]]:
    """Stretches of one style with the column they begin at."""
    column = 0
    for shown, segments in groupby(strip, key=lambda segment: _ink(segment.style or Style.null(), ground, ink)):
        text = "".join(segment.text for segment in segments)
        yield column, text, shown
        column += cell_len(text)


def _ink(style: Style, ground: Tint, ink: Tint) -> Ink:
    front = style.color or ink.rich_color
    back = style.bgcolor or ground.rich_color
    if style.reverse:
        front, back = back, front
    if style.dim:
        front = dim_color(back, front)
    return Ink(_hex(front), _hex(back), bool(style.bold), bool(style.underline), bool(style.strike))


def _hex(colour: Color) -> str:
    return colour.get_truecolor().hex


def _stretch(text: str, column: int, row: int, shown: Ink, ground: str, lines: dict[str, list[str]]) -> Iterator[str]:
    """The ground of a stretch, then its letters, those of one width together; lines of boxes go to `lines`."""
    x, y = column * CELL_WIDTH, row * CELL_HEIGHT
    if shown.ground.lower() != ground.lower():
        width = cell_len(text) * CELL_WIDTH
        yield f'<rect x="{x}" y="{y}" width="{width}" height="{CELL_HEIGHT}" fill="{shown.ground}"/>'
    for kind, letters in groupby(text, key=_kind):
        part = "".join(letters)
        if kind == "line":
            lines[shown.colour] += [_line(sign, x + place * CELL_WIDTH, y) for place, sign in enumerate(part)]
        elif kind == "eighths":
            bars = "".join(_bar(sign, x + place * CELL_WIDTH, y) for place, sign in enumerate(part))
            yield f'<path d="{bars}" fill="{shown.colour}"/>'
        elif kind == "dots":
            yield f'<path d="{_dots(part, x, y)}" fill="{shown.colour}"/>'
        elif part.strip():
            yield _text(part, x, y, shown, is_squeezed=kind == "ambiguous")
        x += cell_len(part) * CELL_WIDTH


def _kind(sign: str) -> str:
    if sign in _LINES:
        return "line"
    if sign in _EIGHTHS:
        return "eighths"
    if _BRAILLE <= ord(sign) < _BRAILLE + 256:
        return "dots"
    if east_asian_width(sign) == "A":
        return "ambiguous"
    return "blank" if sign == " " else f"{cell_len(sign)} cells"


def _line(sign: str, x: int, y: int) -> str:
    right, down, steps = _LINES[sign]
    return f"M{x + right:g} {y + down:g}{steps}"


def _bar(sign: str, x: int, y: int) -> str:
    height = (_EIGHTHS.index(sign) + 1) * CELL_HEIGHT / 8
    return f"M{x} {y + CELL_HEIGHT - height:g}h{CELL_WIDTH}v{height:g}h-{CELL_WIDTH}z"


def _dots(text: str, x: int, y: int) -> str:
    """Each dot of Braille characters as a small square."""
    width, height = CELL_WIDTH / 2, CELL_HEIGHT / 4
    return "".join(
        f"M{x + place * CELL_WIDTH + column * width:g} {y + row * height:g}h{width:g}v{height:g}h-{width:g}z"
        for place, sign in enumerate(text)
        for bit, (column, row) in enumerate(_DOTS)
        if ord(sign) >> bit & 1
    )


def _text(text: str, x: int, y: int, shown: Ink, *, is_squeezed: bool) -> str:
    """Signs that some fonts draw in one cell and some in two are squeezed into the one that they have here."""
    start = len(text) - len(text.lstrip())
    kept = text.strip()
    lines = [name for name, is_so in (("underline", shown.underline), ("line-through", shown.strike)) if is_so]
    looks = ' font-weight="bold"' if shown.bold else ""
    looks += ' lengthAdjust="spacingAndGlyphs"' if is_squeezed else ""
    looks += f' text-decoration="{" ".join(lines)}"' if lines else ""
    place = f'x="{x + start * CELL_WIDTH}" y="{y + FONT_SIZE - 1}" textLength="{cell_len(kept) * CELL_WIDTH}"'
    return f'<text {place} fill="{shown.colour}"{looks}>{escape(kept)}</text>'
