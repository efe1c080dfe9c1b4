"""New texts for some fields of an instruction → the instruction that they make, or what is wrong with them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from pedcorpus.errors import InputError, UsageError
from pedcorpus.records import Basis, Instruction
from pedcorpus.review.fields import EditableField, editable_fields
from pedcorpus.tasks.scene import number_text

__all__ = ["EditProblem", "changed_fields", "computed_texts", "edit_problems", "edited_instruction"]

_CODES = {
    "string_too_short": "empty",
    "too_short": "empty",
    "missing": "empty",
    "greater_than": "too_small",
    "greater_than_equal": "too_small",
    "less_than": "too_large",
    "less_than_equal": "too_large",
}
_BOUNDS = {"gt": "> ", "ge": "≥ ", "lt": "< ", "le": "≤ "}


@dataclass(frozen=True)
class EditProblem:
    """Why one field cannot hold what was written into it."""

    path: str
    code: str
    """`empty`, `not_a_number`, `not_a_choice`, `too_small`, `too_large`, or `schema` for anything else."""
    found: str
    expected: str
    """The bound, the choices, or the schema's own words."""

    def __str__(self) -> str:
        return f"{self.path}: {self.code.replace('_', ' ')}, found {self.found!r}, expected {self.expected}"


def changed_fields(original: Instruction, edits: Mapping[str, str]) -> tuple[tuple[EditableField, str], ...]:
    """The fields whose text differs from what stands there, with the new text, in the record's order.

    Raises:
        UsageError: a path that is not an editable field.
    """
    fields = editable_fields(original)
    unknown = sorted(edits.keys() - {item.path for item in fields})
    if unknown:
        known = ", ".join(item.path for item in fields)
        raise UsageError(f"{original.id}: {', '.join(unknown)} cannot be edited; fields that can: {known}")
    pairs = [(item, edits[item.path].strip()) for item in fields if item.path in edits]
    return tuple((item, text) for item, text in pairs if text != item.value.strip())


def computed_texts(instruction: Instruction) -> tuple[str, ...]:
    """Everything in the answer that is computed, in its order; an edit may change it without touching it."""
    return tuple(claim.text for claim in instruction.claims() if claim.basis is Basis.COMPUTED)


def edit_problems(original: Instruction, edits: Mapping[str, str]) -> tuple[EditProblem, ...]:
    """Everything that is wrong with `edits`; empty when they make a valid record."""
    made = _attempt(original, edits)
    return () if isinstance(made, Instruction) else made


def edited_instruction(original: Instruction, edits: Mapping[str, str]) -> Instruction:
    """`original` with new texts at dotted paths as `plan.0.text`, and `original` as its parent.

    Numbers are read from their text; what is computed from them is worked out anew. An element of a list
    goes when its first required text is emptied; a text at the place after the last element adds one.

    Raises:
        UsageError: a path that is not an editable field, or no change at all.
        InputError: a text that its field cannot hold; `where` is the field's path.
    """
    if not changed_fields(original, edits):
        raise UsageError(f"{original.id}: nothing was changed; accept it instead, or edit a field")
    made = _attempt(original, edits)
    if isinstance(made, Instruction):
        return made
    detail = "; ".join(str(problem) for problem in made)
    raise InputError(made[0].path, made[0].code, f"{detail}; correct the field")


def _attempt(original: Instruction, edits: Mapping[str, str]) -> Instruction | tuple[EditProblem, ...]:
    changes = changed_fields(original, edits)
    problems = [problem for item, text in changes if (problem := _reading_problem(item, text))]
    if problems:
        return tuple(problems)
    body = original.model_dump(mode="json", exclude={"messages"}) | {"parent": original.id}
    for item, text in changes:
        if not (item.is_new and not text):
            _place(body, item.path.split("."), _value(item, text))
    gone = _gone(changes)
    _remove(body, gone)
    try:
        return type(original).model_validate(body).recomputed()
    except ValidationError as error:
        return tuple(_problem(found, gone) for found in error.errors(include_url=False))


def _reading_problem(item: EditableField, text: str) -> EditProblem | None:
    if not text and item.required and not _ends_element(item):
        return EditProblem(item.path, "empty", text, "a value")
    if item.kind == "number" and text and not isinstance(_value(item, text), float):
        return EditProblem(item.path, "not_a_number", text, "a number")
    if item.kind == "choice" and text and text not in item.choices:
        return EditProblem(item.path, "not_a_choice", text, " / ".join(item.choices))
    return None


def _value(item: EditableField, text: str) -> str | float | None:
    if item.kind == "text":
        return text
    if item.kind == "choice" or not text:
        return text or None
    try:
        return float(unicodedata.normalize("NFKC", text))
    except ValueError:
        return text


def _ends_element(item: EditableField) -> bool:
    """Does emptying this text take its whole list element away?"""
    parts = item.path.split(".")
    return item.kind == "text" and item.required and any(part.isdigit() for part in parts)


def _gone(changes: tuple[tuple[EditableField, str], ...]) -> dict[str, list[int]]:
    """Indices of the elements to take away, by the path of their list."""
    gone: dict[str, list[int]] = {}
    for item, text in changes:
        if not text and not item.is_new and _ends_element(item):
            parts = item.path.split(".")
            place = next(index for index, part in enumerate(parts) if part.isdigit())
            indices = gone.setdefault(".".join(parts[:place]), [])
            if int(parts[place]) not in indices:
                indices.append(int(parts[place]))
    return gone


def _place(body: Any, parts: list[str], value: str | float | None) -> None:  # Any: JSON of any shape
    here, *rest = parts
    key: str | int = int(here) if here.isdigit() else here
    if isinstance(body, list) and key == len(body):
        body.append({} if rest else value)
    if rest:
        _place(body[key], rest, value)
    else:
        body[key] = value


def _remove(body: dict[str, Any], gone: dict[str, list[int]]) -> None:  # JSON values
    for path, indices in gone.items():
        elements: Any = body
        for part in path.split("."):
            elements = elements[part]
        for index in sorted(indices, reverse=True):
            del elements[index]


def _problem(error: Any, gone: dict[str, list[int]]) -> EditProblem:  # Any: one of pydantic's ErrorDetails
    context = error.get("ctx") or {}
    bound = next((f"{sign}{context[name]:g}" for name, sign in _BOUNDS.items() if name in context), error["msg"])
    code = _CODES.get(error["type"], "schema")
    found = number_text(error["input"]) if isinstance(error["input"], float) else str(error["input"])[:80]
    return EditProblem(_original_path(error["loc"], gone), code, found, bound)


def _original_path(location: tuple[str | int, ...], gone: dict[str, list[int]]) -> str:
    """The path before elements were taken away, so that the complaint stands at the reviewer's own field."""
    parts: list[str] = []
    for part in location:
        if isinstance(part, int):
            for index in sorted(gone.get(".".join(parts), [])):
                part += index <= part
        parts.append(str(part))
    return ".".join(parts)
