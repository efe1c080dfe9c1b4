"""How unlike one another the questions are that the rules make of the sample shelf and of real text.

Run `python -m benchmarks.generate_variety`. Ten thousand instructions are drawn by hash from all that the rules make.
What is compared is what the user says: the scene, if there is one, and the question. The measures are those of
`pedcorpus diversity`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks.figures import Figure, report
from benchmarks.generate_shelf import real_shelf, sample_shelf
from pedcorpus.curate.semantic import wording_of
from pedcorpus.generate import draft_instructions
from pedcorpus.records import Instruction
from pedcorpus.settings import GenerateSettings

WANTED = 10_000
MOST_ALIKE = 0.02
_SAMPLE = 1_000


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


def figures() -> Iterator[Figure]:
    """Over all drafts, then over the closing questions alone."""
    rows = drafts()
    said = [row.user_text() for row in rows]
    yield Figure("instructions made by rule", len(rows), WANTED, 1.0)
    wording = wording_of(said, sample=range(min(_SAMPLE, len(said))))
    yield Figure("distinct-2 (reported)", wording.distinct_2, 1.0, 0.0)
    yield Figure(f"self-BLEU of {_SAMPLE} (reported)", wording.self_bleu, 1.0, 1.0, at_least=False)
    name = "questions that open with the same 8 characters"
    yield Figure(name, wording.same_opening, MOST_ALIKE, 1.0, at_least=False)
    closing = wording_of([row.question for row in rows], sample=()).same_opening
    yield Figure(f"{name}, the scene left out", closing, MOST_ALIKE, 1.0, at_least=False)


if __name__ == "__main__":
    sys.exit(report(figures()))
