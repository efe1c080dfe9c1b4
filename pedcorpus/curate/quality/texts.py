"""The texts of an instruction that somebody is trained on, each with the field it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pedcorpus.records import Instruction, Record

__all__ = ["SaidText", "said_texts"]

_NOT_SAID = frozenset(Instruction.model_fields) - {"question"}
"""What a record holds beside question and answer."""
_PARTS = frozenset({"basis", "role", "unit", "aspect", "sex"})
"""Codes."""


@dataclass(frozen=True, slots=True)
class SaidText:
    """One text of a record."""

    path: str
    text: str
    is_asked: bool
    """Whether the user says it, not the assistant."""


def said_texts(instruction: Instruction) -> Iterator[SaidText]:
    """Every text of `instruction` but its evidence and where it comes from, in the order of its fields."""
    for name in type(instruction).model_fields:
        if name not in _NOT_SAID:
            yield from _texts(getattr(instruction, name), name, is_asked=name in ("question", "findings", "system"))


def _texts(value: object, path: str, *, is_asked: bool) -> Iterator[SaidText]:
    if isinstance(value, str):
        if value:
            yield SaidText(path, value, is_asked)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, f"{path}.{index}", is_asked=is_asked)
    elif isinstance(value, Record):
        asked = is_asked or getattr(value, "role", "") == "user"
        for name in type(value).model_fields:
            if name not in _PARTS:
                yield from _texts(getattr(value, name), f"{path}.{name}", is_asked=asked)
