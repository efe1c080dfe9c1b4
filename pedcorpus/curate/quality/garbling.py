"""Garbled text: bytes read in the wrong encoding, and characters that mean nothing outside one font."""

from __future__ import annotations

import re

__all__ = ["Span", "garbled_span"]

Span = tuple[int, int]

_GARBLED = re.compile(
    "\ufffd|[\ue000-\uf8ff]|锟斤拷|烫烫烫|屯屯屯|[ÃÂ][\u0080-\u00bf]|â€[\u0080-\u2122]?|ï¼[\u0080-\u00bf]|[åäæçèé][\u0080-\u00bf]{2}"
    "|[\x00-\x08\x0b\x0c\x0e-\x1f]|(?:[ÀÁÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ¡-¿]{2}){3,}"
)


def garbled_span(text: str) -> Span | None:
    """The first garbled stretch of `text`; `None` where it is sound."""
    found = _GARBLED.search(text)
    return found.span() if found else None
