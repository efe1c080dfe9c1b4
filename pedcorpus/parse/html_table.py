"""One table of HTML while it is walked through: its cells, and text that stands in it but in no cell."""

from __future__ import annotations

from collections.abc import Callable

from pedcorpus.parse.blocks import Block
from pedcorpus.parse.html_text import HtmlText
from pedcorpus.parse.html_tokens import HtmlToken, attributes_of
from pedcorpus.parse.table_text import Cell, Spanned, spread, table_block
from pedcorpus.records import PassageKind

__all__ = ["HtmlTable"]

_PARTS = frozenset({"tr", "td", "th", "thead", "tbody", "tfoot", "caption"})


class HtmlTable:
    """Gathers the cells of a table; other blocks inside a cell are lines of it."""

    def __init__(self, source: str, text: HtmlText, take: Callable[[], Spanned]) -> None:
        """`text` is what the walk gathers into, `take` empties it."""
        self._source = source
        self._text = text
        self._take = take
        self._rows: list[list[Cell]] = []
        self._before: list[Block] = []
        """Captions, and text outside of cells, which browsers show above the table."""
        self._cell: HtmlToken | None = None

    def open(self, token: HtmlToken) -> None:
        """A block begins inside the table."""
        if token.name not in _PARTS:
            self._text.put("\n")
            return
        self._end_part()
        if token.name == "tr":
            self._rows.append([])
        elif token.name in ("td", "th", "caption"):
            self._cell = token

    def close(self, name: str) -> None:
        """A block ends inside the table."""
        if name in _PARTS:
            self._end_part()
        else:
            self._text.put("\n")

    def end(self) -> list[Block]:
        """What stands above the table, and the table; nothing where no cell holds text."""
        self._end_part()
        rows = [row for row in spread(self._rows) if any(text for text, _ in row)]
        return [*self._before, *([table_block(rows)] if rows else [])]

    def _end_part(self) -> None:
        text = self._take()
        if self._cell is not None and self._cell.name != "caption":
            self._add_cell(text, attributes_of(self._source, self._cell))
        elif text[0]:
            kind = PassageKind.CAPTION if self._cell is not None else PassageKind.PARAGRAPH
            self._before.append(Block(*text, kind=kind))
        self._cell = None

    def _add_cell(self, text: Spanned, attributes: dict[str, str]) -> None:
        self._rows = self._rows or [[]]
        columns, rows = (_number(attributes.get(key, "")) for key in ("colspan", "rowspan"))
        self._rows[-1].append(Cell(text, max(columns, 1), rows))


def _number(value: str) -> int:
    """A span as written; 0 rows reach to the end of the table, and what is no number is 1."""
    return int(value) if value.isdecimal() and len(value) <= 5 else 1
