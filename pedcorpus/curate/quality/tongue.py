"""Whether a text is in the language that its record says, and where it strays into a script of neither."""

from __future__ import annotations

import re

__all__ = ["foreign_span"]

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]+")
_LETTERS = "\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u1100-\u11ff\u3040-\u309f\u30a1-\u30fa\uac00-\ud7a3"
"""Cyrillic, Hebrew, Arabic, Indian, Thai and Korean letters, kana; Greek letters are signs in any language."""
_OTHER = re.compile(rf"[{_LETTERS}][{_LETTERS}\s、，,.]*")
_OTHER_LETTERS = 6
_READ = 20_000
"""Of longer texts the beginning is judged."""
_MANY_WORDS = 30
_SOME_WORDS = 8


def foreign_span(text: str, language: str) -> tuple[int, int] | None:
    """All of a `text` that has hardly a word of `language`, else its first stretch in a third script."""
    read = text[:_READ]
    han, latin = len(_HAN.findall(read)), len(_LATIN.findall(read))
    own, other = (han, latin) if language == "zh" else (latin, han)
    if (other > _MANY_WORDS and own * 4 < other) or (not own and other > _SOME_WORDS):
        return 0, len(text)
    for match in _OTHER.finditer(read):
        if sum(map(str.isalpha, match.group())) >= _OTHER_LETTERS:
            return match.span()
    return None
