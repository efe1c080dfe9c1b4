"""Tables and HTML inside Markdown: pipe tables cut into cells, HTML handed to the walk that reads pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pedcorpus.parse.blocks import Block
from pedcorpus.parse.html_blocks import html_blocks
from pedcorpus.parse.inline import strip_inline
from pedcorpus.parse.joins import join_lines
from pedcorpus.parse.latex import plain_formulas
from pedcorpus.parse.lines import Line
from pedcorpus.parse.table_text import Spanned, table_block

__all__ = ["filled_tables", "html_part", "pipe_table"]

_RULE_ROW = re.compile(r"\s*\|?(?:\s*:?-{1,}:?\s*\|)*\s*:?-{1,}:?\s*\|?\s*")
_BLANK_IN_TABLE = re.compile(r"(?<=\n)[ \t]*(?=\n)")
_TABLE_TAG = re.compile(r"<(?P<close>/?)table\b", re.IGNORECASE)


def pipe_table(lines: Sequence[Line]) -> Block:
    """A table of pipes; the rule under its head is markup."""
    return table_block(list(_pipe_cells(line)) for line in lines if not _RULE_ROW.fullmatch(line.text))


def html_part(text: str, lines: Sequence[Line]) -> list[Block]:
    """Blocks of the HTML that `lines` of `text` hold."""
    if not lines:
        return []
    return html_blocks(text, start=lines[0].offset, end=lines[-1].offset + len(lines[-1].text), finish=plain_formulas)


def filled_tables(text: str) -> str:
    """`text` with its lines as they are, but for blank ones inside HTML tables: Markdown would end the table there."""
    pieces: list[str] = []
    last, is_open = 0, False
    for tag in _TABLE_TAG.finditer(text):
        part = text[last : tag.start()]
        pieces.append(_BLANK_IN_TABLE.sub("<!---->", part) if is_open and tag["close"] else part)
        is_open = not tag["close"]
        last = tag.start()
    return "".join([*pieces, text[last:]])


def _pipe_cells(line: Line) -> Iterator[Spanned]:
    body = line.text.strip().removeprefix("|").removesuffix("|")
    offset = line.offset + line.text.index(body)
    for cell in re.split(r"(?<!\\)\|", body):
        yield strip_inline(*join_lines([(cell, offset)]))
        offset += len(cell) + 1
