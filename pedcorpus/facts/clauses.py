"""Sentences and clauses of a plain text, and the smaller stretches in which one thing is asserted or denied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pedcorpus.spans import Spans

__all__ = ["Clause", "split_clauses", "stretches"]

_STRONG = r"[。!?\n]|\.(?=\s|$)(?<!\be\.g\.)(?<!\bi\.e\.)"
_MEDIUM = r"[;；]"
_WEAK = r"(?<!\d),|,(?!\d{3}(?!\d))|，|:(?!\d)|：|[()]"
_DELIMITER = re.compile(rf"(?P<strong>{_STRONG})|(?P<medium>{_MEDIUM})|{_WEAK}")
_JOINT = re.compile(
    r"但是?|而且|而(?=[不无未非没])|并且|(?<![合伴])并(?![发存列])|所以|否则|因此|因而|故(?![意])|则|者(?!的)|时(?![间期相])|(?<=[后前])(?=[应可需宜不])"
    r"|\b(?:but|and|which|if|when|unless|because|so|then|although|though|while|since|where|as)\b"
)


class Clause(NamedTuple):
    """A stretch between two delimiters."""

    start: int
    end: int
    sentence: int
    """Number of its sentence."""
    part: int
    """Number of the part between semicolons that it belongs to, counted through the whole text."""


def split_clauses(text: str, kept: Sequence[tuple[int, int]]) -> tuple[Clause, ...]:
    """Clauses of a plain text, in order; a delimiter inside a span of `kept` parts nothing."""
    clauses: list[Clause] = []
    start = sentence = part = at = 0
    for match in _DELIMITER.finditer(text):
        while at < len(kept) and kept[at][1] <= match.start():
            at += 1
        if at < len(kept) and kept[at][0] <= match.start():
            continue
        if text[start : match.start()].strip():
            clauses.append(Clause(start, match.start(), sentence, part))
        sentence += match["strong"] is not None
        part += match["strong"] is not None or match["medium"] is not None
        start = match.end()
    if text[start:].strip():
        clauses.append(Clause(start, len(text), sentence, part))
    return tuple(clauses)


def stretches(text: str, clause: Clause, kept: Spans) -> Iterator[tuple[int, int]]:
    """`clause` cut at its conjunctions and conditions, outside the spans of `kept`."""
    start = clause.start
    for match in _JOINT.finditer(text, clause.start, clause.end):
        if match.end() > start and not kept.touch(match.start(), match.start() + 1):
            yield start, match.end()
            start = match.end()
    if start < clause.end:
        yield start, clause.end
