"""How many questions of an exam were answered right, over all and by subject, by each way of asking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pedcorpus.evaluation.choices.letters import chosen_letters
from pedcorpus.evaluation.choices.question import ChoiceQuestion
from pedcorpus.evaluation.likelihood import Likelihood
from pedcorpus.evaluation.statistics import Interval, exact_interval

__all__ = ["WAYS", "Accuracy", "ExamResult", "Way", "by_letters", "by_likelihood", "exam_result"]

Way = Literal["letter", "likelihood", "likelihood_per_token"]
"""The letter that is written; the likeliest option; the one likeliest by token, which favours no short one."""

WAYS: tuple[Way, ...] = ("letter", "likelihood", "likelihood_per_token")

Chosen = frozenset[str] | None
"""Letters that were chosen; empty where none could be told, none where the question is not asked this way."""


@dataclass(frozen=True)
class Accuracy:
    """Right answers among questions."""

    right: int
    of: int
    share: Interval | None
    """With its exact 95 % interval; none of nothing."""
    chance: float
    """What guessing would come to: the mean of 1 over the number of options, or of sets of them."""


@dataclass(frozen=True)
class ExamResult:
    """One model's result in one way."""

    way: Way
    overall: Accuracy
    subjects: Mapping[str, Accuracy]
    """By subject, in the order of the file; empty where the file tells none."""
    without_letter: int
    """Replies that chose nothing; they count as wrong."""
    not_asked: int
    """Questions with several right options, which likelihood cannot decide; they are left out."""


def by_letters(questions: Sequence[ChoiceQuestion], replies: Sequence[str]) -> list[Chosen]:
    """What each reply chooses."""
    return [
        chosen_letters(reply, question.options, several=question.asks_for_several)
        for question, reply in zip(questions, replies, strict=True)
    ]


def by_likelihood(
    questions: Sequence[ChoiceQuestion], likelihoods: Sequence[Mapping[str, Likelihood]], *, per_token: bool
) -> list[Chosen]:
    """The likeliest option of each question with one right option; of equals the first."""
    return [
        None if len(question.answer) > 1 else frozenset({_likeliest(weights, per_token=per_token)})
        for question, weights in zip(questions, likelihoods, strict=True)
    ]


def _likeliest(weights: Mapping[str, Likelihood], *, per_token: bool) -> str:
    return max(weights, key=lambda letter: weights[letter].per_token if per_token else weights[letter].log)


def exam_result(questions: Sequence[ChoiceQuestion], chosen: Sequence[Chosen], way: Way) -> ExamResult:
    """Accuracy of what was chosen: a question is right where exactly the right options were."""
    asked = [(question, said) for question, said in zip(questions, chosen, strict=True) if said is not None]
    there = {question.subject for question, _ in asked}
    subjects = [name for name in dict.fromkeys(question.subject for question in questions) if name and name in there]
    return ExamResult(
        way=way,
        overall=_accuracy(asked),
        subjects={name: _accuracy([pair for pair in asked if pair[0].subject == name]) for name in subjects},
        without_letter=sum(not said for _, said in asked),
        not_asked=len(questions) - len(asked),
    )


def _accuracy(asked: Sequence[tuple[ChoiceQuestion, frozenset[str]]]) -> Accuracy:
    right = sum(said == question.answer for question, said in asked)
    chance = sum(_chance(question) for question, _ in asked) / len(asked) if asked else 0.0
    return Accuracy(right, len(asked), exact_interval(right, len(asked)), chance)


def _chance(question: ChoiceQuestion) -> float:
    """Of guessing right: one of the options, or one of their sets of two or more where several are asked for."""
    options = len(question.options)
    return 1 / (2**options - options - 1) if question.asks_for_several else 1 / options
