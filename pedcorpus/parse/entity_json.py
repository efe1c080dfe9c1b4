"""Knowledge graphs kept as JSON: one object an entity, as medical encyclopaedias are, or one object a statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from pedcorpus.errors import InputError
from pedcorpus.normalise import fold
from pedcorpus.parse.cells import is_cut, one_name
from pedcorpus.parse.entities import Entity, Field, read_entities
from pedcorpus.parse.graph_stream import GraphParser
from pedcorpus.parse.json_rows import text_of
from pedcorpus.parse.json_scan import JsonElement, scan_json
from pedcorpus.parse.json_shape import shape_of
from pedcorpus.parse.parser import Original, StreamRecord
from pedcorpus.parse.relation_words import IGNORED
from pedcorpus.parse.rows import failure_of
from pedcorpus.parse.table_columns import role_of
from pedcorpus.records import Failure

__all__ = ["PARSER"]

_LISTS = ("data", "rows", "records", "items", "entities", "diseases", "triples")
"""Keys that may hold all rows of a file."""
_NAMES = {"name", "名称", "疾病", "疾病名称", "病名", "disease", "entity", "title", "label"}
_TYPES = {"type", "entitytype", "类型", "实体类型"}
_IDENTIFIERS = {"id", "oid", "url", IGNORED}
_STATEMENT = {"head", "relation", "tail"}
_PROBE = 1_000
"""Rows among which one must be an entity for the file to be a graph."""


def _key(name: str) -> str:
    return fold(name).replace("_", "")


def _row(element: JsonElement, text: str, original: Original) -> Entity | Failure:
    if not isinstance(element.value, dict):
        found = "no JSON" if element.problem else f"a {type(element.value).__name__}"
        problem = element.problem or f"found {found}, expected an object; correct or delete it"
    else:
        raw = text[element.start : element.end]
        entity = _statement(element, raw, original.columns) or _entity(element, original.columns)
        if entity is not None:
            return entity
        problem = "found no name, expected a key `name` (or 名称); add it, or map it under [columns]"
    raw = text[element.start : min(element.end, element.start + 1_000)]
    return failure_of(original, str(element.line), "bad_row", problem, raw=raw)


def _statement(element: JsonElement, raw: str, declared: Mapping[str, str]) -> Entity | None:
    """The statement that an object with head, relation and tail is, as an entity with the one field."""
    roles: dict[str, str] = {}
    for key, member in element.value.items():
        if (role := role_of(declared.get(key, key))) and (text := text_of(member)):
            roles.setdefault(role, text)
    if not roles.keys() >= _STATEMENT:
        return None
    field = Field(roles["relation"], roles["relation"], (roles["tail"],), raw, shape="name")
    return Entity(roles["head"], roles.get("head_type", ""), [field], row=element.line)


def _entity(element: JsonElement, declared: Mapping[str, str]) -> Entity | None:
    """The entity that an object describes; none where it has no name."""
    name, kind = "", ""
    fields: list[Field] = []
    for key, member in element.value.items():
        meaning = declared.get(key, key)
        folded = _key(meaning)
        if folded in _NAMES and not name:
            name = one_name(text_of(member))
        elif folded in _TYPES:
            kind = text_of(member)
        elif folded not in _IDENTIFIERS and (values := _values(member)):
            fields.append(Field(text_of(key) or "?", text_of(meaning) or "?", values))
    return Entity(name, kind, fields, row=element.line) if name and not is_cut(name) else None


def _values(value: Any) -> tuple[str, ...]:  # any JSON value
    members = value if isinstance(value, list) else [value]
    return tuple(text for member in members if (text := text_of(member)))


def _records(text: str, original: Original) -> Iterator[StreamRecord]:
    rows = (_row(element, text, original) for element in scan_json(text, original.path, lists=_LISTS))
    first = list(islice(rows, _PROBE))
    if not any(isinstance(row, Entity) for row in first):
        detail = "found no object with a name, expected one object an entity with a key `name`; correct the file"
        raise InputError(original.path, "missing_columns", detail)
    yield from read_entities(chain(first, rows), original)


PARSER = GraphParser(
    name="entity_json",
    version=2,
    suffixes=frozenset({".json", ".jsonl", ".ndjson"}),
    looks_right=lambda original: shape_of(original) == "entities",
    read=_records,
)
