"""A real conversation as it is put before a model: numbered lines with their speakers, between marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pedcorpus.generate.hidden_orders import speaks_to_a_model
from pedcorpus.llm import boundary_around, shown_between
from pedcorpus.records import Dialogue, Turn

__all__ = ["answered_part", "holds_orders", "mark_of", "shown_turns"]

_ANSWERING = frozenset({"doctor", "assistant"})


def answered_part(dialogue: Dialogue) -> tuple[int, Sequence[Turn]]:
    """The turns from the first question to the last answer, and the number of the first of them; none if unanswered."""
    answers = [index for index, turn in enumerate(dialogue.turns) if turn.role in _ANSWERING]
    asked = [index for index, turn in enumerate(dialogue.turns) if turn.role not in _ANSWERING]
    if not answers or not asked or answers[-1] < asked[0]:
        return 0, ()
    return asked[0], dialogue.turns[asked[0] : answers[-1] + 1]


def holds_orders(dialogue: Dialogue) -> bool:
    """Does anybody in it give orders to a language model? Then nothing is made of it."""
    return any(speaks_to_a_model(turn.content) for turn in dialogue.turns)


def mark_of(dialogue: Dialogue) -> str:
    """A mark that does not occur in the conversation."""
    return boundary_around(dialogue.id, "\n".join(turn.content for turn in dialogue.turns))


def shown_turns(turns: Sequence[Turn], mark: str, *, speakers: Mapping[str, str], colon: str) -> str:
    """The turns, numbered from 1, one a line."""
    rows = [
        f"[{number}] {speakers[turn.role]}{colon}{' '.join(turn.content.split())}"
        for number, turn in enumerate(turns, 1)
    ]
    return shown_between(mark, rows)
