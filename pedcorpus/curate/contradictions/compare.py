"""Two answers to one question held against each other: where they clash, and over what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pedcorpus.curate.contradictions.amounts import clashing_amounts
from pedcorpus.curate.contradictions.denials import clashing_assertions, opposite_stances
from pedcorpus.facts import read

__all__ = ["Clash", "Span", "clashes"]

Span = tuple[int, int]
_READ = 4000
"""Of a longer answer the beginning is read."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Words of one answer that cannot be right together with words of another."""

    over: Literal["amount", "denial", "stance"]
    first: Span
    second: Span


def clashes(first: str, second: str, *, is_same_question: bool = True) -> tuple[Clash, ...]:
    """Where two answers clash, in their order; `is_same_question` when the very words of the question are the same."""
    found = sorted(_clashes(first[:_READ], second[:_READ], is_same_question), key=lambda one: (one.first, one.second))
    return tuple(dict.fromkeys(found))


def _clashes(first: str, second: str, is_same_question: bool) -> Iterator[Clash]:
    one, other = read(first), read(second)
    for mine, theirs in clashing_amounts(one, other):
        yield Clash("amount", _said(mine.said, mine.start, mine.end), _said(theirs.said, theirs.start, theirs.end))
    for here, there in clashing_assertions(one, other):
        yield Clash("denial", here, there)
    if is_same_question and (stances := opposite_stances(one, other)):
        yield Clash("stance", *stances)


def _said(said: Span, start: int, end: int) -> Span:
    """An amount with the words that bound it."""
    return (min(said[0], start), max(said[1], end)) if said[1] else (start, end)
