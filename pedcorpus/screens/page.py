"""Paragraphs laid out in terminal cells: hanging indents, right-hand marks, Chinese line breaking. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rich.cells import cell_len

__all__ = ["Block", "Line", "Piece", "fit", "lay_out", "line_spans"]

_NO_START = frozenset("，。、；：？！）】》〉」』”’％%‰℃°…～~·,.;:?!)]}>")
_NO_END = frozenset("（【《〈「『“‘～~([{<")


@dataclass(frozen=True)
class Piece:
    """A stretch of text in one style."""

    text: str
    style: str = ""
    """Name of a component class; empty for the pane's own style."""
    is_target: bool = False
    """Whether a pane should scroll here at first."""


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class Block:
    """One paragraph."""

    body: tuple[Piece, ...]
    lead: tuple[Piece, ...] = ()
    """Stands to the left of the first line."""
    indent: int = 0
    """Cells that every line is moved to the right; the lead fills them."""
    tail: tuple[Piece, ...] = ()
    """Stands at the right end of the last line, or below it where there is no room."""

    @property
    def text(self) -> str:
        """The body without its styles."""
        return "".join(piece.text for piece in self.body)


@cache
def _width(character: str) -> int:
    return cell_len(character)


def _may_break(before: str, after: str) -> bool:
    if after in _NO_START or before in _NO_END or not _width(after) or before == "\u200d":
        return False
    return before == " " or _width(before) == 2 or _width(after) == 2


def line_spans(text: str, width: int) -> list[tuple[int, int]]:
    """Where the lines of `text` begin and end when none may be wider than `width` cells.

    Breaks at spaces and between Chinese characters, not before closing or after opening punctuation;
    where there is no such place, between any two characters. A space at a break is left out.
    """
    spans: list[tuple[int, int]] = []
    start = used = 0
    breaks_at = None
    position = 0
    while position < len(text):
        character = text[position]
        if character == "\n":
            spans.append((start, _end(text, start, position, width)))
            start, used, breaks_at = position + 1, 0, None
        else:
            if position > start and _may_break(text[position - 1], character):
                breaks_at = position
            while used + _width(character) > width and position > start and character != " ":
                end = breaks_at or position
                spans.append((start, len(text[:end].rstrip(" ")) if text[start:end].strip(" ") else end))
                start, used, breaks_at = end, sum(map(_width, text[end:position])), None
            used += _width(character)
        position += 1
    spans.append((start, _end(text, start, len(text), width)))
    return spans


def _end(text: str, start: int, end: int, width: int) -> int:
    """`end` without the spaces that would stand beyond `width`."""
    while end > start and text[end - 1] == " " and cell_len(text[start:end]) > width:
        end -= 1
    return end


def _slice(pieces: Sequence[Piece], start: int, end: int) -> Line:
    line: list[Piece] = []
    offset = 0
    for piece in pieces:
        text = piece.text[max(start - offset, 0) : max(end - offset, 0)]
        if text:
            line.append(Piece(text, piece.style, piece.is_target))
        offset += len(piece.text)
    return tuple(line)


def _cells(pieces: Iterable[Piece]) -> int:
    return sum(cell_len(piece.text) for piece in pieces)


def _block_lines(block: Block, width: int) -> list[Line]:
    indent = min(block.indent, max(width - 8, 0))
    lines = [_slice(block.body, start, end) for start, end in line_spans(block.text, max(width - indent, 2))]
    blank = Piece(" " * indent)
    padded: list[Line] = [(blank, *line) for line in lines]
    if block.lead:
        room = " " * max(indent - _cells(block.lead), 0)
        padded[0] = (*block.lead, Piece(room), *lines[0])
    if block.tail:
        gap = width - _cells(padded[-1]) - _cells(block.tail)
        if gap < 1:
            padded.append(())
            gap = max(width - _cells(block.tail), 0)
        padded[-1] = (*padded[-1], Piece(" " * gap), *block.tail)
    return padded


def lay_out(blocks: Iterable[Block], width: int) -> tuple[list[Line], int | None]:
    """The lines of `blocks` at `width` cells, and the first of them that holds a target."""
    lines = [line for block in blocks for line in _block_lines(block, max(width, 4))]
    return lines, next((number for number, line in enumerate(lines) if any(piece.is_target for piece in line)), None)


def fit(text: str, width: int) -> str:
    """`text` in exactly `width` cells: filled up with spaces, or cut at a whole character with `…`."""
    if cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    kept, used = "", 0
    for character in text:
        if used + _width(character) > width - 1:
            break
        kept, used = kept + character, used + _width(character)
    return kept + "…" + " " * (width - 1 - used) if width > 0 else ""
