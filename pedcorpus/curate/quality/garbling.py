"""Garbled text: bytes read in the wrong encoding, and characters that mean nothing outside one font.

Emoji, rare characters of any extension, traditional ones and rows of dots are sound.
"""

from __future__ import annotations

import re
from functools import cache

__all__ = ["Span", "garbled_span"]

Span = tuple[int, int]

_CP1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_NEXT = f"[\u0080-\u00bf{_CP1252}]"
"""What a following byte of UTF-8 looks like in Latin-1 or Windows-1252."""
_LEADS = (*range(0xE2, 0xEA), 0xEF)
"""First bytes of Chinese characters and punctuation in UTF-8."""
_FOLLOWING = range(0x80, 0xC0)
_SIGNS = (
    "\ufffd",
    "[\ue000-\uf8ff\U000f0000-\U0010ffff]",  # private use: glyphs of one font
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]",
    "[\ufdd0-\ufdef\ufffe\uffff]",
    "锟斤拷|烫烫烫烫|屯屯屯屯|[□〓]{2,}|[?？]{8,}",
    r"(?:\\u[0-9a-fA-F]{4}){2,}|(?:\\x[0-9a-fA-F]{2}){3,}",
    f"(?:[â-éï]{_NEXT}{{2}}){{2,}}|[â-éï][\u0080-\u009f]{_NEXT}",  # UTF-8 read as Latin: three bytes
    f"[ÃÂ][\u0080-\u00bf]|[ÎÏ][\u0080-\u008f\u0091-\u00bf]|â[€‰„ˆ†][{_CP1252}\u0080-\u00bf]",  # two bytes; “ ≥ ℃ ≈ →
    "(?=[¡-ÿ]{0,4}[À-ÖØ-öø-ÿ][¡-ÿ]{0,3}[À-ÖØ-öø-ÿ])[¡-ÿ]{6,}",  # GBK read as Latin
)


def garbled_span(text: str) -> Span | None:
    """The first garbled stretch of `text`; `None` where it is sound."""
    if text.isascii() and "\\" not in text and "?" * 8 not in text and text.isprintable():
        return None
    found = _garbled().search(text)
    return found.span() if found else None


@cache
def _garbled() -> re.Pattern[str]:
    return re.compile("|".join((*_SIGNS, _utf8_read_as_gbk())))


def _utf8_read_as_gbk() -> str:
    """Four Chinese characters in UTF-8 or more, read as pairs of bytes: 鐨勬偅鍎垮彂, of 的患儿发."""
    first = _pairs(_LEADS, _FOLLOWING)
    middle = _pairs(_FOLLOWING, _LEADS)
    last = _pairs(_FOLLOWING, _FOLLOWING)
    return f"(?:{first}{middle}{last}){{2,}}|锛屽|銆傚"


def _pairs(leads: range | tuple[int, ...], trails: range | tuple[int, ...]) -> str:
    decoded = (bytes((lead, trail)).decode("gbk", "ignore") for lead in leads for trail in trails)
    return f"[{''.join(sorted({char for char in decoded if len(char) == 1 and not char.isascii()}))}]"
