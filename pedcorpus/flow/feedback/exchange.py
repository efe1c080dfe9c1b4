"""A rated exchange, as it was given and without what identifies anybody; only the latter is ever written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pedcorpus.curate.privacy import deidentified
from pedcorpus.records import Address, Dialogue, Turn
from pedcorpus.records.base import Record
from pedcorpus.settings import PrivacySettings

__all__ = ["WORK", "KeptExchange", "RatedExchange", "kept_exchange"]

WORK = "chat-feedback"
"""The work that rated exchanges are files of, and its folder in the workspace."""

Rating = Literal["up", "down"]


@dataclass(frozen=True)
class RatedExchange:
    """A reply, what it answered, and what somebody thought of it."""

    turns: Sequence[tuple[Literal["user", "assistant"], str]]
    """Up to the user's turn that was answered."""
    reply: str
    rating: Rating
    model: str
    """What the model that answered is called."""
    system: str = ""
    correction: str = ""
    """What should have been answered."""
    note: str = ""


class KeptExchange(Record):
    """The same de-identified, as it waits on disk."""

    said: Dialogue
    """The better answer comes last, the reply is `rejected` where it was corrected, the note is an attribute."""
    rating: Rating
    model: str

    @property
    def note(self) -> str:
        """What was said of the reply; empty for nothing."""
        return self.said.attributes.get("note", "")

    @property
    def teaches(self) -> bool:
        """Whether it ends with an answer that somebody holds right."""
        return self.rating == "up" or bool(self.said.rejected)


def kept_exchange(exchange: RatedExchange, privacy: PrivacySettings) -> KeptExchange:
    """`exchange` without what identifies anybody: one person has one surrogate throughout, the note included."""
    correction, note = exchange.correction.strip(), exchange.note.strip()
    turns = (
        *(Turn(role=role, content=text) for role, text in exchange.turns),
        Turn(role="assistant", content=correction or exchange.reply),
    )
    said = Dialogue(
        document=WORK,
        turns=turns,
        system=exchange.system,
        rejected=exchange.reply if correction else "",
        attributes={"note": note} if note else {},
        address=Address(row=1),
    )
    return KeptExchange(said=deidentified(said, privacy)[0], rating=exchange.rating, model=exchange.model)
