"""How a stretch of a book is set: size and weight of its running text, distance of its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from pedcorpus.parse.pdf_columns import in_reading_order
from pedcorpus.parse.pdf_lines import PrintedLine, main_size
from pedcorpus.parse.pdf_margins import footnotes_of
from pedcorpus.parse.pdf_page import PrintedPage

__all__ = ["BATCH_PAGES", "SetPage", "Typography", "set_pages"]

BATCH_PAGES = 64
"""Pages that are held at a time, and judged by the same running text."""
_USUAL_STEP_PT = 60.0


class Typography(NamedTuple):
    """What most lines of a stretch of pages have in common."""

    body: float = 10.0
    """Size of type of the running text."""
    leading: float = 14.0
    """Distance from line to line, in points."""
    heavy: bool = False
    """Is the running text itself set in a heavy face, as 黑体 is? Then weight says nothing."""


class SetPage(NamedTuple):
    """A page in reading order."""

    number: int
    lines: list[PrintedLine]
    notes: list[PrintedLine]
    """Footnotes and other small print at the page's edges."""
    type: Typography


def set_pages(pages: Iterable[PrintedPage]) -> Iterator[list[SetPage]]:
    """`pages` in reading order, by batches."""
    rest = iter(pages)
    while batch := list(islice(rest, BATCH_PAGES)):
        kind = _typography(batch)
        yield [_set_page(page, kind) for page in batch]


def _set_page(page: PrintedPage, kind: Typography) -> SetPage:
    notes = footnotes_of(page, kind.body)
    if not notes:
        return SetPage(page.number, in_reading_order(page.lines), [], kind)
    text = in_reading_order([line for line in page.lines if line not in notes])
    return SetPage(page.number, text, in_reading_order([line for line in page.lines if line in notes]), kind)


def _typography(pages: Sequence[PrintedPage]) -> Typography:
    """The size in which most pages are set: pages of references in small print do not outvote the text."""
    votes: Counter[float] = Counter()
    heavy = 0
    for page in pages:
        if page.lines:
            votes[main_size(page.lines)] += 1
            heavy += sum([len(line.text) for line in page.lines if line.bold])
    body = max(votes, key=lambda size: (votes[size], size), default=10.0)
    return Typography(body, _leading(pages, body), heavy > 0 and 2 * heavy > _characters(pages))


def _characters(pages: Sequence[PrintedPage]) -> int:
    return sum([len(line.text) for page in pages for line in page.lines])


def _leading(pages: Sequence[PrintedPage], body: float) -> float:
    exact: dict[float, int] = {}
    least, most = 0.5 * body, min(4 * body, _USUAL_STEP_PT)
    for page in pages:
        before: PrintedLine | None = None
        for line in page.lines:
            if not -0.6 <= line.size - body <= 0.6:
                before = None
                continue
            if before is not None:
                step = (line.y0 + line.y1 - before.y0 - before.y1) / 2
                if least < step < most:
                    exact[step] = exact.get(step, 0) + 1
            before = line
    steps: Counter[float] = Counter()
    for step, times in exact.items():
        steps[round(step * 2) / 2] += times
    return max(steps, key=lambda step: (steps[step], -step), default=1.4 * body)
