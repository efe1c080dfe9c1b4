"""One message of a user, as it is read for signs of danger; and a sign that was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pedcorpus.curate.sense import Flag
from pedcorpus.facts import Reading, spoken

__all__ = ["Recognised", "Span", "parts_of", "reading_of"]

Span = tuple[int, int]
_LONG = 600
_HALF = 10_000
_END = re.compile(r"[。！？!?；;\n]")
_RUN = re.compile(r"(\d{8})\d+|(.)\2{7,}")


class Recognised(NamedTuple):
    """A sign of danger and the words that told of it."""

    flag: Flag
    words: str


def parts_of(text: str) -> Iterator[str]:
    """A message in parts that are read on their own; a long one is cut at the ends of sentences.

    What is said over and over is read a few times, and of a message like a book its beginning and its end: nobody is to
    keep the server busy with a number of 50,000 digits.
    """
    if len(text) > 2 * _HALF:
        text = text[:_HALF] + "\n" + text[-_HALF:]
    text = _RUN.sub(lambda run: run[1] or run[2] * 7, text)
    start = 0
    while len(text) - start > _LONG:
        end = max((match.end() for match in _END.finditer(text, start, start + _LONG)), default=start + _LONG)
        yield text[start:end]
        start = end
    yield text[start:]


def reading_of(text: str) -> Reading:
    """A message read as it was typed: a space between Chinese words parts clauses."""
    return Reading(spoken(text))
