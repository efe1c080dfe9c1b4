"""How much of an item a row holds: shares of its question, its options and its answer, and the longest common run.

The share that is judged is that of characters which stand in a common run of n or more: one changed word costs its own
characters, and not the n runs that it stands in. The share of n-grams is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pedcorpus.codes import folded_text
from pedcorpus.curate.contamination.items import Item
from pedcorpus.curate.contamination.runs import Run, Seed, common_runs, covered, grams_found

__all__ = ["LEAST_CHARS", "Likeness", "Parts", "Thresholds", "Told", "group_floor", "likeness", "parts_of"]

Told = Literal["question", "options", "answer", "short question", "conversation"]

LEAST_CHARS = 5
"""A question that is shorter, folded, tells no item from another and is compared by its options and answer alone."""
_LEAST_ANSWER = 2
_LEAST_GRAMS = 0.5
"""Share of n-grams that goes with a share of characters; one changed character in eighteen leaves more."""


@dataclass(frozen=True)
class Thresholds:
    """From where on a likeness is told."""

    ngram: int = 13
    """Characters of a run that counts, folded."""
    share: float = 0.5
    """Least share of a question, of options or of an answer."""
    run: int = 50
    """A common run of so many characters is told whatever its share is, but of one's own test split: two sections of a
    book may give the same dose in the same words.
    """


@dataclass(frozen=True)
class Parts:
    """An item's texts, folded: the question, each option, the answer."""

    texts: tuple[str, ...]
    together: bool = False
    """Is the question judged with its answer only?"""

    @property
    def question(self) -> str:
        """The first part."""
        return self.texts[0]

    @property
    def groups(self) -> dict[Told, range]:
        """Which parts are judged together."""
        last = len(self.texts) - 1
        if self.together:
            return {"conversation": range(last + 1), "answer": range(last, last + 1)}
        return {"question": range(1), "options": range(1, last), "answer": range(last, last + 1)}

    def length(self, group: Iterable[int]) -> int:
        return sum(len(self.texts[part]) for part in group)

    def is_short(self, ngram: int) -> bool:
        """Is the question one that is looked for as a whole?"""
        return LEAST_CHARS <= len(self.question) < ngram and not self.together


def parts_of(item: Item) -> Parts:
    """The texts of `item` as they are compared."""
    texts = (item.question, *item.options, item.answer)
    return Parts(tuple(map(folded_text, texts)), together=item.is_own)


def group_floor(told: Told, ngram: int) -> int:
    """Characters that a group needs to be judged by itself: shorter options and answers are anybody's words."""
    return ngram if told == "question" else 2 * ngram


@dataclass(frozen=True)
class Likeness:
    """What a row has of an item, at its most telling."""

    told: Told
    score: float
    """Share of characters, 0 to 1."""
    held: float
    """The same without what only an edit parts from a run of n: that raises a score and makes none."""
    share: float
    """Share of n-grams; of a short question, 1."""
    run: int
    """Characters of the longest common run."""
    part: int
    """Part of the item that the run stands in."""
    where: Run


def likeness(parts: Parts, sides: tuple[str, str], seeds: Sequence[Seed], thresholds: Thresholds) -> Likeness | None:
    """What the row whose folded sides are `sides` has of the item; none when it is too little to tell."""
    by_part: dict[int, list[Seed]] = {}
    for seed in sorted(seeds):
        by_part.setdefault(seed.part, []).append(seed)
    runs = {
        part: common_runs(parts.texts[part], sides, found, least=thresholds.ngram) for part, found in by_part.items()
    }
    found = [*_by_group(parts, sides, runs, thresholds), *_by_short_question(parts, sides, runs, thresholds)]
    run = len(sides[0]) + len(sides[1]) + 1 if parts.together else thresholds.run
    told = [each for each in found if each.run >= run or _is_told(each, thresholds)]
    return max(told, key=lambda each: (each.score, each.run), default=None)


def _is_told(found: Likeness, thresholds: Thresholds) -> bool:
    """Much of the item, and not in scattered turns of phrase, as two cases of one pattern share them."""
    return found.held >= thresholds.share and found.share >= _LEAST_GRAMS * thresholds.share


def _by_group(
    parts: Parts, sides: tuple[str, str], runs: dict[int, list[Run]], thresholds: Thresholds
) -> Iterable[Likeness]:
    for told, group in parts.groups.items():
        hit = [(part, run) for part in group for run in runs.get(part, ())]
        if not hit or parts.length(group) < group_floor(told, thresholds.ngram):
            continue
        part, longest = max(hit, key=lambda pair: pair[1].length)
        held = sum(_held(parts.texts[each], sides, runs.get(each, ()), least=LEAST_CHARS) for each in group)
        firm = held - sum(_beside(parts.texts[each], runs.get(each, ()), thresholds.ngram) for each in group)
        grams = sum(max(0, len(parts.texts[each]) - thresholds.ngram + 1) for each in group)
        yield Likeness(
            told,
            score=round(held / parts.length(group), 4),
            held=round(firm / parts.length(group), 4),
            share=round(sum(grams_found(runs.get(each, ()), thresholds.ngram) for each in group) / grams, 4),
            run=longest.length,
            part=part,
            where=longest,
        )


def _by_short_question(
    parts: Parts, sides: tuple[str, str], runs: dict[int, list[Run]], thresholds: Thresholds
) -> Iterable[Likeness]:
    """A short question, asked as it is, tells an item only together with what it is answered with."""
    if not parts.is_short(thresholds.ngram) or (place := sides[0].find(parts.question)) < 0:
        return
    length = len(parts.question)
    told = (parts.groups["options"], parts.groups["answer"])
    companions = [group for group in told if parts.length(group) >= _LEAST_ANSWER]
    shares = [
        (length + sum(_held(parts.texts[part], sides, runs.get(part, ()), least=_LEAST_ANSWER) for part in group))
        / (length + parts.length(group))
        for group in companions
    ]
    score = max(shares, default=length / len(sides[0]))
    yield Likeness("short question", round(score, 4), round(score, 4), 1.0, length, 0, Run(0, 0, place, length))


def _held(text: str, sides: tuple[str, str], runs: Iterable[Run], *, least: int) -> int:
    """Characters of a part that the row holds: all of one of `least` that stands in it, else its common runs."""
    return len(text) if len(text) >= least and any(text in side for side in sides) else covered(runs)


def _beside(text: str, runs: Sequence[Run], ngram: int) -> int:
    """Characters that only runs shorter than `ngram` cover."""
    return covered(runs) - covered(run for run in runs if run.length >= ngram) if len(text) >= ngram else 0
