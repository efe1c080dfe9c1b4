"""Terms of texts for the search: pairs of Chinese characters, and stretches of four letters or digits of other words.

All texts are turned to numbers at once, a numpy array each for the terms and for where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedcorpus.facts import plain

__all__ = ["Terms", "terms_of"]

_LETTERS = 4
_BITS = 15
"""Letters beyond 32,767 are few and share their numbers with others."""
_GAP = "\n"


@dataclass(frozen=True)
class Terms:
    """Every term of some texts, in order."""

    codes: NDArray[np.int64]
    texts: NDArray[np.int32]
    """Which text it stands in."""
    starts: NDArray[np.int32]
    """Where in that text."""
    lengths: NDArray[np.int8]
    """Characters."""


def terms_of(texts: Sequence[str]) -> Terms:
    """The terms of `texts`."""
    folded = [plain(text).replace("\0", " ") for text in texts]
    whole = np.frombuffer((_GAP.join(folded) + _GAP * _LETTERS).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    sizes = np.fromiter((len(text) + 1 for text in folded), dtype=np.int64, count=len(folded))
    begins = np.concatenate(([0], np.cumsum(sizes)[:-1])) if folded else np.zeros(0, np.int64)
    han, letter = _is_han(whole), _is_letter(whole)
    pairs = np.flatnonzero(han[:-1] & han[1:])
    first_of_word = letter & ~np.concatenate(([False], letter[:-1]))
    runs = _runs(letter)
    words = np.flatnonzero(letter & ((runs >= _LETTERS) | first_of_word))
    codes = np.concatenate((_pair_codes(whole, pairs), _word_codes(whole, letter, words)))
    places = np.concatenate((pairs, words))
    lengths = np.concatenate((np.full(len(pairs), 2), np.minimum(runs[words], _LETTERS))).astype(np.int8)
    order = np.argsort(places, kind="stable")
    places = places[order]
    numbers = np.searchsorted(begins, places, side="right") - 1
    starts = places - begins[numbers] if len(places) else places
    return Terms(codes[order], numbers.astype(np.int32), starts.astype(np.int32), lengths[order])


def _is_han(characters: NDArray[np.int64]) -> NDArray[np.bool_]:
    return ((characters >= 0x3400) & (characters <= 0x9FFF)) | (characters >= 0x20000)


def _is_letter(characters: NDArray[np.int64]) -> NDArray[np.bool_]:
    digit = (characters >= ord("0")) & (characters <= ord("9"))
    return (
        digit | ((characters >= ord("a")) & (characters <= ord("z"))) | ((characters >= 0xC0) & (characters < 0x2000))
    )


def _runs(letter: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many letters follow from here on, this one included, up to the length of a term."""
    left = np.zeros(len(letter) + _LETTERS, dtype=np.int64)
    left[: len(letter)] = letter
    ahead = np.stack([left[offset : offset + len(letter)] for offset in range(_LETTERS)])
    runs: NDArray[np.int64] = np.cumprod(ahead, axis=0).sum(axis=0)
    return runs


def _pair_codes(whole: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
    codes: NDArray[np.int64] = (whole[places] << 21) | whole[places + 1]
    return codes


def _word_codes(whole: NDArray[np.int64], letter: NDArray[np.bool_], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Negative, so that none is a pair's."""
    code = np.zeros(len(places), dtype=np.int64)
    inside = np.ones(len(places), dtype=bool)
    for offset in range(_LETTERS):
        inside &= letter[places + offset]
        code = (code << _BITS) | np.where(inside, whole[places + offset] & ((1 << _BITS) - 1), 0)
    return -1 - code
