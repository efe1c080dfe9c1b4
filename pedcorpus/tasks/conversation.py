"""Conversations as instructions: what was said before, the last question, and the answer to it.

Five tasks share this record: real consultations, and the rows of existing data sets by what they are for.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from pedcorpus.normalise import split_sentences
from pedcorpus.records import Basis, Claim, Instruction, Message, Record
from pedcorpus.tasks.frames import names_to_ground

__all__ = ["Conversation", "Utterance"]


class Utterance(Record):
    """One turn before the last question."""

    role: Literal["user", "assistant"]
    content: str = Field(min_length=1)


class Conversation(Instruction):
    """A question, as a rule with what was said before it, and its answer in prose."""

    trains_experts: ClassVar[bool] = False

    system: str = ""
    """The system prompt, where the row has one."""
    history: tuple[Utterance, ...] = ()
    """Turns before the question, in the order in which they were held."""
    answer: str = Field(min_length=1)

    def conversation(self) -> tuple[Message, ...]:
        before = [Message(role="system", content=self.system)] if self.system else []
        before += [Message(role=turn.role, content=turn.content) for turn in self.history]
        return (*before, *super().conversation())

    def user_text(self) -> str:
        return self.question

    def answer_text(self) -> str:
        return self.answer

    def claims(self) -> tuple[Claim, ...]:
        answers = [("answer", self.answer)]
        answers += [
            (f"history.{index}.content", turn.content)
            for index, turn in enumerate(self.history)
            if turn.role == "assistant"
        ]
        return tuple(
            Claim(path=path, text=part, basis=Basis.QUOTED)
            for path, text in answers
            for sentence in split_sentences(text)
            for part in names_to_ground(sentence, self.evidence, language=self.language)
        )
