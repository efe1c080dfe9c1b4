"""The lines of a file that state something: the shortest verbatim quote, and how far down it stands."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

__all__ = ["excerpt"]

_LONGEST = 1_000
"""Characters of a quote; where the lines are longer, as in a file without line breaks, the words alone are quoted."""


def excerpt(text: str, start: int, end: int, *words: str) -> tuple[str, int]:
    """Whole lines of `text[start:end]` from the first of `words` to the last, and how many line breaks come before.

    Words are found as they are, or as JSON or XML writes them. Where none is found the quote is the block's beginning.
    """
    spans = [span for word in words if (span := _find(text, start, end, word))]
    if not spans:
        return text[start : min(end, start + _LONGEST)].strip(), 0
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    line_start = max(text.rfind("\n", start, first) + 1, start)
    line_end = text.find("\n", last, end)
    line_end = end if line_end < 0 else line_end
    if line_end - line_start > _LONGEST:
        line_start, line_end = spans[-1]
    quote = text[line_start:line_end]
    above = text.count("\n", start, line_start) + quote[: len(quote) - len(quote.lstrip())].count("\n")
    return quote.strip().rstrip(",").rstrip(), above


def _find(text: str, start: int, end: int, word: str) -> tuple[int, int] | None:
    for written in dict.fromkeys(
        (json.dumps(word, ensure_ascii=False)[1:-1], word, escape(word), json.dumps(word)[1:-1])
    ):
        found = text.find(written, start, end) if written else -1
        if found >= 0:
            return found, found + len(written)
    return None
