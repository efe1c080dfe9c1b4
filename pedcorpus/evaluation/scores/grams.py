"""N-grams of a reply as 64-bit hashes, which are the same in every process and on every day."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from pedcorpus.evaluation.scores.score import Grams

__all__ = ["grams_of"]

_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)
"""Odd, so that order counts and nothing is lost: the golden ratio, and a prime of xxHash."""


def grams_of(tokens: Sequence[str], n: int) -> Grams:
    """Single tokens (n = 1) or pairs (n = 2)."""
    codes = np.array([_code(token) for token in tokens], np.uint64)
    if n == 2:
        codes = codes[:-1] * _FACTORS[0] + codes[1:] * _FACTORS[1]
    return Grams(np.unique(codes), len(codes))


@lru_cache(maxsize=1 << 17)
def _code(token: str) -> int:
    return int.from_bytes(blake2b(token.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
