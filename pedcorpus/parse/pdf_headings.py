"""Which paragraphs of a PDF are headings, by the file's own outline, by size and by weight; and of what level."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pedcorpus.normalise import fold
from pedcorpus.parse.captions import is_caption
from pedcorpus.parse.joins import columns
from pedcorpus.parse.numbering import read_marker
from pedcorpus.parse.pdf_lines import PrintedLine
from pedcorpus.parse.pdf_typography import SetPage, Typography

__all__ = ["HeadingLevels", "OutlineEntry"]

_MAX_COLUMNS = 120
_MAX_BOLD_COLUMNS = 60
_MAX_LINES = 3
_LARGER = 1.08
_TRUSTED_OUTLINE = 3
"""Entries found on the pages from which the outline is believed to name all headings without a number."""
_DEEPEST, _SIZES_PER_LEVEL, _OUTLINE_DEPTH = 97, 12, 7
"""Levels are whole numbers below 99; each level of the outline has room for eleven sizes of type below it."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile(r"[。；;！!]|[，,].*[，,]|[，,。：:]$|[.]$")
_Paragraph = Sequence[PrintedLine]


@dataclass(frozen=True)
class OutlineEntry:
    """A bookmark of the file."""

    level: int
    title: str
    page: int


class HeadingLevels:
    """Levels of headings as a book is read: only their order says something, a smaller number stands above.

    A bookmark's level comes first, size of type second, weight last. In a Chinese work a title in
    another language, as large as the largest Chinese one, is a translation: it does not take the title's place.
    """

    def __init__(self, entries: Iterable[OutlineEntry], *, language: str) -> None:
        self._titles: Mapping[int, dict[str, int]] = _by_page(entries)
        self._beginnings = {title[:1] for titles in self._titles.values() for title in titles} | {""}
        self._language = language
        self._found = 0
        self._above = 1
        """Level in the outline of the last bookmarked heading."""
        self._sizes: dict[int, float] = {}
        """Smallest type in which each of the outline's levels is set."""
        self._top: int | None = None
        """The highest level of a heading in Chinese so far."""

    def see(self, pages: Iterable[SetPage]) -> None:
        """Looks for bookmarked titles on `pages`, which are read next."""
        for page in pages:
            titles = self._titles.get(page.number)
            for line in page.lines if titles else ():
                level = titles.get(fold(line.text)) if titles and self._may_be_title(line) else None
                if level is not None:
                    self._found += 1
                    self._sizes[level] = min(line.size, self._sizes.get(level, line.size))

    def _may_be_title(self, line: PrintedLine) -> bool:
        """Does it begin like one of the bookmarks? Most lines do not, and need not be folded whole."""
        return fold(line.text[:1])[:1] in self._beginnings

    def is_title(self, line: PrintedLine) -> bool:
        """Is `line` the whole title of a bookmark of its page?"""
        titles = self._titles.get(line.page)
        return titles is not None and self._may_be_title(line) and fold(line.text) in titles

    def level_of(self, paragraph: _Paragraph, kind: Typography) -> int | None:
        """Level of `paragraph`, if it is a heading; paragraphs are asked about in the order of reading."""
        if paragraph[0].table or len(paragraph) > _MAX_LINES + 1:
            return None
        outline = self._outline_level(paragraph)
        if outline is not None:
            self._above = outline
            larger = paragraph[0].size >= _LARGER * self._sizes.get(outline, paragraph[0].size)
            return self._translated(paragraph, _SIZES_PER_LEVEL * outline - larger)
        if not _is_set_apart(paragraph, kind):
            return None
        if not self._titles:
            return self._translated(paragraph, _size_level(paragraph[0], kind))
        if self._found >= _TRUSTED_OUTLINE and read_marker(_text(paragraph)) is None:
            return None
        return self._translated(paragraph, self._level_beside_outline(paragraph[0], kind))

    def _outline_level(self, paragraph: _Paragraph) -> int | None:
        titles = self._titles.get(paragraph[0].page)
        if not titles or not self._may_be_title(paragraph[0]):
            return None
        level = titles.pop(fold("".join(line.text for line in paragraph)), None)
        return None if level is None else min(level, _OUTLINE_DEPTH)

    def _level_beside_outline(self, line: PrintedLine, kind: Typography) -> int:
        """Below the last bookmarked heading, but above all levels of the outline that are set in smaller type."""
        smaller = [level for level, size in self._sizes.items() if line.size >= _LARGER * size]
        if smaller:
            return _SIZES_PER_LEVEL * min(smaller) - 1
        return _SIZES_PER_LEVEL * self._above + _size_step(line, kind)

    def _translated(self, paragraph: _Paragraph, level: int) -> int:
        if _CHINESE.search(_text(paragraph)):
            self._top = level if self._top is None else min(level, self._top)
        elif self._language == "zh" and self._top is not None and level <= self._top:
            return self._top + 1
        return level


def _by_page(entries: Iterable[OutlineEntry]) -> dict[int, dict[str, int]]:
    pages: dict[int, dict[str, int]] = defaultdict(dict)
    for entry in entries:
        pages[entry.page][fold(entry.title)] = entry.level
    return dict(pages)


def _size_level(line: PrintedLine, kind: Typography) -> int:
    """Level by size alone: half a point at the usual sizes makes a level, weight stands above lightness."""
    steps = round((line.size / max(kind.body, 1.0) - 1) * 46)
    return max(_DEEPEST - max(steps, 0) - (1 if line.bold else 0), 1)


def _size_step(line: PrintedLine, kind: Typography) -> int:
    """1 to 11: where below a bookmarked heading one of this size stands."""
    return min(max(1 + round((2 - line.size / max(kind.body, 1.0)) * 10), 1), _SIZES_PER_LEVEL - 1)


def _text(paragraph: _Paragraph) -> str:
    return " ".join(line.text for line in paragraph).strip()


def _is_set_apart(paragraph: _Paragraph, kind: Typography) -> bool:
    """Does its type say that it is a heading?"""
    first = paragraph[0]
    large = first.size >= _LARGER * kind.body
    heavy = first.bold and not kind.heavy and len(paragraph) == 1 and first.size >= 0.95 * kind.body
    if not (large or heavy) or len(paragraph) > _MAX_LINES:
        return False
    text = _text(paragraph)
    if is_caption(text) or not any(map(str.isalpha, text)):
        return False
    if large and columns(text) <= _MAX_COLUMNS:
        return not text.endswith(("。", "；", "，"))
    return heavy and columns(text) <= _MAX_BOLD_COLUMNS and not _SENTENCE.search(text)
