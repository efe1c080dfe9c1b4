"""HTML to blocks: the one walk for pages, EPUB chapters, Word files (as HTML) and tables inside Markdown.

Works on the stream of tags, not on a tree: a tag that is never closed, or closed twice, costs nothing but itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pedcorpus.parse.blocks import Block
from pedcorpus.parse.captions import is_caption
from pedcorpus.parse.html_math import MathMarks
from pedcorpus.parse.html_shape import HEADINGS, UNREAD, layout_tables
from pedcorpus.parse.html_table import HtmlTable
from pedcorpus.parse.html_text import HtmlText
from pedcorpus.parse.html_tokens import HtmlToken, attributes_of, tokens_of
from pedcorpus.parse.table_text import Spanned
from pedcorpus.records import PassageKind

__all__ = ["Drop", "Finish", "html_blocks"]

Drop = Callable[[str, HtmlToken], bool]
"""Asked of each opening tag of a source: is its element to be left out?"""
Finish = Callable[[str, Sequence[int]], Spanned]
"""Given each text with the offsets of its characters; returns both as they are to be stored."""

_BLOCK_NAMES = (
    "p div section article main header footer aside nav ul ol li dl dt dd table thead tbody tfoot tr td th caption "
    "blockquote pre figure figcaption hr form fieldset legend address details summary center body html h1 h2 h3 h4 h5 "
    "h6 menu dialog hgroup search"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_LISTS = frozenset({"ul", "ol", "menu"})
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "embed", "source", "track", "wbr"}
)
_NOTE_TYPES = frozenset({"footnote", "endnote", "rearnote"})
_WORD_NOTES = ("footnote-", "endnote-")
_BACK_LINKS = "↑↩︎ "
_TABLE = re.compile("<table", re.IGNORECASE)
_NAV_RUN, _NAV_WIDTH = 3, 40
"""So many short blocks in a row that are nothing but links are a menu."""


def html_blocks(
    source: str, *, start: int = 0, end: int | None = None, drop: Drop | None = None, finish: Finish | None = None
) -> list[Block]:
    """Blocks of the HTML in `source[start:end]` in reading order; offsets count in `source`.

    With `drop`, runs of short links are left out too: such a source is a page of a site.
    """
    layout = layout_tables(tokens_of(source, start, end)) if _TABLE.search(source, start) else frozenset()
    walk = _Walk(source, layout, drop=drop, finish=finish)
    for token in tokens_of(source, start, end):
        walk.step(token)
    walk.end()
    return _without_menus(walk.found) if drop else [one.block for one in walk.found]


@dataclass(frozen=True)
class _Found:
    block: Block
    is_link: bool


def _without_menus(found: Sequence[_Found]) -> list[Block]:
    kept: list[Block] = []
    run: list[Block] = []
    for one in [*found, None]:
        if one is not None and one.is_link and one.block.level is None and len(one.block.text) <= _NAV_WIDTH:
            run.append(one.block)
            continue
        kept += run if len(run) < _NAV_RUN else []
        run = []
        if one is not None:
            kept.append(one.block)
    return kept


class _Walk:
    """Where the walk stands, and what it has found."""

    def __init__(self, source: str, layout: frozenset[int], *, drop: Drop | None, finish: Finish | None) -> None:
        self.found: list[_Found] = []
        self._source = source
        self._layout = layout
        self._drop = drop
        self._finish = finish
        self._text = HtmlText()
        self._math = MathMarks(self._text)
        self._skipped: tuple[str, int] | None = None
        """Element that is being left out, and how many of its name are open."""
        self._table: HtmlTable | None = None
        self._level: int | None = None
        self._in_caption = self._in_reference = False
        self._lists: list[bool] = []
        """Open lists: is an item of it open?"""
        self._preformatted = 0
        self._notes: list[str] = []
        """Open blocks from the one that began a footnote."""

    def step(self, token: HtmlToken) -> None:
        """One tag or text."""
        if self._skipped is not None:
            self._skip(token)
        elif not token.name:
            self._read(token)
        elif token.is_close:
            self._close(token)
        elif token.name in UNREAD or (self._drop is not None and self._drop(self._source, token)):
            self._leave_out(token)
        else:
            self._open(token)
            if token.is_empty and token.name not in _VOID:
                self._close(token)

    def flush(self) -> None:
        """What has been gathered becomes a block; in a table, a line of the cell."""
        if self._table is not None:
            self._text.put("\n")
            return
        is_bold, is_link = self._text.is_bold, self._text.is_link
        text, origin = self._taken()
        if text:
            self.found.append(_Found(self._block(text, origin, is_bold=is_bold), is_link))

    def end(self) -> None:
        """The source is at its end."""
        if self._table is not None:
            self._end_table(self._table)
        self.flush()

    def _taken(self) -> Spanned:
        text, origin = self._text.take()
        return self._finish(text, origin) if self._finish and text else (text, origin)

    def _block(self, text: str, origin: Sequence[int], *, is_bold: bool) -> Block:
        if self._notes:
            kept = len(text.rstrip(_BACK_LINKS)) or len(text)
            return Block(text[:kept], origin[:kept], kind=PassageKind.FOOTNOTE)
        if self._in_caption:
            return Block(text, origin, kind=PassageKind.CAPTION)
        if self._level is not None and not is_caption(text):
            return Block(text, origin, level=self._level)
        kind = PassageKind.LIST_ITEM if any(self._lists) else PassageKind.PARAGRAPH
        return Block(text, origin, kind=kind, emphatic=is_bold)

    def _leave_out(self, token: HtmlToken) -> None:
        if token.name in _BLOCKS:
            self.flush()
        if not token.is_empty and token.name not in _VOID:
            self._skipped = (token.name, 1)

    def _skip(self, token: HtmlToken) -> None:
        name, depth = self._skipped or ("", 0)
        if token.name == "body":
            self._skipped = None
        elif token.name == name and not token.is_empty:
            depth += -1 if token.is_close else 1
            self._skipped = (name, depth) if depth else None

    def _read(self, token: HtmlToken) -> None:
        if not self._preformatted:
            self._text.add(self._source, token.start, token.end)
            return
        at = token.start
        for line in self._source[token.start : token.end].split("\n"):
            if at > token.start:
                self.flush()
            self._text.add(self._source, at, at + len(line))
            at += len(line) + 1

    def _open(self, token: HtmlToken) -> None:
        self._math.open(token.name)
        if token.name == "br":
            self._break()
        elif token.name not in _BLOCKS:
            self._text.open(token.name)
            self._open_reference(token)
        elif self._table is not None:
            self._table.open(token)
        else:
            self._open_block(token)

    def _open_reference(self, token: HtmlToken) -> None:
        """The number that points to a note is printed raised, whether or not the markup says so."""
        if token.name == "a" and not self._in_reference and "noteref" in self._kinds(token):
            self._in_reference = True
            self._text.open("sup")

    def _break(self) -> None:
        if self._level is not None or self._in_caption:
            self._text.put("\n")
        else:
            self.flush()

    def _open_block(self, token: HtmlToken) -> None:
        name = token.name
        keeps_level = self._text.is_empty and name not in HEADINGS
        self.flush()
        self._level = self._level if keeps_level else HEADINGS.get(name)
        self._in_caption = name == "figcaption" or (self._in_caption and name in ("p", "div"))
        if name in _LISTS:
            self._lists.append(False)
        elif name == "li":
            self._lists[-1:] = [True]
        self._preformatted += name == "pre"
        if self._notes or self._is_note(token):
            self._notes.append(name)
        if name == "table" and token.start not in self._layout:
            self._table = HtmlTable(self._source, self._text, self._taken)

    def _close(self, token: HtmlToken) -> None:
        name = token.name
        self._math.close(name)
        if name not in _BLOCKS:
            if name == "a" and self._in_reference:
                self._in_reference = False
                self._text.close("sup")
            self._text.close(name)
        elif self._table is None:
            self._close_block(name)
        elif name == "table":
            self._end_table(self._table)
        else:
            self._table.close(name)

    def _close_block(self, name: str) -> None:
        self.flush()
        self._level = None if name in HEADINGS else self._level
        self._in_caption = self._in_caption and name != "figcaption"
        if name in _LISTS or name == "li":
            self._lists[-1:] = [] if name in _LISTS else [False]
        self._preformatted = max(0, self._preformatted - (name == "pre"))
        if name in self._notes:
            del self._notes[len(self._notes) - 1 - self._notes[::-1].index(name) :]

    def _end_table(self, table: HtmlTable) -> None:
        self._table = None
        self.found += [_Found(block, is_link=False) for block in table.end()]

    def _is_note(self, token: HtmlToken) -> bool:
        is_word_note = token.name == "li" and attributes_of(self._source, token).get("id", "").startswith(_WORD_NOTES)
        return is_word_note or not _NOTE_TYPES.isdisjoint(self._kinds(token))

    def _kinds(self, token: HtmlToken) -> set[str]:
        """What an EPUB's markup or an accessible page says that an element is, as `footnote` or `noteref`."""
        attributes = attributes_of(self._source, token)
        kinds = f"{attributes.get('epub:type', '')} {attributes.get('role', '')}".split()
        return {kind.removeprefix("doc-") for kind in kinds}
