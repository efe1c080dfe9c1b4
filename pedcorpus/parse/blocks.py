"""A stretch of text as a format's reader finds it, before anyone has asked whether it is a heading.

Readers cut a file into blocks; `structure` turns blocks into passages. Each character of a block
knows where in the document's text it came from, so that a cut block keeps exact spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pedcorpus.records import Box, PassageKind

__all__ = ["Block", "PrintedBox", "join_blocks"]


class PrintedBox(NamedTuple):
    """A `Box` to be: blocks are cut and joined, and most are made of dozens; only a passage's are made records."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    start: int
    end: int
    confidence: float | None = None

    @property
    def record(self) -> Box:
        """The same as a record."""
        page, x0, y0, x1, y1, start, end, confidence = self
        return Box.unchecked(
            {
                "page": page, "x0": x0, "y0": y0, "x1": x1, "y1": y1,
                "start": start, "end": end, "confidence": confidence,
            }
        )  # fmt: skip


@dataclass(frozen=True)
class Block:
    """One paragraph, list item, table, caption or heading, line breaks already joined."""

    text: str
    origin: Sequence[int]
    """For each character of `text`, its offset in the document's text; as long as `text`."""
    kind: PassageKind = PassageKind.PARAGRAPH
    level: int | None = None
    """Level of a heading that markup or typography declares, from 1; none where the text itself has to tell."""
    emphatic: bool = False
    """Is the whole of it set in bold? A short emphatic block is a heading."""
    page: int | None = None
    boxes: tuple[PrintedBox, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    """What is known of the passage that it becomes, where its text does not say it."""

    def cut(self, start: int, end: int | None = None) -> Block:
        """The part of this block from `start` to `end`, spans and boxes with it, trimmed of outer spaces."""
        stop = len(self.text) if end is None else end
        while start < stop and self.text[start].isspace():
            start += 1
        while stop > start and self.text[stop - 1].isspace():
            stop -= 1
        boxes = tuple([_moved(box, start, stop) for box in self.boxes if max(box.start, start) < min(box.end, stop)])
        page = boxes[0].page if boxes else self.page
        return replace(self, text=self.text[start:stop], origin=self.origin[start:stop], boxes=boxes, page=page)

    @property
    def span(self) -> tuple[int, int]:
        """First offset, and one past the last, in the document's text."""
        if isinstance(self.origin, range):
            return self.origin[0], self.origin[-1] + 1
        return min(self.origin), max(self.origin) + 1


def _moved(box: PrintedBox, start: int, stop: int) -> PrintedBox:
    """The part of `box` in a text that begins at `start` of the one that it was in, and ends at `stop`."""
    first, last = max(box.start, start), min(box.end, stop)
    return PrintedBox(*box[:5], first - start, last - start, box.confidence)


def join_blocks(first: Block, others: Iterable[Block]) -> Block:
    """`first` with the text of `others` behind it."""
    joined = first
    for other in others:
        shift = len(joined.text)
        moved = [box._replace(start=box.start + shift, end=box.end + shift) for box in other.boxes]
        joined = replace(
            joined,
            text=joined.text + other.text,
            origin=(*joined.origin, *other.origin),
            boxes=(*joined.boxes, *moved),
        )
    return joined
