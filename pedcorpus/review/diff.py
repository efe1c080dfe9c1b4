"""What changed between two texts, character by character, for a reader who will take or refuse it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

__all__ = ["DiffSegment", "field_diff"]

_BY_CHARACTER = 1_000_000
"""Up to this product of lengths characters are compared; beyond it sentences are, to stay quick."""
_ISLAND = 2
"""Fewer equal characters than this between two changes are read as changed too."""


@dataclass(frozen=True)
class DiffSegment:
    """A stretch of text that stayed, went or came."""

    kind: Literal["same", "removed", "added"]
    text: str


def field_diff(before: str, after: str) -> tuple[DiffSegment, ...]:
    """Segments in reading order: `same` and `removed` join to `before`, `same` and `added` to `after`."""
    head = _common_head(before, after)
    tail = _common_head(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    segments = [
        DiffSegment("same", before[:head]),
        *_middle(old, new),
        DiffSegment("same", before[len(before) - tail :]),
    ]
    return tuple(segment for segment in segments if segment.text)


def _common_head(one: str, other: str) -> int:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def _middle(old: str, new: str) -> list[DiffSegment]:
    by_character = len(old) * len(new) <= _BY_CHARACTER
    olds, news = (list(old), list(new)) if by_character else (_sentences(old), _sentences(new))
    segments: list[DiffSegment] = []
    removed = added = ""
    for same, left, right in _blocks(olds, news):
        if same and len(left) >= _ISLAND:
            segments += [DiffSegment("removed", removed), DiffSegment("added", added), DiffSegment("same", left)]
            removed = added = ""
        else:
            removed, added = removed + left, added + right
    return [*segments, DiffSegment("removed", removed), DiffSegment("added", added)]


def _blocks(olds: Sequence[str], news: Sequence[str]) -> list[tuple[bool, str, str]]:
    matcher = SequenceMatcher(None, olds, news, autojunk=False)
    return [
        (tag == "equal", "".join(olds[i1:i2]), "".join(news[j1:j2])) for tag, i1, i2, j1, j2 in matcher.get_opcodes()
    ]


def _sentences(text: str) -> list[str]:
    return re.findall(r"[^。！？；;\n]*[。！？；;\n]|[^。！？；;\n]+$", text)
