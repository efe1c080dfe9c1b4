"""How unlike one another the questions are that the rules make of the sample shelf and of real text.

Run `python -m benchmarks.generate_variety`. Ten thousand instructions are drawn by hash from all that the rules make.
What is compared is what the user says: the scene, if there is one, and the question. Distinct-2 is the share of
different pairs among all pairs of neighbouring units (characters in Chinese, words in English); self-BLEU is BLEU-4 of
each question against all others of a sample (Zhu et al., Texygen, 2018), with +1 smoothing: less is more varied.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.figures import Figure, report
from benchmarks.generate_shelf import real_shelf, sample_shelf
from pedcorpus.generate import draft_instructions
from pedcorpus.records import Instruction
from pedcorpus.settings import GenerateSettings

WANTED = 10_000
OPENING = 8
MOST_ALIKE = 0.02
_SAMPLE = 1_000
_ORDERS = (1, 2, 3, 4)
_UNIT = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?|[^\sA-Za-z0-9]")


def drafts() -> list[Instruction]:
    """Ten thousand drafts, or all there are, drawn by their ids."""
    settings = GenerateSettings(questions_per_aspect=6, cases_per_disease=4)
    made = {
        one.id: one
        for shelf in (sample_shelf(), real_shelf())
        for m in shelf
        for one in draft_instructions(m, settings)
    }
    return [made[name] for name in sorted(made)[:WANTED]]


def opening_share(texts: Sequence[str]) -> float:
    """Share of the texts that open with the most frequent eight characters."""
    return max(Counter(text[:OPENING] for text in texts).values()) / len(texts)


def distinct_2(texts: Sequence[str]) -> float:
    """Different pairs over all pairs."""
    pairs = [pair for text in texts for pair in _grams(_UNIT.findall(text), 2).elements()]
    return len(set(pairs)) / len(pairs)


def self_bleu(texts: Sequence[str]) -> float:
    """Mean BLEU-4 of each text against all the others."""
    units = [_UNIT.findall(text) for text in texts]
    scores = [0.0] * len(units)
    for order in _ORDERS:
        counted = [_grams(row, order) for row in units]
        best, second = _two_highest(counted)
        for number, own in enumerate(counted):
            shared = sum(min(n, second[g] if best[g] == n else best[g]) for g, n in own.items())
            scores[number] += math.log((shared + 1) / (own.total() + 1)) / len(_ORDERS)
    return sum(math.exp(score) for score in scores) / len(scores)


def _grams(units: Sequence[str], order: int) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(units[start:] for start in range(order)), strict=False))


def _two_highest(
    counted: Sequence[Counter[tuple[str, ...]]],
) -> tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]:
    """How often each gram stands in the text that has it most, and in the one that has it next most."""
    best: Counter[tuple[str, ...]] = Counter()
    second: Counter[tuple[str, ...]] = Counter()
    for counts in counted:
        for gram, number in counts.items():
            second[gram] = max(second[gram], min(number, best[gram]))
            best[gram] = max(best[gram], number)
    return best, second


def figures() -> Iterator[Figure]:
    """Over all drafts, then over the closing questions alone."""
    rows = drafts()
    said = [row.user_text() for row in rows]
    yield Figure("instructions made by rule", len(rows), WANTED, 1.0)
    yield Figure("distinct-2 (reported)", distinct_2(said), 1.0, 0.0)
    yield Figure(f"self-BLEU of {_SAMPLE} (reported)", self_bleu(said[:_SAMPLE]), 1.0, 1.0, at_least=False)
    name = f"questions that open with the same {OPENING} characters"
    yield Figure(name, opening_share(said), MOST_ALIKE, 1.0, at_least=False)
    closing = opening_share([row.question for row in rows])
    yield Figure(f"{name}, the scene left out", closing, MOST_ALIKE, 1.0, at_least=False)


if __name__ == "__main__":
    sys.exit(report(figures()))
