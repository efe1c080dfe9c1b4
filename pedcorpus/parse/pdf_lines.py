"""What is printed on a PDF page: lines of text with place, size and weight, as pymupdf's `dict` gives them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pedcorpus.parse.joins import glue

__all__ = ["PrintedLine", "TableRow", "in_column", "least_sure", "line_of", "main_size", "merge_fragments"]

_SUPERSCRIPT, _BOLD = 1, 16
_LABEL = re.compile(r"\[\d{1,3}\]|[（(]?\d{1,3}[.．、)）]|[•●○◆■▪·*–-]|[（(]?[一二三四五六七八九十]{1,3}[、)）]|[①-⑳]")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_HEAVY_FONTS = ("bold", "heavy", "black", "hei", "demi")
_ODD = re.compile("[\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060\u2e80-\u2fd5\ufeff\uf0b7\uf06c\uf06e]")
_HAN = "\u3400-\u9fff\uf900-\ufaff，。、；：？！（）《》【】“”"
_HAN_SPACE = re.compile(f"(?<=[{_HAN}])[ \u3000]+(?=[{_HAN}])")
_TAB_STOPS = 4
"""Fragments that begin at one place behind others make it a column's edge, not a wide space."""
_OWN_GAP, _OWN_SIZE = 0.3, 0.08
"""Ems between two fragments, and by which share their sizes differ, from which they are no one line."""
_Box = tuple[float, float, float, float]


def _plain(character: str) -> str:
    """What is meant by a character that a font's table names oddly, such as the radical ⼉ for 儿."""
    if "\u2e80" <= character <= "\u2fd5":
        return unicodedata.normalize("NFKC", character)
    if character in "\uf0b7\uf06c\uf06e":
        return "●"
    return {"\xa0": " ", "\xad": "-", "\t": " ", "\u202f": " "}.get(character, "")


class TableRow(NamedTuple):
    """One row of a table: the text of its cells, and where it is printed."""

    cells: tuple[str, ...]
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float | None = None
    """How sure the OCR was of the least sure of its lines."""


class PrintedLine(NamedTuple):
    """One line of one column, or a fragment of it; coordinates are points from the page's top left."""

    text: str
    page: int
    """Counted from 1."""
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    """Font size of most of its characters."""
    bold: bool = False
    column: tuple[float, float] = (0.0, 0.0)
    """Left and right edge of the column it stands in."""
    table: tuple[TableRow, ...] = ()
    """Rows, when this stands for a whole table."""
    confidence: float | None = None
    """How sure the OCR was; none for text that the file itself holds."""

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        """Of its box, at least one point."""
        return max(self.y1 - self.y0, 1.0)


_COLUMN = PrintedLine._fields.index("column")
_AS_PRINTED = ((0.0, 0.0), (), None)
"""What a line has behind `bold` as long as it is in no column, and neither a table nor read by OCR."""
_new = tuple.__new__
"""Makes a named tuple of a plain one in half the time that its own `__new__` takes; every line goes through twice."""


@lru_cache(maxsize=1024)
def _is_heavy(font: str) -> bool:
    return any(word in font.lower() for word in _HEAVY_FONTS)


def line_of(spans: Sequence[Any], box: _Box, page: int) -> PrintedLine | None:
    """The printed line of pymupdf's `spans`, whose own box is `box`; none where nothing is to be seen.

    The box that a font declares may be several lines high, so top and bottom follow from baseline and size.
    """
    shown = spans if len(spans) == 1 else [span for span in spans if not span["text"].isspace()]
    if not shown:
        return None
    first = main = shown[0]
    if len(spans) == 1:
        text, size = tidy(main["text"]), main["size"]
        bold = bool(main["flags"] & _BOLD) or _is_heavy(main["font"])
    else:
        main, size, bold = _mixed_type(shown)
        text = tidy(_text(spans, main))
    if not text:
        return None
    baseline, height = main["origin"][1], main["size"]
    top, bottom = baseline - height, baseline + 0.35 * height
    y0, y1 = top if top > box[1] else box[1], bottom if bottom < box[3] else box[3]
    x0, x1 = first["bbox"][0], shown[-1]["bbox"][2]
    return _new(PrintedLine, (text, page, x0, y0, x1, y1, round(2 * size) / 2, bold, *_AS_PRINTED))


def _mixed_type(spans: Sequence[Any]) -> tuple[Any, float, bool]:
    """The longest of several spans, the size of most characters, and whether most are bold."""
    main, longest, total, heavy = spans[0], 0, 0, 0
    weight: dict[float, int] = {}
    for span in spans:
        length, size = len(span["text"]), span["size"]
        total += length
        weight[size] = weight.get(size, 0) + length
        if length > longest:
            main, longest = span, length
        if span["flags"] & _BOLD or _is_heavy(span["font"]):
            heavy += length
    size = main["size"] if len(weight) == 1 else max(weight, key=lambda one: weight[one])
    return main, size, heavy > 0.6 * total


def _text(spans: Sequence[Any], main: Any) -> str:
    """Text of a line; raised digits become superscript characters, so that 10⁹/L does not become 109/L."""
    return "".join([_raised(span, main) if span["flags"] & _SUPERSCRIPT else span["text"] for span in spans])


def _raised(span: Any, main: Any) -> str:
    text: str = span["text"]
    is_number = span["size"] < main["size"] and not text.strip("0123456789+-− ")
    return text.translate(_RAISED) if is_number else text


def tidy(text: str) -> str:
    """`text` without control characters, and without the spaces that spread Chinese over a wide line."""
    if _ODD.search(text):
        text = _ODD.sub(lambda found: _plain(found[0]), text)
    text = text.strip()
    if " " in text and 5 * (text.count(" ") + text.count("\u3000")) >= len(text):
        gaps = len(_HAN_SPACE.findall(text))
        if gaps and 3 * gaps >= len(text) - 2 * gaps:
            text = _HAN_SPACE.sub("", text)
    return text


def main_size(lines: Sequence[PrintedLine]) -> float:
    """The size in which most characters of `lines` are set, of which there is one at least."""
    first = lines[0].size
    if len({line.size for line in lines}) == 1:
        return first
    weight: dict[float, int] = {}
    for line in lines:
        weight[line.size] = weight.get(line.size, 0) + len(line.text)
    return max(weight, key=lambda size: (weight[size], size))


def in_column(line: PrintedLine, edges: tuple[float, float]) -> PrintedLine:
    """`line` knowing the edges of its column; quicker than `_replace`."""
    return _new(PrintedLine, (*line[:_COLUMN], edges, *line[_COLUMN + 1 :]))


def merge_fragments(fragments: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Fragments on one baseline, less than a character apart, as one line; a gutter is wider than that."""
    rows = _rows(fragments)
    if len(rows) == len(fragments):
        return [row[0] for row in rows]
    stops = _tab_stops(rows)
    merged: list[PrintedLine] = []
    for row in rows:
        line = row[0]
        for fragment in row[1:]:
            if _goes_on(line, fragment, stops):
                line = _merged(line, fragment)
            else:
                merged.append(line)
                line = fragment
        merged.append(line._replace(text=tidy(line.text)) if len(row) > 1 else line)
    return merged


def _goes_on(line: PrintedLine, fragment: PrintedLine, stops: frozenset[int]) -> bool:
    """Is it the same line further on? A number or bullet alone may stand further from its text.

    Beside a gap, type of another size is another line: a heading that all but fills its column.
    """
    gap, em = fragment.x0 - line.x1, max(line.size, fragment.size)
    if _LABEL.fullmatch(line.text):
        return -0.5 * em <= gap <= 3.0 * em
    if gap > _OWN_GAP * em and abs(line.size - fragment.size) > _OWN_SIZE * em:
        return False
    return -0.5 * em <= gap <= 1.05 * em and (gap < 0.6 * em or round(fragment.x0) not in stops)


def _tab_stops(rows: Sequence[Sequence[PrintedLine]]) -> frozenset[int]:
    """Places at which many fragments begin behind others: the left edge of a column, or of a table's cells."""
    count: dict[int, int] = {}
    for row in rows:
        for fragment in row[1:]:
            count[round(fragment.x0)] = count.get(round(fragment.x0), 0) + 1
    return frozenset(place for place, times in count.items() if times >= _TAB_STOPS)


def _rows(fragments: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Fragments side by side on one baseline, from left to right."""
    rows: list[list[PrintedLine]] = []
    last: PrintedLine | None = None
    for fragment in sorted(fragments, key=lambda one: one.y0 + one.y1):
        if last is not None and fragment.y0 < last.y1 and _is_level(last, fragment):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
        last = fragment
    for row in rows:
        if len(row) > 1:
            row.sort(key=lambda one: one.x0)
    return rows


def _is_level(one: PrintedLine, other: PrintedLine) -> bool:
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    return overlap > 0.6 * min(one.height, other.height)


def _merged(before: PrintedLine, after: PrintedLine) -> PrintedLine:
    longer = before if len(before.text) >= len(after.text) else after
    gap = " " if after.x0 - before.x1 > 0.4 * longer.size else glue(before.text, after.text)
    return longer._replace(
        text=before.text.rstrip() + gap + after.text.lstrip(),
        x0=before.x0,
        y0=min(before.y0, after.y0),
        x1=max(before.x1, after.x1),
        y1=max(before.y1, after.y1),
        confidence=least_sure((before, after)),
    )


def least_sure(lines: Iterable[PrintedLine]) -> float | None:
    """The lowest confidence of `lines`; none where the file itself holds their text."""
    return min((line.confidence for line in lines if line.confidence is not None), default=None)
