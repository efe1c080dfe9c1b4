"""How many tokens a text has, roughly and without any model's tokenizer: for limits and plans, never for billing."""

from __future__ import annotations

import re

__all__ = ["estimate_tokens"]

_WORD = re.compile(r"[A-Za-z]+")
_DIGITS = re.compile(r"[0-9]+")
_OTHER = re.compile(r"[^A-Za-z0-9\s]")


def estimate_tokens(text: str) -> int:
    """A token for each Chinese character and mark, for five Latin letters of a word, for three digits of a number.

    On Chinese text this is above what current multilingual tokenizers give, so that limits hold.
    """
    words = sum(-(-len(match.group()) // 5) for match in _WORD.finditer(text))
    numbers = sum(-(-len(match.group()) // 3) for match in _DIGITS.finditer(text))
    return words + numbers + len(_OTHER.findall(text))
