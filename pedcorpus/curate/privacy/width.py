"""Digits, Latin letters and signs in one width, one character for one, so that places stay what they are."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["one_width"]

_PLAIN = re.compile("[\u0000-\u00a0\u3001-\u30ff\u3400-\u9fff\u2018-\u201d\u2026\u2103·～，：；？！（）。]*")
_SIGNS = {"‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "－": "-", "\u200b": " ", "\ufeff": " ",
          "\u00ad": " ", "\u200c": " ", "\u200d": " ", "\u2060": " "}  # fmt: skip


class _Folded(dict[int, str]):
    """Translation table that fills itself."""

    def __missing__(self, ordinal: int) -> str:
        character = chr(ordinal)
        folded = _SIGNS.get(character) or unicodedata.normalize("NFKC", character)
        folded = self[ordinal] = folded if len(folded) == 1 and folded.isascii() else character
        return folded


_FOLDED = _Folded()


def one_width(text: str) -> str:
    """`text` with full-width digits, letters and dashes as ASCII has them; of the same length."""
    return text if _PLAIN.fullmatch(text) else text.translate(_FOLDED)
