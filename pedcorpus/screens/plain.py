"""Text of unknown origin made fit for a terminal: nothing in it is a command, each character keeps its place."""

from __future__ import annotations

import unicodedata

__all__ = ["editable", "half_width", "plain"]

_KEPT_FORMATS = "\u200b\u200c\u200d\u2060\ufeff"
"""Without width and without effect beyond their neighbours; joiners hold emoji together."""
_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}


def _shown(character: str) -> str:
    code = ord(character)
    if character == "\n":
        return character
    if character == "\t":
        return " "
    if code in _PICTURES:
        return chr(_PICTURES[code])
    category = unicodedata.category(character)
    if category in ("Zl", "Zp"):
        return "\n"
    if category in ("Cc", "Cs") or (category == "Cf" and character not in _KEPT_FORMATS):
        return "\ufffd"
    return character


def plain(text: str) -> str:
    """`text` with control characters as pictures; exactly one character for each, so that spans still fit."""
    if text.isprintable():
        return text
    return "".join(map(_shown, text))


def editable(text: str, *, before: str) -> str:
    """What a reviewer typed over `plain(before)`, with the pictures of `before`'s control characters turned back."""
    if text == plain(before):
        return before
    back = {chr(picture): chr(code) for code, picture in _PICTURES.items() if chr(code) in before}
    return "".join(back.get(character, character) for character in text)


def half_width(character: str) -> str:
    """The key that was meant where a Chinese input method gave a full-width sign: `a` for `ａ`, `?` for `？`."""
    return unicodedata.normalize("NFKC", character)
