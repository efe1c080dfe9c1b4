"""Spans for formats whose source has no text of its own to count in: all passages, a line feed between them."""

from __future__ import annotations

from collections.abc import Iterable

from pedcorpus.records import Passage

__all__ = ["numbered"]


def numbered(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """`passages` with `start` and `end` in the extracted text, which is their texts, a line feed between each two."""
    start = 0
    placed = []
    for passage in passages:
        span = {"start": start, "end": start + len(passage.text)}
        placed.append(passage.model_copy(update={"address": passage.address.model_copy(update=span)}))
        start += len(passage.text) + 1
    return tuple(placed)
