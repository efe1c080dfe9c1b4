"""Captions of tables and figures: they name what is beside them and are no headings."""

from __future__ import annotations

import re

__all__ = ["is_caption", "is_continuation"]

_CAPTION = re.compile(
    r"(?:续?表|图|Table|Fig(?:ure)?\.?)\s*\d{1,3}(?:[-.．]\d{1,3})?(?=[\s　:：.．]|[\u4e00-\u9fff])", re.I
)
_CONTINUED = re.compile(
    r"\s*[（(]?\s*(?:续\s*上?\s*表|(?:Table|表)[\s\d.．-]+[^，。]{0,40}[（(](?:续|continued))", re.IGNORECASE
)
_FIRST = frozenset("续表图TtFf")
_MAX_CHARACTERS = 80


def is_caption(text: str) -> bool:
    """Does `text` read like the line above a table or below a figure?"""
    if text[:1] not in _FIRST:
        return False
    return len(text) <= _MAX_CHARACTERS and bool(_CAPTION.match(text)) and not text.rstrip().endswith(("。", "；"))


def is_continuation(text: str) -> bool:
    """Does `text` read like the line above the rest of a table that began on an earlier page?"""
    return _CONTINUED.match(text) is not None
