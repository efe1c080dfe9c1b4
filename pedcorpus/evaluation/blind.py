"""What a voter may know: questions and answers by their place on the screen. Whose they are stays behind this door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from pedcorpus.records import Choice, Dimension, Message, content_id

__all__ = ["Ballot", "BlindPair", "Side", "ballot_order", "choice_of", "left_run", "side_of"]

Side = Literal["left", "right", "tie"]
"""Which of the two on the screen is better."""


@dataclass(frozen=True)
class BlindPair:
    """One question with two answers, as a voter sees them."""

    id: str
    messages: tuple[Message, ...]
    """What was asked, without what a model was told about itself."""
    left: str
    right: str
    task: str = ""
    topic: str = ""


class Ballot(Protocol):
    """One doctor's votes on one pairing; every call is durable when it returns."""

    @property
    def voter(self) -> str: ...

    @property
    def pairs(self) -> Sequence[BlindPair]:
        """In the order in which they are shown."""

    @property
    def handed_in(self) -> bool:
        """Whether this doctor is done; nothing can be cast any more."""

    @property
    def earlier(self) -> int:
        """Pairs that this doctor judged of the same runs before they changed; they count there, not here."""

    def judged(self) -> Mapping[str, Mapping[Dimension, Side]]:
        """What this doctor said so far, by pair."""

    def cast(self, pair_id: str, said: Mapping[Dimension, Side], *, seconds: float | None) -> None:
        """Store votes on one pair.

        Raises:
            UsageError: the session was handed in, here or elsewhere.
            CorpusError: they could not be stored.
        """

    def hand_in(self) -> None:
        """Be done; the votes stand from now on.

        Raises:
            UsageError: the session was handed in, here or elsewhere.
            CorpusError: it could not be stored.
        """


def ballot_order(pairs: Iterable[str], *, pairing: str, salt: str) -> list[str]:
    """An order that nobody chose, one and the same for all doctors: who stops early has judged what others judge."""
    return sorted(pairs, key=lambda pair: content_id("order", salt, pairing, pair))


def left_run(run_a: str, run_b: str, *, pair: str, voter: str, salt: str) -> Literal["a", "b"]:
    """The run that stands first for this voter; by a hash, so that it is the same whenever it is asked."""
    drawn = {run: content_id("side", salt, voter, pair, run) for run in (run_a, run_b)}
    return "a" if drawn[run_a] < drawn[run_b] else "b"


def choice_of(side: Side, *, left: Literal["a", "b"]) -> Choice:
    """The run that a side stood for."""
    if side == "tie":
        return Choice.TIE
    return Choice.A if (side == "left") == (left == "a") else Choice.B


def side_of(choice: Choice, *, left: Literal["a", "b"]) -> Side:
    """Where the run that was chosen stands."""
    if choice is Choice.TIE:
        return "tie"
    return "left" if choice.value == left else "right"
