"""A model sits an exam: its replies and likelihoods, kept as all replies are, and what they come to."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pedcorpus.errors import UsageError
from pedcorpus.evaluation.answering import Answerer, Contestant, Conversation, Weigher, answered
from pedcorpus.evaluation.choices.accuracy import Chosen, ExamResult, Way, by_letters, by_likelihood, exam_result
from pedcorpus.evaluation.choices.prompt import PROMPT_VERSION, asked_for_letters, asked_openly
from pedcorpus.evaluation.choices.question import ChoiceQuestion, Exam
from pedcorpus.evaluation.likelihood import Likelihood
from pedcorpus.evaluation.questions import Asked, Question
from pedcorpus.records import content_id

__all__ = ["Sitting", "asked_of_exam", "sat", "sittings", "without_asked"]


@dataclass(frozen=True)
class Sitting:
    """One model's exam."""

    model: str
    results: Mapping[Way, ExamResult]
    chosen: Mapping[Way, Sequence[Chosen]]
    """In the order of the questions."""
    unanswered: int
    """Questions that got no reply; they are taken out of every model's exam."""


def asked_of_exam(exam: Exam) -> Asked:
    """The exam as questions whose replies are kept; what is held against training is the question with its options."""
    return Asked(exam.name, exam.sha256, [_question(each) for each in exam.questions])


def without_asked(exam: Exam, asked: Asked) -> Exam:
    """The exam with only the questions that are left in `asked`, and why others were left out."""
    kept = {question.id for question in asked.questions}
    questions = [each for each in exam.questions if each.id in kept]
    return replace(exam, questions=questions, left_out=(*exam.left_out, *asked.left_out))


def sat(
    contestant: Contestant,
    exam: Exam,
    folder: Path,
    *,
    by: Collection[Way],
    on_reply: Callable[[int], None] | None = None,
) -> tuple[Mapping[Way, Mapping[str, Chosen]], int]:
    """What the model chooses, by way and question; and how many replies were made now.

    Raises:
        UsageError: its likelihoods are wanted and cannot be had, or a file of replies cannot be used.
    """
    found: dict[Way, Mapping[str, Chosen]] = {}
    made = 0
    asked = asked_of_exam(exam).questions
    if "letter" in by:
        replies = answered(contestant, asked, folder / "replies", on_reply=on_reply)
        there = [each for each in exam.questions if each.id in replies.by_id]
        chosen = by_letters(there, [replies.by_id[each.id] for each in there])
        found["letter"] = {each.id: said for each, said in zip(there, chosen, strict=True)}
        made += replies.made
    if weighed := [way for way in by if way != "letter"]:
        replies = answered(_weighing(contestant, exam), asked, folder / "likelihoods", on_reply=on_reply)
        weights = [_read(replies.by_id[each.id]) for each in exam.questions]
        for way in weighed:
            chosen = by_likelihood(exam.questions, weights, per_token=way == "likelihood_per_token")
            found[way] = {each.id: said for each, said in zip(exam.questions, chosen, strict=True)}
        made += replies.made
    return found, made


def _question(question: ChoiceQuestion) -> Question:
    right = [text for letter, text in question.options.items() if letter in question.answer]
    return Question(
        id=question.id,
        messages=asked_for_letters(question),
        reference="\n".join([question.question, *right]),
        task="exam",
        topic=question.subject,
        language=question.language,
    )


def _weighing(contestant: Contestant, exam: Exam) -> Contestant:
    """The same model, whose reply to a question is how likely it holds each option, as JSON."""
    start = contestant.start_weighing
    if start is None:
        raise UsageError(f"{contestant.name}: only its text can be had, no likelihoods; ask it by letter: --by letter")
    by_conversation = {asked_for_letters(each): each for each in exam.questions}

    def answerer() -> Answerer:
        weigh = start()

        def answer(conversations: Sequence[Conversation]) -> Iterator[Mapping[int, str]]:
            return _weighed([by_conversation[each] for each in conversations], weigh)

        return answer

    identity = content_id("weighed", contestant.identity, str(PROMPT_VERSION))
    return replace(contestant, identity=identity, start=answerer, generation={})


def _weighed(questions: Sequence[ChoiceQuestion], weigh: Weigher) -> Iterator[Mapping[int, str]]:
    for batch in weigh([(asked_openly(each), list(each.options.values())) for each in questions]):
        yield {place: _written(questions[place], weights) for place, weights in batch.items()}


def _written(question: ChoiceQuestion, weights: Sequence[Likelihood]) -> str:
    pairs = zip(question.options, weights, strict=True)
    return json.dumps({letter: [each.log, each.tokens] for letter, each in pairs})


def _read(reply: str) -> dict[str, Likelihood]:
    return {letter: Likelihood(log, tokens) for letter, (log, tokens) in json.loads(reply).items()}


def sittings(exam: Exam, chosen: Mapping[str, Mapping[Way, Mapping[str, Chosen]]]) -> tuple[Exam, list[Sitting]]:
    """The results of all models, on the questions that every one of them was given a reply to."""
    shared = [
        each for each in exam.questions if all(each.id in said for ways in chosen.values() for said in ways.values())
    ]
    if not shared:
        raise UsageError(f"no question of {exam.name} was answered by every model")
    found = []
    for model, ways in chosen.items():
        picked = {way: [said[each.id] for each in shared] for way, said in ways.items()}
        results = {way: exam_result(shared, said, way) for way, said in picked.items()}
        missing = len(exam.questions) - min(len(said) for said in ways.values())
        found.append(Sitting(model, results, picked, missing))
    return replace(exam, questions=shared), found
