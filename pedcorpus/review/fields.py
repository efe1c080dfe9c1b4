"""Which fields of an instruction a reviewer may write in, each with its path, its words and its value.

Provenance (evidence, licence, tier, generator) and what is computed from other fields are not among them:
they are the machine's word, not the reviewer's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from pedcorpus.records import Instruction, Record
from pedcorpus.review.labels import field_label
from pedcorpus.tasks import Label
from pedcorpus.tasks.scene import number_text

__all__ = ["EditableField", "FieldKind", "editable_fields"]

FieldKind = Literal["text", "number", "choice"]

_PROVENANCE = frozenset({"task", "evidence", "asker", "language", "license", "tier", "generator", "parent"})
_COMPUTED = "computed_"
_FIRST, _LAST = "question", "topic"


@dataclass(frozen=True)
class EditableField:
    """One place a reviewer may write in."""

    path: str
    label: Label
    value: str
    """As it stands now, as text; empty when absent."""
    kind: FieldKind = "text"
    choices: tuple[str, ...] = ()
    """Every value a choice may take."""
    required: bool = False
    """Whether it may not be empty, unless its whole list element is to go."""
    is_new: bool = False
    """A blank place after a list's last element; filled in, it becomes one more."""


def editable_fields(instruction: Instruction) -> tuple[EditableField, ...]:
    """Everything that may be edited: the question first, the task's fields in their order, the topic last."""
    fields = [item for item in _fields_of(instruction, "") if item.path.split(".")[0] not in _PROVENANCE]
    rank = {_FIRST: 0, _LAST: 2}
    return tuple(sorted(fields, key=lambda item: rank.get(item.path, 1)))


def _fields_of(record: Record, prefix: str) -> Iterator[EditableField]:
    for name, info in type(record).model_fields.items():
        if name != "evidence" and not name.startswith(_COMPUTED):
            yield from _field(f"{prefix}{name}", getattr(record, name), info)


def _field(path: str, value: Any, info: FieldInfo) -> Iterator[EditableField]:  # Any: a field of any record
    annotation, optional = _without_none(info.annotation)
    if isinstance(value, Record):
        yield from _fields_of(value, f"{path}.")
    elif isinstance(value, tuple):
        yield from _elements(path, value, get_args(annotation)[0])
    elif get_origin(annotation) is Literal and len(get_args(annotation)) > 1:
        choices = tuple(str(choice) for choice in get_args(annotation))
        yield EditableField(path, field_label(path), str(value or ""), "choice", choices, required=not optional)
    elif annotation is float or annotation is int:
        text = "" if value is None else number_text(value)
        yield EditableField(path, field_label(path), text, "number", required=not optional)
    elif annotation is str:
        yield EditableField(path, field_label(path), value or "", required=info.is_required())


def _without_none(annotation: Any) -> tuple[Any, bool]:  # Any: annotations have no common type
    if get_origin(annotation) in (Union, UnionType):
        kept = [item for item in get_args(annotation) if item is not NoneType]
        return kept[0], len(kept) < len(get_args(annotation))
    return annotation, False


def _elements(path: str, values: tuple[Any, ...], element: Any) -> Iterator[EditableField]:  # as above
    for index, value in enumerate(values):
        if isinstance(value, Record):
            yield from _fields_of(value, f"{path}.{index}.")
        elif isinstance(value, str):
            yield EditableField(f"{path}.{index}", field_label(f"{path}.{index}"), value, required=True)
    blank = f"{path}.{len(values)}"
    if element is str:
        yield EditableField(blank, field_label(blank), "", is_new=True)
    elif only := sole_text(element):
        yield EditableField(f"{blank}.{only}", field_label(f"{blank}.{only}"), "", is_new=True)


def sole_text(element: Any) -> str:  # as above
    """The one field that a list element needs, when it is a text: `text` of a statement; else empty."""
    if not (isinstance(element, type) and issubclass(element, Record)):
        return ""
    needed = [name for name, info in element.model_fields.items() if info.is_required()]
    return needed[0] if len(needed) == 1 and element.model_fields[needed[0]].annotation is str else ""
