"""Tables inside Markdown, drawn with pipes or written as HTML: rows one a line, cells parted by ` | `."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from pedcorpus.parse.blocks import Block
from pedcorpus.parse.inline import strip_inline
from pedcorpus.parse.joins import join_lines
from pedcorpus.parse.lines import Line, lines_of
from pedcorpus.records import PassageKind

__all__ = ["html_block", "pipe_table"]

_RULE_ROW = re.compile(r"\s*\|?(?:\s*:?-{1,}:?\s*\|)*\s*:?-{1,}:?\s*\|?\s*")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_HTML_ROW = re.compile(r"<tr\b[^>]*>(?P<cells>.*?)(?=<tr\b|</table|\Z)", re.DOTALL | re.IGNORECASE)
_HTML_CELL = re.compile(r"<t[dh]\b[^>]*>(?P<text>.*?)(?=<t[dh]\b|</tr|\Z)", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9A-Fa-f]{1,5});")
_Spanned = tuple[str, tuple[int, ...]]


def pipe_table(lines: Sequence[Line]) -> Block:
    """A table of pipes; the rule under its head is markup."""
    return _table(list(_pipe_cells(line)) for line in lines if not _RULE_ROW.fullmatch(line.text))


def html_block(lines: Sequence[Line]) -> Block:
    """A block of HTML: a table, or the text between its tags; comments are markup."""
    start = lines[0].offset if lines else 0
    raw = _COMMENT.sub(_blank, "\n".join(line.text for line in lines))
    rows = list(_HTML_ROW.finditer(raw))
    if not rows:
        text, origin = _plain(raw, start)
        return Block(text, origin)
    return _table(
        [
            _plain(cell["text"], start + row.start("cells") + cell.start("text"))
            for cell in _HTML_CELL.finditer(row["cells"])
        ]
        for row in rows
    )


def _blank(markup: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", markup[0])


def _plain(raw: str, start: int) -> _Spanned:
    """Text of a piece of HTML, each character with its offset; an entity's character has the entity's."""
    text, origin = join_lines(lines_of(_TAG.sub(_blank, raw), start))
    last = 0
    pieces: list[str] = []
    kept: list[int] = []
    for found in _ENTITY.finditer(text):
        meant = unescape(found[0])
        pieces += [text[last : found.start()], meant]
        kept += [*origin[last : found.start()], *[origin[found.start()]] * len(meant)]
        last = found.end()
    return "".join([*pieces, text[last:]]), (*kept, *origin[last:])


def _pipe_cells(line: Line) -> Iterator[_Spanned]:
    body = line.text.strip().removeprefix("|").removesuffix("|")
    offset = line.offset + line.text.index(body)
    for cell in re.split(r"(?<!\\)\|", body):
        yield strip_inline(*join_lines([(cell, offset)]))
        offset += len(cell) + 1


def _table(rows: Iterable[Sequence[_Spanned]]) -> Block:
    """What is put between cells takes the offset of what stands before it."""
    text: list[str] = []
    origin: list[int] = []
    for row in rows:
        for number, (cell, places) in enumerate(row):
            gap = " | " if number else ("\n" if text else "")
            before = origin[-1] if origin else (places[0] if places else 0)
            text += [gap, cell]
            origin += [*[before] * len(gap), *places]
    return Block("".join(text), tuple(origin), kind=PassageKind.TABLE)
