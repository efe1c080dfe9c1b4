"""Running heads, feet and page numbers taken off the pages, small print at their edges set apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pedcorpus.normalise import fold
from pedcorpus.parse.pdf_lines import PrintedLine

__all__ = ["margin_notes", "running_lines"]

_ZONE = 0.12
"""Share of a page's height, at top and at bottom, in which heads and feet stand."""
_REPEATED = 0.3
"""Share of pages on which a running line returns; heads of left and right pages each reach half."""
_PLACE_PT = 6.0
_PAGE_NUMBER = re.compile(
    r"[\-—–·.\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*页)?(?:\s*/\s*\d{1,4})?[\-—–·.\s]*", re.I
)


def _is_in_zone(line: PrintedLine, height: float) -> bool:
    return line.middle < _ZONE * height or line.middle > (1 - _ZONE) * height


def _key(line: PrintedLine) -> tuple[str, int]:
    """What makes two lines of two pages the same running line: text without numbers, and height on the page."""
    return re.sub(r"\d+", "#", fold(line.text)), round(line.middle / _PLACE_PT)


def running_lines(pages: Sequence[Sequence[PrintedLine]], heights: Sequence[float]) -> set[PrintedLine]:
    """Lines of all pages that are running heads, feet or page numbers."""
    edge = [[line for line in page if _is_in_zone(line, height)] for page, height in zip(pages, heights, strict=True)]
    seen = Counter(key for page in edge for key in {_key(line) for line in page})
    needed = max(2, round(_REPEATED * len(pages)))

    def count(line: PrintedLine) -> int:
        text, place = _key(line)
        return max(seen[text, place + step] for step in (-1, 0, 1))

    return {line for page in edge for line in page if count(line) >= needed or _PAGE_NUMBER.fullmatch(line.text)}


def margin_notes(lines: Sequence[PrintedLine], height: float, body: float) -> set[PrintedLine]:
    """Small print at the edges of one page: footnotes, a masthead, a line on how to cite.

    Small print that runs on from small print in the page's middle, as references do, is text.
    """
    small = [line for line in lines if line.size <= body - 0.9 and not line.table]
    notes = {line for line in small if _is_in_zone(line, height)}
    while joined := {note for note in notes if any(_runs_on(note, line) for line in small if line not in notes)}:
        notes -= joined
    return notes


def _runs_on(one: PrintedLine, other: PrintedLine) -> bool:
    beside = one.x0 < other.x1 and other.x0 < one.x1
    return beside and abs(one.size - other.size) <= 0.6 and abs(one.middle - other.middle) < 1.8 * one.height
