"""How varied the wording is, without any model: different n-grams, likeness of each text to the others, openings.

Units are characters in Chinese, words and numbers elsewhere. Distinct-n is Li et al. 2016; self-BLEU is Zhu et al. 2018
(Texygen), BLEU-4 of each text against all others of a sample, +1 smoothed, without a brevity penalty.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Wording", "wording_of"]

_ORDERS = (1, 2, 3, 4)
_UNIT = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?|[^\sA-Za-z0-9]")
_OPENING = 8
_LONGEST = 2_000  # characters of a text that are looked at

Gram = tuple[str, ...]


@dataclass(frozen=True)
class Wording:
    """What the texts' words tell."""

    rows: int
    distinct_1: float
    """Different units over all units; 0 where there are none."""
    distinct_2: float
    distinct_3: float
    self_bleu: float
    """0 to 1, of a sample; more is more alike."""
    same_opening: float
    """Share of the texts that open with the most frequent eight characters."""
    repeated: float
    """Share of the texts that stand there before, word by word."""


def wording_of(texts: Sequence[str], *, sample: Sequence[int]) -> Wording:
    """Measures of `texts`; self-BLEU of those at the places in `sample` alone."""
    cut = [text[:_LONGEST] for text in texts]
    return Wording(
        rows=len(cut),
        distinct_1=_distinct(cut, 1),
        distinct_2=_distinct(cut, 2),
        distinct_3=_distinct(cut, 3),
        self_bleu=_self_bleu([_UNIT.findall(cut[place]) for place in sample]),
        same_opening=max(Counter(text[:_OPENING] for text in cut).values(), default=0) / max(1, len(cut)),
        repeated=1 - len(set(texts)) / len(texts) if texts else 0.0,
    )


def _distinct(texts: Iterable[str], order: int) -> float:
    seen: set[int] = set()
    total = 0
    for text in texts:
        grams = _grams(_UNIT.findall(text), order)
        seen.update(map(hash, grams))  # hashes alone: a million texts have tens of millions of them
        total += grams.total()
    return len(seen) / total if total else 0.0


def _self_bleu(units: Sequence[Sequence[str]]) -> float:
    if len(units) < 2:
        return 0.0
    scores = [0.0] * len(units)
    for order in _ORDERS:
        counted = [_grams(row, order) for row in units]
        best, second = _two_highest(counted)
        for number, own in enumerate(counted):
            shared = sum(min(n, second[gram] if best[gram] == n else best[gram]) for gram, n in own.items())
            scores[number] += math.log((shared + 1) / (own.total() + 1)) / len(_ORDERS)
    return sum(math.exp(score) for score in scores) / len(scores)


def _grams(units: Sequence[str], order: int) -> Counter[Gram]:
    return Counter(zip(*(units[start:] for start in range(order)), strict=False))


def _two_highest(counted: Sequence[Counter[Gram]]) -> tuple[dict[Gram, int], dict[Gram, int]]:
    """How often each gram stands in the text that has it most, and in the one that has it next most."""
    best: dict[Gram, int] = {}
    second: dict[Gram, int] = {}
    for counts in counted:
        for gram, number in counts.items():
            most = best.get(gram, 0)
            second[gram] = max(second.get(gram, 0), min(number, most))
            best[gram] = max(most, number)
    return best, second
