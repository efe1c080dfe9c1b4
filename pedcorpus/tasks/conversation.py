"""Conversations as instructions: what was said before, the last question, and the answer to it.

Five tasks share this record: real consultations, and the rows of existing data sets by what they are for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import Field

from pedcorpus.normalise import split_sentences
from pedcorpus.records import Claim, Instruction, Message, Record
from pedcorpus.tasks.courtesy import is_courtesy
from pedcorpus.tasks.frames import said_claims

__all__ = ["Conversation", "Rewrite", "Utterance"]


@dataclass(frozen=True)
class Rewrite:
    """A reply in the record, and what was really said there."""

    path: str
    text: str
    original: str


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
        """Every sentence of the assistant's that says something, resting on what had been said by then."""
        return tuple(
            claim
            for path, text, turn in self._replies()
            for sentence in split_sentences(text)
            if not is_courtesy(sentence)
            for claim in said_claims(path, sentence, self.evidence, language=self.language, cited=self._until(turn))
        )

    def rewrites(self) -> tuple[Rewrite, ...]:
        """The assistant's replies whose original words are in the evidence, each with these."""
        quotes = {item.address.turn: item.quote for item in self.evidence}
        return tuple(
            Rewrite(path, text, quotes[turn])
            for path, text, turn in self._replies()
            if turn is not None and turn in quotes
        )

    def _replies(self) -> Iterator[tuple[str, str, int | None]]:
        """Path, words and turn in the real conversation of each of the assistant's replies.

        Conversations are taken whole up to their last answer, so turns are counted back from that.
        """
        last = max((item.address.turn for item in self.evidence if item.address.turn is not None), default=None)
        yield "answer", self.answer, last
        for index, turn in enumerate(self.history):
            if turn.role == "assistant":
                place = None if last is None else last - 1 - len(self.history) + index
                yield f"history.{index}.content", turn.content, place

    def _until(self, turn: int | None) -> tuple[int, ...]:
        """Evidence up to this turn: what was said later is no support. None where that is not known: any may serve."""
        if turn is None:
            return ()
        places = [item.address.turn for item in self.evidence]
        return tuple(index for index, place in enumerate(places) if place is not None and place <= turn)
