"""Which paragraphs of a PDF are headings, by the file's own outline, by size and by weight; and of what level."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pedcorpus.normalise import fold
from pedcorpus.parse.captions import is_caption
from pedcorpus.parse.joins import columns
from pedcorpus.parse.numbering import read_marker
from pedcorpus.parse.pdf_lines import PrintedLine

__all__ = ["OutlineEntry", "heading_levels"]

_MAX_COLUMNS = 120
_MAX_BOLD_COLUMNS = 60
_LARGER = 1.08
_TRUSTED_OUTLINE = 3
"""Entries found on the pages from which the outline is believed to name all headings without a number."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile(r"[。；;！!]|[，,].*[，,]|[，,。：:]$|[.]$")
_Paragraph = Sequence[PrintedLine]


@dataclass(frozen=True)
class OutlineEntry:
    """A bookmark of the file."""

    level: int
    title: str
    page: int


def heading_levels(
    paragraphs: Sequence[_Paragraph], entries: Sequence[OutlineEntry], *, body: float, language: str
) -> dict[int, int]:
    """Level, from 1, of each paragraph that is a heading, by its place in `paragraphs`.

    A bookmark's level comes first, size of type second, weight last. In a Chinese work a title in
    another language, larger than all else, is a translation: it does not take the title's place.
    """
    heavy = _is_mostly_bold(paragraphs)
    titled = _outline_levels(paragraphs, entries)
    trusted = len(titled) >= _TRUSTED_OUTLINE
    keys: dict[int, tuple[int, float, int]] = {}
    for number, paragraph in enumerate(paragraphs):
        if number in titled:
            keys[number] = (titled[number], -paragraph[0].size, 0)
        elif _is_set_apart(paragraph, body, by_weight=not heavy) and (not trusted or read_marker(_text(paragraph))):
            keys[number] = (_nearest(titled, number), -paragraph[0].size, not paragraph[0].bold)
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys.values())), 1)}
    levels = {number: ranks[key] for number, key in keys.items()}
    return _without_translations(levels, paragraphs) if language == "zh" else levels


def _nearest(titled: Mapping[int, int], number: int) -> int:
    """Level of the last bookmarked heading above; what has no bookmark stands below it by its size."""
    above = [place for place in titled if place < number]
    return titled[max(above)] if above else 1


def _text(paragraph: _Paragraph) -> str:
    return " ".join(line.text for line in paragraph).strip()


def _outline_levels(paragraphs: Sequence[_Paragraph], entries: Sequence[OutlineEntry]) -> dict[int, int]:
    wanted: dict[tuple[str, int], int] = {(fold(entry.title), entry.page): entry.level for entry in entries}
    levels: dict[int, int] = {}
    for number, paragraph in enumerate(paragraphs):
        title = fold("".join(line.text for line in paragraph))
        level = wanted.pop((title, paragraph[0].page), None) if len(paragraph) <= 4 else None
        if level is not None:
            levels[number] = level
    return levels


def _is_set_apart(paragraph: _Paragraph, body: float, *, by_weight: bool) -> bool:
    """Does its type say that it is a heading?"""
    text = _text(paragraph)
    if paragraph[0].table or len(paragraph) > 3 or is_caption(text) or not any(map(str.isalpha, text)):
        return False
    if paragraph[0].size >= _LARGER * body and columns(text) <= _MAX_COLUMNS:
        return not text.endswith(("。", "；", "，"))
    bold = by_weight and paragraph[0].bold and paragraph[0].size >= 0.95 * body and len(paragraph) == 1
    return bold and columns(text) <= _MAX_BOLD_COLUMNS and not _SENTENCE.search(text)


def _is_mostly_bold(paragraphs: Sequence[_Paragraph]) -> bool:
    """Is the running text itself set in a heavy face, as 黑体 is? Then weight says nothing."""
    lines = [line for paragraph in paragraphs for line in paragraph]
    return 2 * sum(len(line.text) for line in lines if line.bold) > sum(len(line.text) for line in lines)


def _without_translations(levels: dict[int, int], paragraphs: Sequence[_Paragraph]) -> dict[int, int]:
    top = min(levels.values(), default=1)
    titles = [number for number, level in levels.items() if level == top]
    if not any(_CHINESE.search(_text(paragraphs[number])) for number in titles):
        return levels
    foreign = {number for number in titles if not _CHINESE.search(_text(paragraphs[number]))}
    return {number: level + 1 if number in foreign else level for number, level in levels.items()}
