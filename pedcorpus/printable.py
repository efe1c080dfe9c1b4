"""Text of unknown origin made fit for a terminal: nothing in it is a command, each character keeps its place."""

from __future__ import annotations

import unicodedata

__all__ = ["PICTURES", "printable"]

_KEPT_FORMATS = "\u200b\u200c\u200d\u2060\ufeff"
"""Without width and without effect beyond their neighbours; joiners hold emoji together."""
PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
"""Control characters and how they are shown."""


def _shown(character: str) -> str:
    code = ord(character)
    if character == "\n":
        return character
    if character == "\t":
        return " "
    if code in PICTURES:
        return chr(PICTURES[code])
    category = unicodedata.category(character)
    if category in ("Zl", "Zp"):
        return "\n"
    if category in ("Cc", "Cs") or (category == "Cf" and character not in _KEPT_FORMATS):
        return "\ufffd"
    return character


def printable(text: str) -> str:
    """`text` with control characters as pictures; exactly one character for each, so that spans still fit."""
    if text.isprintable():
        return text
    return "".join(map(_shown, text))
