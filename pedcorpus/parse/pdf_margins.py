"""Running heads, feet and page numbers taken off the pages, small print at their edges set apart."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pedcorpus.normalise import fold
from pedcorpus.parse.captions import is_caption, is_continuation
from pedcorpus.parse.pdf_lines import PrintedLine
from pedcorpus.parse.pdf_page import PrintedPage

__all__ = ["footnotes_of", "without_running_lines"]

_ZONE = 0.12
"""Share of a page's height, at top and at bottom, in which heads and feet stand."""
_REACH = 6
"""Pages before and behind on which a running line is looked for: a chapter's title returns on every other page."""
_PLACE_PT = 6.0
_APART = 1.6
"""Heights of a line from which the text inside is apart from a running line."""
_NUMBER = re.compile(r"\d+")
_USUAL = 0.5
"""Share of the pages so far, with a running line at one height, from which that height is the running lines' own."""
_PAGE_NUMBER = re.compile(
    r"[\-—–·.\s]*(?:第\s*)?(?:\d{1,5}|[ivxlc]{1,6})(?:\s*页)?(?:\s*/\s*\d{1,5})?[\-—–·.\s]*", re.I
)
_NOTE = re.compile(
    r"[①-⑳*＊#†‡§]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,2}\s|注[：:\d]|(?:基金项目|作者单位|作者简介|通[信讯]作者|收稿日期|本文编辑|引用本文|DOI)",
    re.I,
)
_RULE_PT = 12.0
"""How far below a rule a note stands at most."""
_MOST = 0.5
"""Share of a page's lines that footnotes take at most."""


class _Edge(NamedTuple):
    """A line in the zone of heads and feet."""

    line: PrintedLine
    text: str
    """Folded, without numbers: what two pages' running lines share."""
    place: int
    is_apart: bool
    """Is the distance to the text inside larger than from line to line?"""


def _place(line: PrintedLine) -> int:
    return round(line.middle / _PLACE_PT)


def _zones(page: PrintedPage) -> tuple[list[list[_Edge]], list[list[_Edge]]]:
    """Printed rows in the zones at the head and at the foot of `page`, each from the edge inwards."""
    lines = sorted([line for line in page.lines if not line.table], key=lambda one: one.y0 + one.y1)
    top, bottom = _ZONE * page.height, (1 - _ZONE) * page.height
    head = next((number for number, line in enumerate(lines) if line.middle >= top), len(lines))
    foot = next((number for number, line in enumerate(reversed(lines)) if line.middle <= bottom), len(lines))
    return _edge_rows(lines, head), _edge_rows(lines[::-1], foot)


def _edge_rows(lines: Sequence[PrintedLine], count: int) -> list[list[_Edge]]:
    """The first `count` of `lines`, given from the edge inwards, by rows."""
    rows: list[list[PrintedLine]] = []
    for line in lines[:count]:
        if rows and abs(line.middle - rows[-1][0].middle) < 0.5 * line.height:
            rows[-1].append(line)
        else:
            rows.append([line])
    inner = [row[0] for row in rows[1:]] + [lines[count] if count < len(lines) else rows[-1][0]] if rows else []
    return [[_edge(line, after) for line in row] for row, after in zip(rows, inner, strict=True)]


def _edge(line: PrintedLine, inner: PrintedLine) -> _Edge:
    apart = abs(line.middle - inner.middle) > _APART * max(line.height, inner.height)
    return _Edge(line, _NUMBER.sub("#", fold(line.text)), _place(line), apart)


class _Window:
    """Pages around the one that is decided on, and what stands at their edges."""

    def __init__(self) -> None:
        self.pages: deque[tuple[PrintedPage, tuple[list[list[_Edge]], list[list[_Edge]]]]] = deque()
        self._seen: Counter[tuple[str, int]] = Counter()
        self._usual: Counter[int] = Counter()
        self._decided = 0

    def add(self, page: PrintedPage) -> None:
        zones = _zones(page)
        self.pages.append((page, zones))
        self._seen.update(_keys(zones))

    def drop_first(self) -> None:
        _, zones = self.pages.popleft()
        for key in _keys(zones):
            self._seen[key] -= 1
            if not self._seen[key]:
                del self._seen[key]

    def stripped(self, number: int) -> PrintedPage:
        """Page `number` of the window without its running lines."""
        page, zones = self.pages[number]
        running: list[PrintedLine] = []
        for zone in zones:
            for row in zone:
                found = [edge.line for edge in row if self._is_running(edge)]
                running += found
                if len(found) < len(row):
                    break
        self._decided += 1
        self._usual.update({_place(line) for line in running})
        if not running:
            return page
        gone = set(map(id, running))  # two lines may be equal, and one of them run
        return page._replace(lines=[line for line in page.lines if id(line) not in gone])

    def _is_running(self, edge: _Edge) -> bool:
        if _PAGE_NUMBER.fullmatch(edge.line.text):
            return True
        near = (edge.place - 1, edge.place, edge.place + 1)
        usual = max([self._usual[place] for place in near]) > _USUAL * self._decided > _USUAL * _REACH
        if edge.is_apart and usual:
            return True
        seen = max([self._seen[edge.text, place] for place in near])
        return seen >= (2 if edge.is_apart or usual else 3)


def _keys(zones: tuple[list[list[_Edge]], list[list[_Edge]]]) -> set[tuple[str, int]]:
    return {(edge.text, edge.place) for zone in zones for row in zone for edge in row}


def without_running_lines(pages: Iterable[PrintedPage]) -> Iterator[PrintedPage]:
    """`pages` without heads, feet and page numbers; holds no more than a dozen pages at a time.

    A line runs when its text, numbers aside, returns at the same height a few pages on, when it is a page number
    at the page's edge, or when it stands at the edge where most pages before had their running line.
    """
    window = _Window()
    at = 0
    for page in pages:
        window.add(page)
        if len(window.pages) - at > _REACH:
            yield window.stripped(at)
            at += 1
            if at > _REACH:
                window.drop_first()
                at -= 1
    while at < len(window.pages):
        yield window.stripped(at)
        at += 1


def footnotes_of(page: PrintedPage, body: float) -> set[PrintedLine]:
    """Small print at the foot of the page or of a column, or at its head: notes, a masthead, a line on how to cite.

    Small print that runs on from small print in the page's middle, as references do, is text.
    """
    small = [line for line in page.lines if line.size <= body - 0.9 and not line.table]
    if not small:
        return set()
    notes = {line for line in small if not _ZONE * page.height <= line.middle <= (1 - _ZONE) * page.height}
    for line in sorted(small, key=lambda one: -one.middle):
        if line not in notes and any(_runs_on(line, note) for note in notes):
            notes.add(line)
    whole = [block for block in _runs(notes) if _is_note(block, page)]
    return {line for block in whole for line in block}


def _runs(notes: Iterable[PrintedLine]) -> list[list[PrintedLine]]:
    """Notes by blocks of lines that run on from one another, each from top to bottom."""
    blocks: list[list[PrintedLine]] = []
    for line in sorted(notes, key=lambda one: (one.middle, one.x0)):
        block = next((block for block in blocks if _runs_on(block[-1], line)), None)
        if block is None:
            blocks.append([line])
        else:
            block.append(line)
    return blocks


def _is_note(block: Sequence[PrintedLine], page: PrintedPage) -> bool:
    """Is a block of small print at an edge a note? One that reaches into the page opens with a mark or a rule.

    The caption of a table that begins the page is none.
    """
    if is_caption(block[0].text) or is_continuation(block[0].text):
        return False
    top, bottom = _ZONE * page.height, (1 - _ZONE) * page.height
    if all(not top <= line.middle <= bottom for line in block):
        return True
    first = block[0]
    above = [stroke for stroke in page.level if 0 <= first.y0 - stroke[3] <= _RULE_PT]
    ruled = any(stroke[0] <= first.x1 and stroke[2] >= first.x0 for stroke in above)
    return len(block) <= _MOST * len(page.lines) and (ruled or _NOTE.match(first.text) is not None)


def _runs_on(one: PrintedLine, other: PrintedLine) -> bool:
    beside = one.x0 < other.x1 and other.x0 < one.x1
    return beside and abs(one.size - other.size) <= 0.6 and abs(one.middle - other.middle) < 1.8 * one.height
