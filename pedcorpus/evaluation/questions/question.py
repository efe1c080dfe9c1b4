"""What a model is asked in an evaluation, and what its answer is held against; where it comes from is not told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pedcorpus.records import Instruction, Message, content_id

__all__ = ["Answer", "Asked", "Question", "Quoted"]

_PAPER = ("medkqa", "evidiag", "trerecom")


@dataclass(frozen=True)
class Quoted:
    """Words of a source on which the reference answer rests, and where they stand."""

    source: str
    text: str
    where: str = ""
    """Heading path and page, or the row of a graph's file."""


@dataclass(frozen=True)
class Question:
    """One question of an evaluation."""

    id: str
    messages: tuple[Message, ...]
    """The conversation up to the answer: its last turn is the user's."""
    reference: str
    """The answer that a model's is compared with."""
    task: str = ""
    topic: str = ""
    language: str = "zh"
    evidence: tuple[Quoted, ...] = ()
    record: Instruction | None = None
    """The whole record, with the task's own fields; none in questions of a file."""
    is_held_out: bool | None = None
    """Is no row that was trained on about its topic? None where nothing tells."""

    @property
    def text(self) -> str:
        """What the user says, all turns of it."""
        return "\n".join(message.content for message in self.messages if message.role == "user")

    @cached_property
    def asked(self) -> str:
        """Hash of the conversation: a reply answers this, whatever the id and the reference are."""
        return content_id("asked", *(part for each in self.messages for part in (each.role, each.content)))


@dataclass(frozen=True)
class Answer:
    """One question with one model's reply to it: what a score judges."""

    question: Question
    reply: str


@dataclass(frozen=True)
class Asked:
    """The questions of an evaluation, and what was left out of it and why."""

    name: str
    """Of the export's version, or of the file."""
    sha256: str
    """Of the export's manifest, or of the file."""
    questions: Sequence[Question]
    left_out: tuple[tuple[str, int], ...] = ()
    """Reasons as stable codes, with how many questions each kept out."""

    @property
    def tasks(self) -> list[str]:
        """Tasks: the paper's three in its order, then others as they first come."""
        found = dict.fromkeys(question.task for question in self.questions)
        return [*(task for task in _PAPER if task in found), *(task for task in found if task not in _PAPER)]
