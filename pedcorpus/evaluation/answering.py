"""Replies got from whoever answers, and kept as they come: what was answered once is never generated again.

Who answers is handed in: a model of `inference`, a served endpoint, or a test's function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pedcorpus.evaluation.likelihood import Likelihood
from pedcorpus.evaluation.naming import slug
from pedcorpus.evaluation.questions import Answer, Question
from pedcorpus.evaluation.reply_file import ReplyFile
from pedcorpus.records import Message, canonical_json, content_id

__all__ = ["Answerer", "Contestant", "Conversation", "Replies", "Weigher", "answered"]

Conversation = tuple[Message, ...]
"""Turns up to the one that is to be answered."""
Answerer = Callable[[Sequence[Conversation]], Iterator[Mapping[int, str]]]
"""Answers conversations in whatever order and batches suit it: each batch as replies by the conversation's place.

A place that never comes was not answered: an endpoint refused it, or the model's scores were no numbers."""
Weigher = Callable[[Sequence[tuple[Conversation, Sequence[str]]]], Iterator[Mapping[int, Sequence[Likelihood]]]]
"""How likely given answers to conversations are, in whatever order and batches: by the conversation's place."""


@dataclass(frozen=True)
class Contestant:
    """One model that takes part in an evaluation."""

    name: str
    """As tables call it; different from that of every other."""
    identity: str
    """Stands for weights, adapter and prompt template, or for an endpoint and its model: another identity, other
    replies."""
    start: Callable[[], Answerer]
    """Loads the model; called only where something is left to be answered."""
    generation: Mapping[str, str | int | float] = field(default_factory=dict)
    """Settings that replies depend on."""
    lineage: Mapping[str, str] = field(default_factory=dict)
    """Where it comes from, by stable codes: run, phase, export and its hash, folder."""
    start_weighing: Callable[[], Weigher] | None = None
    """Loads the model to weigh answers that others wrote; none where it only gives text, as behind an endpoint."""

    @property
    def key(self) -> str:
        """Stands for everything but the question that a reply follows from."""
        return content_id("contestant", self.identity, canonical_json(dict(self.generation)))


@dataclass(frozen=True)
class Replies:
    """What one model answered."""

    contestant: Contestant
    by_id: Mapping[str, str]
    """By the question's id; one that was not answered is not there."""
    path: Path
    """The run file, as `pedcorpus vote` reads it."""
    made: int
    """How many were generated now; the others stood already."""


def answered(
    contestant: Contestant,
    questions: Sequence[Question],
    folder: Path,
    *,
    on_reply: Callable[[int], None] | None = None,
) -> Replies:
    """The model's replies to `questions`, those that stand in `folder` and those that are made now.

    What comes together is on the disk before more is asked for; `on_reply` is told how many came.

    Raises:
        UsageError: the file is held by another process, or is none of ours.
    """
    path = folder / f"{slug(contestant.name)}-{contestant.key[:8]}.jsonl"
    made = 0
    with ReplyFile(path, model=contestant.name) as kept:
        standing = kept.standing(questions)
        missing = [question for question in questions if question.id not in standing]
        if on_reply is not None:
            on_reply(len(standing))
        for batch in contestant.start()([question.messages for question in missing]) if missing else ():
            answers = [Answer(missing[place], _whole(reply)) for place, reply in batch.items()]
            kept.append(answers)
            standing |= {answer.question.id: answer.reply for answer in answers}
            made += len(batch)
            if on_reply is not None:
                on_reply(len(batch))
    return Replies(contestant, standing, path, made)


def _whole(reply: str) -> str:
    """Without half a character, as a reply that was cut off may end with: it could not be written."""
    return reply.encode("utf-8", "replace").decode()
