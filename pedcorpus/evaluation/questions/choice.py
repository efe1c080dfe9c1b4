"""Which of the questions are asked: whole tasks, or so many of each, the same ones for every model on every day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pedcorpus.errors import UsageError
from pedcorpus.evaluation.questions.question import Asked
from pedcorpus.records import content_id

__all__ = ["chosen"]


def chosen(asked: Asked, *, tasks: Collection[str] = (), limit: int | None = None) -> Asked:
    """The questions of `tasks`, at most `limit` of each, in their order; none of both takes all.

    Drawn by the hash of what is asked, so that a question is drawn whoever else is there.

    Raises:
        UsageError: there is no such task, or no question is left.
    """
    if unknown := [task for task in tasks if task not in asked.tasks]:
        known = ", ".join(asked.tasks)
        raise UsageError(f"no question of {asked.name} is of the task {unknown[0]!r}; it has: {known}")
    wanted = [question for question in asked.questions if not tasks or question.task in tasks]
    if limit is None:
        return replace(asked, questions=wanted)
    drawn: set[str] = set()
    for task in asked.tasks:
        of_task = [question for question in wanted if question.task == task]
        of_task.sort(key=lambda question: content_id("drawn", question.asked))
        drawn.update(question.id for question in of_task[:limit])
    return replace(asked, questions=[question for question in wanted if question.id in drawn])
