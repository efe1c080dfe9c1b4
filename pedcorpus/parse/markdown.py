"""Markdown: block structure by markdown-it-py, inline markup taken off with spans kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pedcorpus.parse.blocks import Block
from pedcorpus.parse.captions import is_caption
from pedcorpus.parse.decode import read_text
from pedcorpus.parse.inline import is_emphatic, strip_inline
from pedcorpus.parse.joins import columns, join_lines
from pedcorpus.parse.lines import Line, lines_of, opens_paragraph
from pedcorpus.parse.markdown_tables import filled_tables, html_part, pipe_table
from pedcorpus.parse.numbering import read_marker
from pedcorpus.parse.parser import Original, Parsed
from pedcorpus.parse.rows import document_of, require_text
from pedcorpus.parse.structure import structure
from pedcorpus.records import PassageKind, SourceKind

__all__ = ["PARSER", "MarkdownParser", "markdown_blocks"]

_FRONT_MATTER = re.compile(r"---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING_MARK = re.compile(r"\s{0,3}#{1,6}[ \t]*")
_HEADING_TAIL = re.compile(r"[ \t]+#+[ \t]*$")
_BULLET = re.compile(r"\s*[-+*][ \t]+")
_QUOTE = re.compile(r"\s{0,3}(?:>[ \t]?)+")
_GOES_ON = ("，", "、", ",", "（", "(", "和", "与", "及", "或")
_FINISHED = ("。", "；", "：", "！", "？", ".", ";", ":", "!", "?", "）", ")", "”", "】", "|")
_PRINTED_WIDTH = 60
"""Columns from which a line that stops without a stop was cut by the page's edge."""
_LOOKS_LIKE = re.compile(rb"(?:\A|\n)#{1,6} ?\S|\A(?:\xef\xbb\xbf)?---\r?\n|\n\|[ :|-]+\|\r?\n")


@cache
def _reader() -> MarkdownIt:
    """Block structure only: inline markup is taken off in `inline`, which keeps offsets."""
    return MarkdownIt("commonmark").enable("table").disable("inline")


@dataclass
class _Source:
    """The file's text and its lines, which tokens of markdown-it point at by number."""

    text: str
    lines: list[Line] = field(default_factory=list)

    def of(self, token: Token) -> list[Line]:
        first, last = token.map or (0, 0)
        return self.lines[first:last]


def markdown_blocks(text: str) -> list[Block]:
    """Blocks of a Markdown text in reading order."""
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    source = _Source(text, list(lines_of(text[start:], start)))
    blocks: list[Block] = []
    for token in _leaves(_reader().parse(filled_tables(text[start:]))):
        blocks.extend(_blocks_of(token, source))
    return [cut for block in blocks if (cut := block.cut(0)).text]


@dataclass(frozen=True)
class _Leaf:
    token: Token
    level: int | None = None
    listed: bool = False


def _leaves(tokens: Sequence[Token]) -> Iterator[_Leaf]:
    """Tokens that hold text, with the heading level or list that they stand in."""
    level: int | None = None
    lists, tables = 0, 0
    for token in tokens:
        lists += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        tables += {"table_open": 1, "table_close": -1}.get(token.type, 0)
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = None
        elif token.type == "table_open" or (token.type == "inline" and not tables):
            yield _Leaf(token, level, lists > 0)
        elif token.type in ("html_block", "fence", "code_block"):
            yield _Leaf(token)


def _blocks_of(leaf: _Leaf, source: _Source) -> Iterator[Block]:
    lines = source.of(leaf.token)
    if leaf.token.type == "table_open":
        yield pipe_table(lines)
    elif leaf.token.type == "html_block":
        yield from html_part(source.text, lines)
    elif leaf.token.type == "fence":
        yield _joined(lines[1:-1])
    elif leaf.level is not None:
        heading = _heading(lines)
        yield heading if is_caption(heading.text) else replace(heading, level=leaf.level)
    else:
        for paragraph in _paragraphs(lines):
            yield _paragraph(paragraph, listed=leaf.listed)


def _joined(lines: Sequence[Line]) -> Block:
    text, origin = join_lines(lines)
    return Block(text, origin)


def _after(line: Line, pattern: re.Pattern[str]) -> Line:
    found = pattern.match(line.text)
    return Line(line.text[found.end() :], line.offset + found.end()) if found else line


def _heading(lines: Sequence[Line]) -> Block:
    kept = [_after(line, _HEADING_MARK) for line in lines if not re.fullmatch(r"\s*(?:=+|-+)\s*", line.text)]
    text, origin = join_lines(Line(_HEADING_TAIL.sub("", line.text), line.offset) for line in kept)
    return Block(*strip_inline(text, origin))


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines of one Markdown paragraph, parted where a line opens a new item or a hard break ends one."""
    paragraph: list[Line] = []
    for line in (_after(line, _QUOTE) for line in lines):
        if paragraph and (opens_paragraph(line.text) or _is_closed(paragraph, line)):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _is_closed(paragraph: Sequence[Line], after: Line) -> bool:
    """Does a hard break, or a numbered title alone on its line, end the paragraph before `after`?"""
    before = paragraph[-1].text
    if before.endswith(("  ", "\\")):
        return not _is_unfinished(before.rstrip(" \\"))
    return len(paragraph) == 1 and read_marker(before) is not None and 2 * columns(before) < columns(after.text)


def _is_unfinished(line: str) -> bool:
    """Does a sentence go on behind the hard break that a tool put at the end of a printed line?"""
    return line.endswith(_GOES_ON) or (columns(line) >= _PRINTED_WIDTH and not line.endswith(_FINISHED))


def _paragraph(lines: Sequence[Line], *, listed: bool) -> Block:
    unmarked = [_after(lines[0], _BULLET), *lines[1:]] if listed else list(lines)
    text, origin = join_lines(Line(line.text.removesuffix("\\"), line.offset) for line in unmarked)
    kind = PassageKind.LIST_ITEM if listed else PassageKind.PARAGRAPH
    return Block(*strip_inline(text, origin), kind=kind, emphatic=is_emphatic(text))


class MarkdownParser:
    """Textbooks and guidelines kept as Markdown."""

    name = "markdown"
    version = 3
    suffixes = frozenset({".md", ".markdown", ".mkd"})
    kinds = frozenset({SourceKind.TEXTBOOK, SourceKind.GUIDELINE})

    def recognises(self, original: Original) -> bool:
        return _LOOKS_LIKE.search(original.data[:65536]) is not None

    def parse(self, original: Original) -> Parsed:
        decoded = read_text(original, damaged=True)
        blocks = markdown_blocks(decoded.text)
        found = structure(blocks, original)
        document = document_of(original, f"{self.name}@{self.version}", encoding=decoded.encoding)
        return require_text(Parsed(document, passages=found.passages, failures=found.failures), blocks)


PARSER = MarkdownParser()
