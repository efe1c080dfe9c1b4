"""The whole of an evaluation: replies, numbers, comparison. Who answers is handed in, and the report is made of what
comes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from pedcorpus.engine import Engine
from pedcorpus.errors import UsageError
from pedcorpus.evaluation.answering import Contestant, Replies, answered
from pedcorpus.evaluation.comparison import Comparison, compare
from pedcorpus.evaluation.questions import Answer, Asked
from pedcorpus.evaluation.resampling import Resampling
from pedcorpus.evaluation.scores import Score
from pedcorpus.evaluation.scoring import scored

__all__ = ["Bar", "Progress", "compare_replies", "get_replies"]


class Bar(Protocol):
    """One stage under way."""

    def advance(self, done: float = 1) -> None: ...


class Progress(Protocol):
    """Shows how far an evaluation is; the command line's bars are one."""

    def stage(self, name: str, total: float) -> AbstractContextManager[Bar]: ...


def get_replies(contestants: Sequence[Contestant], asked: Asked, folder: Path, *, progress: Progress) -> list[Replies]:
    """Every model's replies, one model after the other, kept in `folder` as they come.

    Raises:
        UsageError: two models have one name, or a file of replies cannot be used.
    """
    names = [contestant.name for contestant in contestants]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise UsageError(f"two models are called {twice!r}; name each once")
    found = []
    for contestant in contestants:
        with progress.stage(contestant.name, len(asked.questions)) as bar:
            found.append(answered(contestant, asked.questions, folder, on_reply=bar.advance))
    return found


def compare_replies(
    replies: Sequence[Replies],
    asked: Asked,
    *,
    scores: Sequence[Score],
    engine: Engine,
    resampling: Resampling,
    progress: Progress,
) -> Comparison:
    """The models' replies held against the references and each other, on the questions that all of them answered.

    Raises:
        UsageError: there is no such question.
        MissingExtra: a score needs what is not installed.
    """
    shared = [question for question in asked.questions if all(question.id in each.by_id for each in replies)]
    if not shared:
        raise UsageError(f"no question of {asked.name} was answered by every model; ask for more, or fewer models")
    by_model = {each.contestant.name: [each.by_id[question.id] for question in shared] for each in replies}
    values = {}
    with progress.stage("scores", len(shared) * len(replies)) as bar:
        for model, texts in by_model.items():
            answers = [Answer(question, text) for question, text in zip(shared, texts, strict=True)]
            values[model] = scored(answers, scores, engine, on_scored=bar.advance)
    return compare(
        replace(asked, questions=shared),
        [each.contestant for each in replies],
        by_model,
        values,
        measures=[measure for score in scores for measure in score.measures],
        resampling=resampling,
        unanswered={each.contestant.name: len(asked.questions) - len(each.by_id) for each in replies},
    )
