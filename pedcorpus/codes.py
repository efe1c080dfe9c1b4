"""Texts as arrays of folded code points, and hashes of their runs; what `normalise.fold` says, at native speed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pedcorpus.normalise import fold

__all__ = ["BREAK", "Codes", "Hashes", "folded_codes", "folded_text", "plain_codes", "run_hashes"]

Codes = NDArray[np.uint32]
Hashes = NDArray[np.uint64]

BREAK = 0x10FFFF
"""Stands after each text; it is no character, and taken out of texts that hold it all the same."""

_MARK = chr(BREAK)
_UNKNOWN, _GONE, _MANY = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_BASE = 0xD1B54A32D192ED03
_WRAP = (1 << 64) - 1


class _Table:
    """What each code point folds to; filled in as characters are met."""

    def __init__(self) -> None:
        self.one = np.full(BREAK + 1, _UNKNOWN, dtype=np.uint32)
        self.one[BREAK] = BREAK
        self.many: dict[int, Codes] = {}
        """Those that fold to several."""

    def learn(self, codes: Codes) -> None:
        for code in np.unique(codes[self.one[codes] == _UNKNOWN]).tolist():
            folded = _codes_of(fold(chr(code)))
            if len(folded) == 1:
                self.one[code] = folded[0]
            else:
                self.one[code] = _MANY if len(folded) else _GONE
                self.many[code] = folded


_TABLE = _Table()


def _codes_of(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def folded_text(text: str) -> str:
    """`text` folded, without `BREAK`: what `folded_codes` says of it, as a text."""
    return fold(text.replace(_MARK, " "))


def plain_codes(texts: Sequence[str]) -> Codes:
    """`texts`, which hold no `BREAK`, one after the other, each followed by it."""
    return _codes_of("".join(text + _MARK for text in texts))


def folded_codes(texts: Sequence[str]) -> Codes:
    """The folded `texts` one after the other, each followed by `BREAK`."""
    raw = plain_codes([text.replace(_MARK, " ") for text in texts])
    if (_TABLE.one[raw] == _UNKNOWN).any():
        _TABLE.learn(raw)
    return _expanded(raw, _TABLE.one[raw])


def _expanded(raw: Codes, folded: Codes) -> Codes:
    """Characters that fold to several become several, and those that fold to nothing go."""
    if not (folded >= _MANY).any():
        return folded
    places = np.flatnonzero(folded == _MANY)
    if len(places):
        pieces = [_TABLE.many[code] for code in raw[places].tolist()]
        folded[places] = [piece[0] for piece in pieces]
        after = np.repeat(places + 1, [len(piece) - 1 for piece in pieces])
        folded = np.insert(folded, after, np.concatenate([piece[1:] for piece in pieces]))
    kept: Codes = folded[folded != _GONE]
    return kept


def run_hashes(codes: Codes, length: int) -> Hashes:
    """A hash of each run of `length` code points, by its start; equal runs have equal hashes, others hardly ever."""
    spread = codes.astype(np.uint64) * _FACTOR
    spread ^= spread >> np.uint64(32)
    if len(codes) < length:
        return spread[:0]
    hashes, covered = spread, 1
    for bit in f"{length:b}"[1:]:
        hashes = hashes[:-covered] * np.uint64(pow(_BASE, covered, _WRAP + 1)) + hashes[covered:]
        covered *= 2
        if bit == "1":
            hashes = hashes[:-1] * np.uint64(_BASE) + spread[covered:]
            covered += 1
    return hashes
