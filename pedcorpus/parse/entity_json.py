"""Knowledge graphs kept as JSON, one object an entity, as medical encyclopaedias are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pedcorpus.errors import InputError
from pedcorpus.normalise import fold
from pedcorpus.parse.decode import read_text
from pedcorpus.parse.entities import Entity, Field, entity_passages, entity_triples
from pedcorpus.parse.graph import merge_statements
from pedcorpus.parse.json_rows import JsonRow, looks_like_json, read_objects, text_of
from pedcorpus.parse.parser import Original, Parsed
from pedcorpus.parse.rows import document_of, failure_of
from pedcorpus.records import Failure, Passage, SourceKind, Triple

__all__ = ["PARSER", "EntityJsonParser"]

_NAMES = {"name", "名称", "疾病", "疾病名称", "病名", "disease", "entity", "title", "label"}
_TYPES = {"type", "entitytype", "类型", "实体类型"}
_IDENTIFIERS = {"id", "oid", "url"}


def _key(name: str) -> str:
    return fold(name).replace("_", "")


def _entity(row: JsonRow, declared: Mapping[str, str]) -> Entity | None:
    """The entity that an object describes; none where it has no name."""
    name, kind = "", ""
    fields: list[Field] = []
    for key, value in (row.value or {}).items():
        meaning = declared.get(key, key)
        folded = _key(meaning)
        if folded in _NAMES and not name:
            name = text_of(value)
        elif folded in _TYPES:
            kind = text_of(value)
        elif folded not in _IDENTIFIERS and (values := _values(value)):
            fields.append(Field(text_of(key) or "?", text_of(meaning) or "?", values))
    return Entity(name, kind, fields, row=row.line) if name else None


def _values(value: Any) -> tuple[str, ...]:  # any JSON value
    members = value if isinstance(value, list) else [value]
    return tuple(text for member in members if (text := text_of(member)))


def _failure(row: JsonRow, original: Original) -> Failure:
    problem = row.problem or "found no name, expected a key `name` (or 名称); add it, or map it under [columns]"
    return failure_of(original, row.at, "bad_row", problem, raw=row.raw)


def _entities(text: str, original: Original) -> Iterator[Entity | Failure]:
    for row in read_objects(text, original.path):
        entity = _entity(row, original.columns) if row.value is not None else None
        yield entity if entity is not None else _failure(row, original)


class EntityJsonParser:
    """JSON and JSON Lines in works of kind graph."""

    name = "entity_json"
    version = 1
    suffixes = frozenset({".json", ".jsonl", ".ndjson"})
    kinds = frozenset({SourceKind.GRAPH})

    def recognises(self, original: Original) -> bool:
        return looks_like_json(original.data)

    def parse(self, original: Original) -> Parsed:
        decoded = read_text(original)
        found = list(_entities(decoded.text, original))
        entities = [entity for entity in found if isinstance(entity, Entity)]
        if not entities:
            detail = "found no object with a name, expected one object an entity with a key `name`; correct the file"
            raise InputError(original.path, "missing_columns", detail)
        return Parsed(
            document_of(original, f"{self.name}@{self.version}", encoding=decoded.encoding),
            passages=_passages(entities, original),
            triples=_triples(entities, original),
            failures=tuple(failure for failure in found if isinstance(failure, Failure)),
        )


def _triples(entities: list[Entity], original: Original) -> tuple[Triple, ...]:
    return merge_statements(triple for entity in entities for triple in entity_triples(entity, original))


def _passages(entities: list[Entity], original: Original) -> tuple[Passage, ...]:
    passages: list[Passage] = []
    for entity in entities:
        passages.extend(entity_passages(entity, original, len(passages)))
    return tuple(passages)


PARSER = EntityJsonParser()
