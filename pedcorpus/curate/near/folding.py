"""Text as duplicates are sought in it: one width, one case, simplified characters, no spaces, no punctuation.

Only characters are folded. What the text means (numbers, names, negations) is left to `particulars`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencc import OpenCC

from pedcorpus.normalise import fold

__all__ = ["bare", "without_asking"]

_IN_NUMBERS = ".,:~-"
_LOOSE = re.compile(rf"(?<!\d)[{_IN_NUMBERS}]+|[{_IN_NUMBERS}]+(?!\d)")
_MEANT = frozenset("%‰&@#*/" + _IN_NUMBERS)
"""Marks that say something: shares, ranges, decimal points, `mg/kg`."""

_ASKING = re.compile(
    r"(?:(?:[您你]好|医生|大夫|老师|专家|主任|各位)+|(?:我?想|麻烦|向[您你])?(?:请问|问|咨询|请教|了解)(?:一下|下)?[您你]?)+"
)
_HAN = re.compile("[\u3400-\u9fff]")
_THANKS = re.compile(r"(?:多?谢谢?|感谢)(?:[您你]|医生|大夫|老师|了|啦)*$")


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


class _Bare(dict[int, str]):
    """Translation table that fills itself: each character is folded, simplified and judged once."""

    def __missing__(self, ordinal: int) -> str:
        folded = fold(chr(ordinal))
        if _HAN.search(folded):
            folded = _simplifier().convert(folded)
        kept = self[ordinal] = "".join(character for character in folded if _is_said(character))
        return kept


def _is_said(character: str) -> bool:
    return character in _MEANT or unicodedata.category(character)[0] not in "PZC"


_BARE = _Bare()


def bare(text: str) -> str:
    """`text` for comparison: NFKC width, lower case, simplified characters, marks only where a number needs them.

    A text of nothing but marks stays what it is, folded: `？？` is not `！`. A blank text is empty.
    """
    said = _LOOSE.sub("", text.translate(_BARE))
    return said or fold(text).encode(errors="replace").decode()  # half a surrogate pair is no character


def without_asking(text: str) -> str:
    """A bare question without the greeting before it and the thanks after it; whole if nothing else is in it."""
    opened = _ASKING.match(text)
    asked = _THANKS.sub("", text[opened.end() :] if opened else text)
    return asked or text
