"""Properties of a node, as graph formats hang them on it: its name, its type, and what is left as fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pedcorpus.normalise import fold
from pedcorpus.parse.cells import one_name
from pedcorpus.parse.entities import Field
from pedcorpus.parse.json_rows import text_of
from pedcorpus.parse.limits import limits_in_force
from pedcorpus.parse.relation_words import IGNORED

__all__ = ["Described", "Related", "describe", "relate", "texts_of"]

_NAMES = ("name", "名称", "疾病名称", "疾病", "病名", "disease", "entity", "title", "label", "lbl", "caption", "标签")
"""The first that is there is the name."""
_TYPES = {"type", "entitytype", "类型", "实体类型", "kind", "group", "labels", "nodetype"}
_IDENTIFIERS = {"id", "oid", "url", "uri", "iri", "uniqueimportid", IGNORED}
_DRAWN = {"size", "color", "value", "x", "y", "degree"}
"""How a program draws the node."""
_RELATIONS = (
    "relation", "relationship", "关系", "rel", "pred", "predicate", "type", "label", "name", "interaction", "edgetype",
    "key",
)  # fmt: skip


class Described(NamedTuple):
    """What the properties of one node say."""

    name: str
    kind: str
    fields: tuple[Field, ...]


def describe(properties: Mapping[str, Any], declared: Mapping[str, str]) -> Described:
    """Name, type and fields in `properties`; `declared` maps their keys."""
    meanings = {key: declared.get(key, key) for key in properties}
    keys = {_key(meaning): key for key, meaning in reversed(meanings.items())}
    named = next((keys[name] for name in _NAMES if name in keys and one_name(text_of(properties[keys[name]]))), None)
    kind = ""
    fields: list[Field] = []
    for key, meaning in meanings.items():
        folded = _key(meaning)
        if key == named:
            continue
        if folded in _TYPES:
            kind = kind or _first_text(properties[key])
        elif folded not in _IDENTIFIERS | _DRAWN and (values := texts_of(properties[key])):
            fields.append(Field(text_of(key) or "?", text_of(meaning) or "?", values))
    return Described(one_name(text_of(properties[named])) if named is not None else "", kind, tuple(fields))


class Related(NamedTuple):
    """What the properties of one edge say."""

    relation: str
    """Empty where none of them names it."""
    attributes: tuple[tuple[str, str], ...]


def relate(properties: Mapping[str, Any], declared: Mapping[str, str]) -> Related:
    """The relation that an edge's properties name, and the others as attributes."""
    keys = {_key(declared.get(key, key)): key for key in reversed(list(properties))}
    named = next((keys[word] for word in _RELATIONS if word in keys and text_of(properties[keys[word]])), None)
    rest = ((text_of(key), text_of(value)) for key, value in properties.items() if key != named)
    attributes = tuple(
        (key, value) for key, value in rest if key and value and len(value) <= limits_in_force().name_chars
    )
    return Related(text_of(properties[named]) if named is not None else "", attributes)


def texts_of(value: Any) -> tuple[str, ...]:  # any JSON value
    """The texts and numbers in a value that is one, or a list of them."""
    members = value if isinstance(value, list) else [value]
    return tuple(text for member in members if (text := text_of(member)))


def _first_text(value: Any) -> str:
    return next(iter(texts_of(value)), "")


def _key(name: str) -> str:
    return fold(name).replace("_", "").lstrip(":")
