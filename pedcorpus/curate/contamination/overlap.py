"""A match as a record: the matched words of both sides as they stand there, not as they were folded."""

from __future__ import annotations

from typing import Literal

from pedcorpus.curate.contamination.index import Match
from pedcorpus.curate.contamination.items import Row
from pedcorpus.normalise import fold
from pedcorpus.records import Overlap

__all__ = ["overlap_of", "own_span"]

_SHOWN = 200
"""Characters of a run that are shown."""


def overlap_of(match: Match, row: Row, *, task: str) -> Overlap:
    """What `row` has of the item of `match`; a plain text is of task `cpt`."""
    like, item = match.likeness, match.item
    part = (item.question, *item.options, item.answer)[like.part]
    side = (row.asked, row.answered)[like.where.side]
    return Overlap(
        set=item.set,
        item=item.id,
        row=row.id,
        task=task,
        told=like.told,
        score=like.score,
        share=like.share,
        run=like.run,
        item_text=_words(part, like.where.start, like.run),
        row_text=_words(side, like.where.place, like.run),
        said_by="text" if task == "cpt" else _speaker(like.where.side),
    )


def _speaker(side: int) -> Literal["user", "assistant"]:
    return "assistant" if side else "user"


def _words(text: str, start: int, length: int) -> str:
    begin, end = own_span(text, start, start + length)
    return text[begin : min(end, begin + _SHOWN)]


def own_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the characters `start` to `end` of the folded `text` stand in `text` itself."""
    begin = reached = 0
    is_open = False
    for place, character in enumerate(text):
        reached += len(fold(character))
        if not is_open and reached > start:
            begin, is_open = place, True
        if reached >= end:
            return begin, place + 1
    return begin, len(text)
