"""Answers → numbers, in as many processes as the engine has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NoReturn

from pedcorpus.engine import Engine, batches
from pedcorpus.errors import WorkerLost
from pedcorpus.evaluation.questions import Answer
from pedcorpus.evaluation.scores import Score, Value

__all__ = ["Values", "scored"]

Values = Mapping[str, Value]
"""Of one answer, by measure; one that does not apply is not there."""

_BATCH = 50
"""Answers to an item of the engine."""


def scored(
    answers: Sequence[Answer],
    scores: Sequence[Score],
    engine: Engine,
    *,
    on_scored: Callable[[int], None] | None = None,
) -> list[Values]:
    """The numbers of each answer, in order; `on_scored` is told how many came.

    Raises:
        MissingExtra: a score needs what is not installed.
        WorkerLost: a process ended on its own.
    """
    found: list[Values] = []
    chosen = engine if len(answers) > _BATCH else engine.for_little()
    for values in chosen.map_ordered(partial(_scored, scores), batches(answers, _BATCH), crashed=_crashed):
        found += values
        if on_scored is not None:
            on_scored(len(values))
    return found


def _scored(scores: Sequence[Score], answers: Sequence[Answer]) -> list[Values]:
    rows: list[dict[str, Value]] = [{} for _ in answers]
    for score in scores:
        for row, values in zip(rows, score.values(answers), strict=True):
            row.update(values)
    return list(rows)


def _crashed(answers: Sequence[Answer]) -> NoReturn:
    raise WorkerLost(f"the process that scored {answers[0].question.id} and {len(answers) - 1} after it")
