"""Where a quote itself is printed, when boxes are known line by line. Draws nothing."""

from __future__ import annotations

import unicodedata

from pedcorpus.records import Box
from pedcorpus.review.desk import EvidenceContext

__all__ = ["quote_boxes"]

_SLACK = 0.25
"""Of a line's height: how far a character may stand from where its neighbours' widths put it."""


def quote_boxes(context: EvidenceContext) -> tuple[Box, ...]:
    """The boxes of a quote's page, cut to the part of the first and last line that the quote fills.

    Where in its line a character stands is reckoned from the widths of the characters before it; a quote that is
    not found in its passage keeps its lines whole.
    """
    address = context.evidence.address
    here = tuple(box for box in address.boxes if box.page == address.page)
    if context.start == context.end:
        return here
    return tuple(_cut(box, context) for box in here if box.start < context.end and context.start < box.end) or here


def _cut(box: Box, context: EvidenceContext) -> Box:
    start, end = max(box.start, context.start), min(box.end, context.end)
    before, quoted, after = (_width(context.text[a:b]) for a, b in ((box.start, start), (start, end), (end, box.end)))
    unit = (box.x1 - box.x0) / max(before + quoted + after, 1)
    slack = _SLACK * (box.y1 - box.y0)
    x0 = box.x0 if not before else max(box.x0 + before * unit - slack, box.x0)
    x1 = box.x1 if not after else min(box.x1 - after * unit + slack, box.x1)
    return box.model_copy(update={"start": start, "end": end, "x0": x0, "x1": x1})


def _width(text: str) -> int:
    """In half-width characters; Chinese print has `～` and quotation marks in full width too."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
