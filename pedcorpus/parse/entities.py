"""One entity with its fields, from a row or a JSON object, to triples, passages and what the file cuts short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pedcorpus.normalise import fold
from pedcorpus.parse.cells import Names, cleaned, is_cut, is_prose, list_members, one_name, read_names, whole_sentences
from pedcorpus.parse.parser import Original, StreamRecord
from pedcorpus.parse.relation_words import IGNORED, RelationWords, Term
from pedcorpus.parse.relations import type_of
from pedcorpus.parse.rows import failure_of
from pedcorpus.records import Address, Failure, Passage, Triple

__all__ = ["Entity", "EntityReader", "Field", "read_entities"]


_TEXTS = {
    "desc",
    "description",
    "definition",
    "summary",
    "abstract",
    "comment",
    "intro",
    "简介",
    "描述",
    "定义",
    "概述",
}
"""Fields of sentences, whether or not they look so."""


@dataclass(frozen=True)
class Field:
    """One column or key of an entity."""

    key: str
    """As the file calls it; the heading of a text."""
    relation: str
    """As the work's declaration maps it; the key itself where it does not."""
    values: tuple[str, ...]
    """A list's members, or the one cell."""
    quote: str = ""
    """Verbatim text of the file that states the values; the value itself where empty."""
    shape: Literal["name", "text", ""] = ""
    """What each value is: one name, commas and all; a text; or, where empty, what it looks like."""
    row: int | None = None
    """Physical line, where it is another than the entity's."""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Entity:
    """What a file says of one entity in one place."""

    name: str
    kind: str
    fields: Sequence[Field]
    row: int | None = None
    start: int | None = None
    end: int | None = None
    attributes: tuple[tuple[str, str], ...] = ()


class EntityReader:
    """Reads entities one after the other; passages are numbered in their order."""

    def __init__(self, original: Original) -> None:
        self._original = original
        self._words = RelationWords(original.columns)
        self._position = 0

    def read(self, entity: Entity) -> Iterator[StreamRecord]:
        """Triples and passages of `entity`, and a failure for each field that the file cuts short."""
        for field in entity.fields:
            for record in _read_field(entity, field, self._original, self._words[field.relation], self._position):
                self._position += isinstance(record, Passage)
                yield record


def read_entities(entities: Iterable[Entity | Failure], original: Original) -> Iterator[StreamRecord]:
    """Records of all `entities`; failures pass through."""
    reader = EntityReader(original)
    for entity in entities:
        if isinstance(entity, Failure):
            yield entity
        else:
            yield from reader.read(entity)


def _read_field(entity: Entity, field: Field, original: Original, term: Term, position: int) -> Iterator[StreamRecord]:
    """A text gives a passage a paragraph; anything else a triple a name."""
    cut: list[str] = []
    for value in field.values if term.name != IGNORED else ():
        if _is_text(field, text := cleaned(value)):
            kept = whole_sentences(text)
            cut += [] if kept == text else [text[len(kept) :]]
            paragraphs = [stripped for line in kept.splitlines() if (stripped := line.strip())]
            for number, paragraph in enumerate(paragraphs, position):
                yield _passage(entity, field, original, paragraph, number)
            position += len(paragraphs)
            continue
        for names in _names(value, field, term):
            cut += names.cut
            for tail in names.whole:
                yield _triple(entity, field, original, term, tail, value)
    if cut:
        yield _cut_short(entity, field, original, cut)


def _is_text(field: Field, value: str) -> bool:
    if field.shape:
        return field.shape == "text"
    return is_prose(value) or (fold(field.relation) in _TEXTS and " " in value)


def _names(value: str, field: Field, term: Term) -> Iterator[Names]:
    """Only where a relation is known, or the file itself lists values, is a comma or space sure to part names."""
    if field.shape == "name":
        name = one_name(value)
        yield Names((), (name,)) if is_cut(name) else Names((name,) if name else (), ())
        return
    for member in list_members(value):
        yield read_names(member, listed=term.is_known or len(field.values) > 1)


def _triple(entity: Entity, field: Field, original: Original, term: Term, tail: str, value: str) -> Triple:
    return Triple(
        document=original.sha256,
        head=entity.name,
        relation=term.name,
        tail=tail,
        head_type=type_of(entity.kind) or term.head_type,
        tail_type=term.tail_type,
        attributes=dict(entity.attributes + field.attributes),
        quote=field.quote or value,
        address=_address(entity, field),
    )


def _passage(entity: Entity, field: Field, original: Original, text: str, position: int) -> Passage:
    path = (entity.name, field.key)
    return Passage(document=original.sha256, position=position, text=text, address=_address(entity, field, path))


def _address(entity: Entity, field: Field, path: tuple[str, ...] = ()) -> Address:
    return Address(
        heading_path=path, row=field.row or entity.row, entity=entity.name, start=entity.start, end=entity.end
    )


def _cut_short(entity: Entity, field: Field, original: Original, cut: Sequence[str]) -> Failure:
    at = str(entity.row) if entity.row is not None else entity.name
    shown = "; ".join(value.strip()[-40:] for value in cut[:3])
    detail = (
        f"{field.key} of {entity.name[:40]} is cut short or too long for a name: {shown}; "
        "left out: take the whole value from the source"
    )
    return failure_of(original, at, "truncated_value", detail, raw="; ".join(cut))
