"""Text that turns in circles, as a model's does that cannot stop."""

from __future__ import annotations

import re

__all__ = ["repeated_share", "stuck_span"]

_GRAM = 10
_SHORTEST = 60
"""Below so many characters a refrain is no sign."""
_HALF = 10_000
"""Of a longer text than twice this, the beginning and the end are judged."""
_STUCK = re.compile(r"(?s:(?P<unit>\w.{0,29}?)(?P=unit){3,})")
_STUCK_CHARS = 12
_SHORT_GRAM = 6
_AGAIN = 4
"""Twelve characters that say three of them four times hold seven runs of six, at most three of them distinct."""
_LAUGHS = 8
"""A single character may stand so often: 哈哈哈."""
_SEQUENCE = re.compile(r"[ACGTUN]+")
"""Repeats of a gene are a fact: CAGCAGCAG."""


def repeated_share(text: str) -> float:
    """Share of the runs of ten characters that stood in `text` before; 0 for a short text."""
    read = text if len(text) <= 2 * _HALF else text[:_HALF] + text[-_HALF:]
    if len(read) < _SHORTEST:
        return 0.0
    runs = len(read) - _GRAM + 1
    return 1 - len({read[start : start + _GRAM] for start in range(runs)}) / runs


def stuck_span(text: str) -> tuple[int, int] | None:
    """The first stretch that says the same few words four times in a row; `None` where nothing does."""
    found = _stuck(text, 0, min(len(text), _HALF))
    return found or (_stuck(text, len(text) - _HALF, len(text)) if len(text) > _HALF else None)


def _stuck(text: str, start: int, end: int) -> tuple[int, int] | None:
    if not _says_again(text[start:end]):
        return None
    for match in _STUCK.finditer(text, start, end):
        length, unit = match.end() - match.start(), match["unit"]
        is_long = length >= _STUCK_CHARS and (len(unit) > 1 or length > _LAUGHS)
        if is_long and any(map(str.isalpha, unit)) and not _SEQUENCE.fullmatch(unit):
            return match.span()
    return None


def _says_again(text: str) -> bool:
    """Whether as many runs of six characters stand twice as in any stuck stretch; quick to tell."""
    runs = len(text) - _SHORT_GRAM + 1
    return runs >= _AGAIN and runs - len({text[at : at + _SHORT_GRAM] for at in range(runs)}) >= _AGAIN
