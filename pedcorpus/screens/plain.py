"""Text of unknown origin made fit for a terminal: what a reviewer sees of it, and what of an edit was meant."""

from __future__ import annotations

import unicodedata

from pedcorpus.printable import PICTURES
from pedcorpus.printable import printable as plain

__all__ = ["editable", "half_width", "plain"]


def editable(text: str, *, before: str) -> str:
    """What a reviewer typed over `plain(before)`, with the pictures of `before`'s control characters turned back."""
    if text == plain(before):
        return before
    back = {chr(picture): chr(code) for code, picture in PICTURES.items() if chr(code) in before}
    return "".join(back.get(character, character) for character in text)


def half_width(character: str) -> str:
    """The key that was meant where a Chinese input method gave a full-width sign: `a` for `ａ`, `?` for `？`."""
    return unicodedata.normalize("NFKC", character)
