"""Text as compared, never as stored: width, spaces and punctuation folded, with the way back; and its language.

Source text keeps its own characters; two texts are the *same* when their folded forms are equal.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

__all__ = ["contains_folded", "find_folded", "fold", "folded", "language_of", "split_sentences"]

_SAME = str.maketrans(
    {
        "。": ".", "，": ",", "、": ",", "；": ";", "：": ":", "？": "?", "！": "!",
        "（": "(", "）": ")", "〔": "[", "〕": "]", "【": "[", "】": "]", "［": "[", "］": "]",
        "“": '"', "”": '"', "「": '"', "」": '"', "『": '"', "』": '"', "‘": "'", "’": "'",
        "～": "~", "〜": "~", "∼": "~", "–": "~", "—": "~", "―": "~", "−": "-", "‐": "-", "‑": "-",
        "·": ".", "•": ".", "．": ".", "µ": "μ", "℃": "℃", "\u00ad": "", "\u200b": "", "\ufeff": "",
    }
)  # fmt: skip

_ENDS = "。！？!?；;\n"
_CLOSERS = "”」』’）)】〕\"'"
_SENTENCE = re.compile(f"[^{_ENDS}]*[{_ENDS}][{_CLOSERS}]*|[^{_ENDS}]+")


def _fold_character(character: str) -> str:
    mapped = character.translate(_SAME)
    if mapped == character:
        mapped = unicodedata.normalize("NFKC", character).translate(_SAME)
    return "".join(mapped.split()).casefold()


class _Folded(dict[int, str]):
    """Translation table that fills itself: each character is folded once."""

    def __missing__(self, ordinal: int) -> str:
        folded = self[ordinal] = _fold_character(chr(ordinal))
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """`text` for comparison: NFKC width, one form per punctuation mark, no spaces, lower case."""
    return text.translate(_FOLDED)


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """`fold(text)`, kept: for quotes and headings, which serve many instructions."""
    return fold(text)


def find_folded(needle: str, haystack: str) -> tuple[int, int] | None:
    """Where `needle` stands in `haystack` once both are folded, as a span of `haystack` itself."""
    start = haystack.find(needle) if needle else -1
    if start >= 0:
        return start, start + len(needle)
    wanted = fold(needle)
    if not wanted:
        return None
    folded: list[str] = []
    origin: list[int] = []
    for position, character in enumerate(haystack):
        piece = _fold_character(character)
        folded.append(piece)
        origin.extend([position] * len(piece))
    found = "".join(folded).find(wanted)
    if found < 0:
        return None
    return origin[found], origin[found + len(wanted) - 1] + 1


def contains_folded(haystack: str, needle: str) -> bool:
    """Is `needle`, folded, a part of `haystack`, folded? An empty needle is in nothing."""
    wanted = fold(needle)
    return bool(wanted) and wanted in fold(haystack)


_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def language_of(text: str) -> Literal["zh", "en"]:
    """Chinese unless Latin words outnumber Chinese characters: Chinese medical text is full of Latin names."""
    return "en" if len(_LATIN_WORD.findall(text)) > len(_HAN.findall(text)) else "zh"


def split_sentences(text: str) -> list[str]:
    """Sentences of `text` with their closing mark; a line break ends a sentence, a decimal point does not."""
    return [stripped for sentence in _SENTENCE.findall(text) if (stripped := sentence.strip())]
