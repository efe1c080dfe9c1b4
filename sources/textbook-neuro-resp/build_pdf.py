"""Sets `chapter.txt` as the sample textbook's PDF: same text, same library, same bytes.

Run `python build_pdf.py [FILE]`; without FILE it writes `chapter-07.pdf` beside itself. The marks of the text:
`#`, `##`, `###` head a chapter, section and part; `|` is a table row; `:columns N` sets what follows in N columns.
What this leaves out on purpose: bold type (the built-in font has none) and pictures.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pymupdf

HERE = Path(__file__).resolve().parent
CHINESE, LATIN = "china-s", "helv"  # the Chinese font sets Latin letters a full character wide
PAGE = pymupdf.paper_rect("a4")
LEFT, RIGHT, TOP, BOTTOM = 64.0, PAGE.width - 64.0, 78.0, PAGE.height - 66.0
GUTTER = 24.0
BODY, LEADING = 11.0, 19.5
HEADINGS = {1: (18.0, 40.0), 2: (14.0, 32.0), 3: (12.0, 26.0)}  # level → type size, height in points
BOOK = "儿科学（样例）"
WIDEST_GAP = 0.14 * BODY  # a reader takes wider gaps for spaces
NOTICE = "样例数据，仅供软件演示，不得用于诊疗"
NOT_FIRST = "，。、；：？！）】》〕”’%℃～·/"
NOT_LAST = "（【《〔“‘"
DATE = "D:20260101000000Z"
METADATA = {
    "title": f"{BOOK}：神经系统与呼吸系统疾病",
    "author": "pedcorpus",
    "subject": NOTICE,
    "keywords": "CC0-1.0",
    "creator": "build_pdf.py",
    "producer": f"PyMuPDF {pymupdf.VersionBind}",
    "creationDate": DATE,
    "modDate": DATE,
}


@dataclass
class Press:
    """Where the next line goes, and the pages so far."""

    document: pymupdf.Document
    ink: pymupdf.Shape | None = None  # what is written on the page so far
    chapter: str = ""
    columns: int = 1
    column: int = 0
    top: float = TOP
    y: float = BOTTOM
    outline: list[list[int | str]] = field(default_factory=list)

    @property
    def width(self) -> float:
        return (RIGHT - LEFT - GUTTER * (self.columns - 1)) / self.columns

    @property
    def left(self) -> float:
        return LEFT + self.column * (self.width + GUTTER)

    def room(self, height: float) -> None:
        """Go on to the next column or page where `height` points no longer fit."""
        if self.y + height <= BOTTOM:
            return
        self.column += 1
        if self.column >= self.columns or not len(self.document):
            self.new_page()
        self.y = self.top

    def new_page(self) -> None:
        self.finish_page()
        self.ink = self.document.new_page(width=PAGE.width, height=PAGE.height).new_shape()
        self.column, self.top = 0, TOP
        number = str(len(self.document))
        write(self.ink, LEFT, 48, f"{BOOK}　{self.chapter}", 8.5)
        write(self.ink, RIGHT - text_width(number, 8.5), 48, number, 8.5)
        rule(self.ink, (LEFT, 54), (RIGHT, 54))
        write(self.ink, (PAGE.width - text_width(NOTICE, 8)) / 2, PAGE.height - 36, NOTICE, 8)

    def finish_page(self) -> None:
        if self.ink:
            self.ink.commit()

    def set_columns(self, columns: int) -> None:
        """Start a run of columns below what stands on the page, or on a new one where little room is left."""
        full = self.column > 0 or self.y + 8 * LEADING > BOTTOM
        self.columns = columns
        self.column, self.top = (columns - 1, TOP) if full else (0, self.y)
        self.y = BOTTOM if full else self.y


def runs(text: str) -> list[tuple[str, str]]:
    """`text` as (font, stretch) pairs."""
    return [(LATIN if part.isascii() else CHINESE, part) for part in re.findall(r"[ -~]+|[^ -~]+", text)]


def text_width(text: str, size: float) -> float:
    return sum(pymupdf.get_text_length(part, fontname=font, fontsize=size) for font, part in runs(text))


def write(ink: pymupdf.Shape, x: float, y: float, text: str, size: float) -> None:
    for font, part in runs(text):
        ink.insert_text((x, y), part, fontname=font, fontsize=size)
        x += text_width(part, size)


def rule(ink: pymupdf.Shape, start: tuple[float, float], end: tuple[float, float]) -> None:
    ink.draw_line(start, end)
    ink.finish(width=0.6)


def pieces(text: str) -> list[str]:
    """What a line break must not tear: Latin words and numbers with their marks, else single characters."""
    return re.findall(r"[A-Za-z0-9.∶]+(?:[/%()·][A-Za-z0-9()·]*)*|.", text)


def fold_lines(text: str, width: float, *, indent: float) -> Iterator[list[str]]:
    """`text` as lines of pieces, each at most `width` points but for a closing mark.

    No line starts with a closing mark or ends with an opening one.
    """
    line: list[str] = []
    used = indent
    for piece in pieces(text):
        step = text_width(piece, BODY)
        if line and used + step > width and piece not in NOT_FIRST:
            carried = [line.pop()] if line[-1] in NOT_LAST else []
            yield line
            line, used = carried, sum(text_width(part, BODY) for part in carried)
            if not line and piece == " ":
                continue
        line.append(piece)
        used += step
    yield line


def set_line(press: Press, line: list[str], *, indent: float, justified: bool) -> None:
    """One line, its pieces spread or pressed together to end at the margin if it is to be justified."""
    press.room(LEADING)
    x, y = press.left + indent, press.y + BODY + 2
    press.y += LEADING
    slack = press.width - indent - text_width("".join(line), BODY)
    gap = slack / max(len(line) - 1, 1)
    if not justified or gap > WIDEST_GAP:
        write(press.ink, x, y, "".join(line), BODY)
        return
    for piece in line:
        write(press.ink, x, y, piece, BODY)
        x += text_width(piece, BODY) + gap


def set_paragraph(press: Press, text: str) -> None:
    first = 2 * BODY
    lines = list(fold_lines(text, press.width, indent=first))
    for number, line in enumerate(lines):
        set_line(press, line, indent=0 if number else first, justified=number < len(lines) - 1)


def set_caption(press: Press, text: str) -> None:
    press.room(150)  # a caption stays with its table
    press.y += 8
    write(press.ink, press.left + (press.width - text_width(text, BODY)) / 2, press.y + BODY + 2, text, BODY)
    press.y += LEADING


def set_heading(press: Press, level: int, text: str) -> None:
    size, height = HEADINGS[level]
    if level == 1:
        press.chapter = text
    press.room(height + 2 * LEADING)  # a heading stays with two lines of its text
    x = (PAGE.width - text_width(text, size)) / 2 if level == 1 else press.left
    write(press.ink, x, press.y + height - 10, text, size)
    press.y += height
    press.outline.append([level, text, len(press.document)])


def set_table(press: Press, rows: list[list[str]]) -> None:
    """A ruled table of one-line cells as wide as their longest text, over the whole measure."""
    natural = [max(text_width(cell, BODY - 1) for cell in column) for column in zip(*rows, strict=True)]
    spare = (press.width - sum(natural)) / len(natural)
    edges = [press.left]
    for width in natural:
        edges.append(edges[-1] + width + spare)
    press.room(20.0 * len(rows) + 12)
    top = press.y + 2
    for number, row in enumerate(rows):
        for x, cell in zip(edges, row, strict=False):
            write(press.ink, x + 5, top + 20 * number + 14, cell, BODY - 1)
    bottom = top + 20 * len(rows)
    for number in range(len(rows) + 1):
        rule(press.ink, (edges[0], top + 20 * number), (edges[-1], top + 20 * number))
    for x in edges:
        rule(press.ink, (x, top), (x, bottom))
    press.y = bottom + 10


def blocks(text: str) -> Iterator[str | list[list[str]]]:
    """Lines of the text, with the rows of a table taken together."""
    rows: list[list[str]] = []
    for line in [*filter(None, map(str.strip, text.splitlines())), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            yield rows
            rows = []
        if line:
            yield line


def set_block(press: Press, block: str | list[list[str]]) -> None:
    if isinstance(block, list):
        set_table(press, block)
    elif heading := re.fullmatch(r"(#+) (.+)", block):
        set_heading(press, len(heading[1]), heading[2])
    elif columns := re.fullmatch(r":columns (\d)", block):
        press.set_columns(int(columns[1]))
    elif re.match(r"表\d", block):
        set_caption(press, block)
    else:
        set_paragraph(press, re.sub(r"^- ", "● ", block))


def build(text: str, target: Path) -> None:
    """Set `text` and write it to `target`."""
    with pymupdf.open() as document:
        press = Press(document)
        for block in blocks(text):
            set_block(press, block)
        press.finish_page()
        document.set_toc(press.outline)
        document.set_metadata(METADATA)
        document.save(target, garbage=4, deflate=True, clean=True, no_new_id=True)


if __name__ == "__main__":
    chapter = (HERE / "chapter.txt").read_text(encoding="utf-8")
    build(chapter, Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "chapter-07.pdf")
