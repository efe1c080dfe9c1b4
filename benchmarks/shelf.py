"""Generated books as PDF, and the truth about them: what a parser has to find, in the order of reading.

One page in five holds a table. Layouts take turns from book to book: one column, two columns, both mixed,
English; with bookmarks and without; grids, open grids and three-line tables, some broken over pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

import pymupdf

from benchmarks import shelf_text as words

__all__ = ["Book", "Truth", "make_book"]

PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 66.0, 529.0, 80.0, 772.0
_GUTTER = 24.0
_CHINESE, _LATIN = "china-s", "helv"  # the Chinese font sets Latin letters a full character wide
_NOT_FIRST = "，。、；：？！）】》〕”’%℃～·/"
_NOT_LAST = "（【《〔“‘"
_HEADING_SIZES = {1: (18.0, 44.0), 2: (14.0, 34.0), 3: (12.5, 28.0)}  # level → size of type, height in points
_CHINESE_NUMERALS = "一二三四五六七八九十"
_PAGES_PER_TABLE = 5


@dataclass
class Truth:
    """What stands in a book."""

    stream: list[tuple[str, str]] = field(default_factory=list)
    """Headings and running text in the order of reading, each as (`heading` or `text`, its text)."""
    headings: list[tuple[str, ...]] = field(default_factory=list)
    """Path of each heading, outermost first."""
    tables: list[tuple[tuple[str, ...], ...]] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Book:
    """A generated PDF and its truth."""

    data: bytes
    pages: int
    truth: Truth
    language: str


@dataclass(frozen=True)
class _Style:
    columns: tuple[int, ...]
    """Columns of chapters, taking turns."""
    bookmarks: bool
    english: bool = False
    body: float = 10.5
    leading: float = 17.0
    rules: tuple[str, ...] = ("grid", "three", "open")


_STYLES = (
    _Style((1,), bookmarks=True),
    _Style((2,), bookmarks=False),
    _Style((1, 2), bookmarks=False, body=11.0, leading=18.0),
    _Style((1, 2), bookmarks=True, english=True, leading=15.0),
)


def make_book(pages: int, *, seed: int, tables: bool = True) -> Book:
    """A book of at least `pages` pages, laid out by `seed`."""
    press = _Press(_STYLES[seed % len(_STYLES)], Random(seed), tables=tables)
    chapter = 0
    while len(press.document) < pages:
        chapter += 1
        press.set_chapter(chapter)
    press.finish_page()
    if press.style.bookmarks:
        press.document.set_toc(press.outline)
    data = press.document.tobytes(garbage=3, deflate=True)
    return Book(data, len(press.document), press.truth, "en" if press.style.english else "zh")


def _runs(text: str) -> list[tuple[str, str]]:
    return [(_LATIN if part.isascii() else _CHINESE, part) for part in re.findall(r"[ -~]+|[^ -~]+", text)]


@lru_cache(maxsize=100_000)
def _width(text: str, size: float) -> float:
    return sum(
        len(part) * size if font == _CHINESE else pymupdf.get_text_length(part, fontname=font, fontsize=size)
        for font, part in _runs(text)
    )


def _fold(text: str, width: float, size: float, *, indent: float = 0.0) -> Iterator[str]:
    """`text` as lines of at most `width` points; no line starts with a closing or ends with an opening mark."""
    line: list[str] = []
    used = indent
    for piece in re.findall(r"[A-Za-z0-9.+-]+(?:/[A-Za-z0-9]+)*|.", text):
        step = _width(piece, size)
        if line and used + step > width:
            carried: list[str] = []
            while len(line) > 1 and ((carried or [piece])[0] in _NOT_FIRST or line[-1] in _NOT_LAST):
                carried.insert(0, line.pop())
            yield "".join(line).rstrip()
            line = carried
            used = sum(_width(one, size) for one in carried)
            if piece == " " and not line:
                continue
        line.append(piece)
        used += step
    yield "".join(line).rstrip()


class _Press:
    """Where the next line goes, and what has been set so far."""

    def __init__(self, style: _Style, rng: Random, *, tables: bool) -> None:
        self.style, self.rng, self.with_tables = style, rng, tables
        self.document = pymupdf.open()
        self.truth = Truth()
        self.outline: list[list[int | str]] = []
        self.path: list[str] = []
        self.columns, self.column, self.top, self.y, self.bottom = 1, 0, _TOP, _BOTTOM + 1, _BOTTOM
        self.ink: pymupdf.Shape | None = None
        self.tables_set = 0
        self.waiting: words.Table | None = None

    @property
    def width(self) -> float:
        return (_RIGHT - _LEFT - _GUTTER * (self.columns - 1)) / self.columns

    @property
    def left(self) -> float:
        return _LEFT + self.column * (self.width + _GUTTER)

    def write(self, x: float, y: float, text: str, size: float) -> None:
        for font, part in _runs(text):
            self.ink.insert_text((x, y), part, fontname=font, fontsize=size)
            x += _width(part, size)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.ink.draw_line((x0, y0), (x1, y1))
        self.ink.finish(width=0.6)

    def room(self, height: float) -> None:
        if self.y + height <= self.bottom:
            return
        self.column += 1
        if self.column >= self.columns or not len(self.document):
            self.new_page()
        self.y = self.top

    def finish_page(self) -> None:
        if self.ink:
            self.ink.commit()
            self.ink = None

    def new_page(self) -> None:
        self.finish_page()
        self.ink = self.document.new_page(width=PAGE_WIDTH, height=PAGE_HEIGHT).new_shape()
        number = len(self.document)
        head = (self.path[0] if self.path else "") if number % 2 else ("Notes" if self.style.english else "儿科学样书")
        self.write(_LEFT, 50, head, 9)
        self.rule(_LEFT, 56, _RIGHT, 56)
        self.write((PAGE_WIDTH - _width(str(number), 9)) / 2, 812, str(number), 9)
        self.column, self.top, self.bottom = 0, _TOP, _BOTTOM
        if self.rng.random() < 0.2:
            self.set_footnote()
        if self.waiting:
            table, self.waiting = self.waiting, None
            self.y = self.top
            self.set_table(table, _LEFT, _RIGHT, "grid")
            self.top = self.y

    def set_footnote(self) -> None:
        note = "① " + words.english_sentence(self.rng) if self.style.english else words.footnote(self.rng)
        lines = list(_fold(note, _RIGHT - _LEFT, 8.5))
        self.bottom = _BOTTOM - 13 * len(lines) - 14
        self.rule(_LEFT, self.bottom + 8, _LEFT + 120, self.bottom + 8)
        for number, line in enumerate(lines):
            self.write(_LEFT, self.bottom + 20 + 13 * number, line, 8.5)
        self.truth.footnotes.append(note)

    def set_heading(self, level: int, text: str) -> None:
        size, height = _HEADING_SIZES[level]
        self.path = [*self.path[: level - 1], text]
        self.room(height + 3 * self.style.leading)
        x = (PAGE_WIDTH - _width(text, size)) / 2 if level == 1 else self.left
        self.write(x, self.y + height - 12, text, size)
        self.y += height
        if level == 1:
            self.top = self.y
        self.truth.stream.append(("heading", text))
        self.truth.headings.append(tuple(self.path))
        self.outline.append([level, text, len(self.document)])

    def set_paragraph(self, text: str, *, aspect: str = "", indent: float | None = None) -> None:
        if aspect:
            self.path = [*self.path[:3], aspect]
            self.truth.stream.append(("heading", aspect))
            self.truth.headings.append(tuple(self.path))
        self.truth.stream.append(("text", text))
        size, leading = self.style.body, self.style.leading
        first = (0.0 if self.style.english else 2 * size) if indent is None else indent
        for number, line in enumerate(_fold(f"【{aspect}】{text}" if aspect else text, self.width, size, indent=first)):
            self.room(leading)
            self.write(self.left + (0 if number else first), self.y + size + 2, line, size)
            self.y += leading
        if self.style.english:
            self.y += 6

    def table_is_due(self) -> bool:
        return self.with_tables and len(self.document) >= _PAGES_PER_TABLE * (self.tables_set + 1) - 2

    def set_chapter(self, number: int) -> None:
        style = self.style
        self.columns = style.columns[number % len(style.columns)]
        self.column, self.y = self.columns, self.bottom + 1
        name = f"Chapter {number} {words.english_sentence(self.rng)[:40].rstrip('. ')}" if style.english else (
            f"第{_numeral(number)}章 {words.heading_words(self.rng)}"
        )  # fmt: skip
        self.path = [name]
        self.new_page_for_chapter()
        self.set_heading(1, name)
        for section in range(1, self.rng.randint(3, 5)):
            self.set_section(number, section)

    def new_page_for_chapter(self) -> None:
        self.new_page()
        self.y = self.top

    def set_columns(self, columns: int) -> None:
        """Goes on in so many columns: below what stands on the page, or on a new one."""
        if columns == self.columns:
            return
        if self.columns > 1 or self.y + 12 * self.style.leading > self.bottom:
            self.new_page()
            self.y = self.top
        self.columns, self.column, self.top = columns, 0, self.y

    def set_section(self, chapter: int, number: int) -> None:
        rng = self.rng
        if len(self.style.columns) > 1:
            self.set_columns(self.style.columns[number % 2])
        if self.style.english:
            self.set_heading(2, f"{chapter}.{number} {words.english_sentence(rng)[:30].rstrip('. ')}")
        else:
            self.set_heading(2, f"第{_numeral(number)}节 {words.heading_words(rng)}")
        self.set_paragraph(self.prose(3, 6))
        for disease in range(1, rng.randint(2, 4)):
            if self.style.english:
                self.set_heading(3, f"{chapter}.{number}.{disease} {words.english_sentence(rng)[:24].rstrip('. ')}")
            else:
                self.set_heading(3, f"{_numeral(disease)}、{words.heading_words(rng)}")
            self.set_disease()
        if self.table_is_due():
            self.place_table(chapter)

    def set_disease(self) -> None:
        rng = self.rng
        self.set_paragraph(self.prose(2, 6))
        if self.style.english:
            for _ in range(rng.randint(2, 5)):
                self.set_paragraph(self.prose(2, 8))
            return
        names = list(dict.fromkeys(words.title(rng) for _ in range(5)))
        for aspect in names:
            self.set_paragraph(self.prose(2, 7), aspect=aspect)
            if rng.random() < 0.3:
                for item in range(1, rng.randint(3, 5)):
                    self.set_paragraph(f"{item}. {self.prose(1, 2)}")
            if rng.random() < 0.3:
                self.set_paragraph(self.prose(1, 4))

    def prose(self, fewest: int, most: int) -> str:
        count = self.rng.randint(fewest, most)
        if self.style.english:
            return " ".join(words.english_sentence(self.rng) for _ in range(count))
        return "".join(words.sentence(self.rng) for _ in range(count))

    def place_table(self, chapter: int) -> None:
        rng = self.rng
        self.tables_set += 1
        caption = f"表{chapter}-{self.tables_set} {words.heading_words(rng)}的用药"
        if self.style.english:
            caption = f"Table {self.tables_set} {words.english_sentence(rng)[:40].rstrip('. ')}"
        wide = self.columns == 1 or rng.random() < 0.5
        columns = rng.randint(4, 5) if wide else 3
        rows = rng.choice((4, 6, 9, 26)) if self.columns == 1 else 5
        long_cells = wide and rng.random() < 0.4
        table = words.table(rng, caption, columns=columns, rows=rows, long_cells=long_cells)
        if self.columns > 1 and wide:
            self.waiting = table
            return
        self.set_table(table, self.left, self.left + self.width, rng.choice(self.style.rules))

    def set_table(self, table: words.Table, left: float, right: float, rules: str) -> None:
        """`rules`: `grid` with all strokes, `open` without the outer upright ones, `three` without upright ones."""
        self.truth.tables.append(table.rows)
        self.truth.captions.append(table.caption)
        size = self.style.body - 1
        edges = _column_edges(table, left, right, size)
        if self.column < self.columns and self.y > self.top:
            self.room(140)
            left, right, edges = _moved(edges, self.left if right - left < 400 else left)
        self.y += 6
        self.write((left + right - _width(table.caption, size)) / 2, self.y + size + 2, table.caption, size)
        self.y += self.style.leading
        tops = [self.y]
        first = 0
        tall = set(table.tall) if rules == "grid" else set()
        for number, row in enumerate(table.rows):
            cells = [list(_fold(cell, edges[place + 1] - edges[place] - 8, size)) for place, cell in enumerate(row)]
            height = 13 * max(len(cell) for cell in cells) + 7
            if self.y + height > self.bottom and self.columns == 1 and number - first > 2:
                self.strokes(edges, tops, rules, first, tall)
                self.new_page()
                self.y = self.top
                caption = f"Table {self.tables_set} (continued)" if self.style.english else "续表"
                self.write(left, self.y + size + 2, caption, size)
                self.y += self.style.leading
                tops, first = [self.y], number - 1
                self.row([[cell] for cell in table.rows[0]], edges, size)
                self.y += 20
                tops.append(self.y)
                tall.discard(number)
            if number in tall:
                cells[0] = []
            self.row(cells, edges, size)
            self.y += height
            tops.append(self.y)
        self.strokes(edges, tops, rules, first, tall)
        self.y += 10

    def row(self, cells: Sequence[Sequence[str]], edges: Sequence[float], size: float) -> None:
        for place, lines in enumerate(cells):
            for number, line in enumerate(lines):
                self.write(edges[place] + 4, self.y + 13 * number + 12, line, size)

    def strokes(self, edges: Sequence[float], tops: Sequence[float], rules: str, first: int, tall: set[int]) -> None:
        levels = [tops[0], tops[1], tops[-1]] if rules == "three" else tops
        for place, y in enumerate(levels):
            start = edges[1] if rules == "grid" and first + place in tall and 0 < place < len(tops) - 1 else edges[0]
            self.rule(start, y, edges[-1], y)
        if rules != "three":
            for x in edges if rules == "grid" else edges[1:-1]:
                self.rule(x, tops[0], x, tops[-1])


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _CHINESE_NUMERALS[ones - 1]
    lead = "" if tens == 1 else _CHINESE_NUMERALS[tens - 1]
    return f"{lead}十{_CHINESE_NUMERALS[ones - 1] if ones else ''}"


def _column_edges(table: words.Table, left: float, right: float, size: float) -> list[float]:
    """Edges of columns as wide as their longest text, the last one taking what is left."""
    edges = [left]
    for place in range(len(table.rows[0]) - 1):
        natural = max(_width(row[place], size) for row in table.rows)
        edges.append(edges[-1] + min(natural + 14, 0.3 * (right - left)))
    return [*edges, right]


def _moved(edges: list[float], left: float) -> tuple[float, float, list[float]]:
    shifted = [edge - edges[0] + left for edge in edges]
    return shifted[0], shifted[-1], shifted
