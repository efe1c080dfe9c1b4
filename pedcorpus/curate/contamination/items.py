"""What is compared: an item of an evaluation set, and a row that may be trained on."""

from __future__ import annotations

from dataclasses import dataclass, field

from pedcorpus.records import Instruction

__all__ = ["Item", "Row", "row_of"]


@dataclass(frozen=True)
class Item:
    """One question of an evaluation set."""

    set: str
    id: str
    """Its id in the set, or `row N`, counted from 1."""
    question: str
    options: tuple[str, ...] = ()
    answer: str = ""
    """The answer in words: of a letter, the option that it names."""
    topic: str = ""
    """Of an item of one's own test split: rows on the same topic are held out with it and are not compared."""
    kin: frozenset[str] = field(default_factory=frozenset)
    """Ids of instructions that are not compared with it: itself, and its near duplicates."""

    @property
    def is_own(self) -> bool:
        """Is it of one's own test split? Its question is often worded by a rule, as thousands of others are."""
        return bool(self.kin)


@dataclass(frozen=True)
class Row:
    """A text that may be trained on."""

    id: str
    """Of an instruction; of a plain text, whatever tells it from others."""
    asked: str
    """What the user says; of a plain text, all of it."""
    answered: str = ""
    topic: str = ""


def row_of(instruction: Instruction) -> Row:
    """The conversation of `instruction`, all turns."""
    spoken = instruction.messages
    return Row(
        id=instruction.id,
        asked="\n".join(message.content for message in spoken if message.role == "user"),
        answered="\n".join(message.content for message in spoken if message.role == "assistant"),
        topic=instruction.topic,
    )
