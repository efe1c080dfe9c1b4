"""The texts of a record, each with its field and with who says it."""

from __future__ import annotations

from typing import NamedTuple

from pedcorpus.records import Instruction

__all__ = ["Place", "places_of"]

_STATEMENTS = ("plan", "cautions", "follow_up", "advice")


class Place(NamedTuple):
    """One text of a record."""

    path: str
    text: str
    is_told: bool
    """Said by the asker: of a child that is there, not of children."""


def places_of(instruction: Instruction) -> list[Place]:
    """Everything that is said in `instruction`, the asker's words first."""
    fields = vars(instruction)  # a model's own lookup of what it does not have is slow
    places = [Place("question", fields["question"], True)]
    for name in ("findings", "investigations"):
        places += [Place(f"{name}.{index}", text, True) for index, text in enumerate(fields.get(name, ()))]
    for index, turn in enumerate(fields.get("history", ())):
        places.append(Place(f"history.{index}.content", turn.content, turn.role == "user"))
    if answer := fields.get("answer"):
        places.append(Place("answer", answer, False))
    for name in _STATEMENTS:
        places += [Place(f"{name}.{index}.text", item.text, False) for index, item in enumerate(fields.get(name, ()))]
    return places
