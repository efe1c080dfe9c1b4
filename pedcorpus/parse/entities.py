"""One entity with its fields, from a row or a JSON object, to triples and passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pedcorpus.parse.cells import is_prose, split_values
from pedcorpus.parse.parser import Original
from pedcorpus.parse.relations import relation_of, type_of, types_of
from pedcorpus.records import Address, Passage, Triple

__all__ = ["Entity", "Field", "entity_passages", "entity_triples"]


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


def _address(entity: Entity, path: tuple[str, ...] = ()) -> Address:
    return Address(heading_path=path, row=entity.row, entity=entity.name, start=entity.start, end=entity.end)


def entity_triples(entity: Entity, original: Original) -> Iterator[Triple]:
    """A triple for each name in the entity's fields."""
    for field in entity.fields:
        relation = relation_of(field.relation)
        head_type, tail_type = types_of(relation)
        for value in field.values:
            if is_prose(value):
                continue
            for tail in split_values(value):
                yield Triple(
                    document=original.sha256,
                    head=entity.name,
                    relation=relation,
                    tail=tail,
                    head_type=type_of(entity.kind) or head_type,
                    tail_type=tail_type,
                    attributes=dict(entity.attributes),
                    quote=field.quote or value,
                    address=_address(entity),
                )


def entity_passages(entity: Entity, original: Original, first: int) -> Iterator[Passage]:
    """A passage for each paragraph of the entity's texts, the first at position `first`."""
    texts = ((field.key, value) for field in entity.fields for value in field.values if is_prose(value))
    paragraphs = ((key, line.strip()) for key, value in texts for line in value.splitlines() if line.strip())
    for position, (key, paragraph) in enumerate(paragraphs, first):
        yield Passage(
            document=original.sha256,
            position=position,
            text=paragraph,
            address=_address(entity, (entity.name, key)),
        )
