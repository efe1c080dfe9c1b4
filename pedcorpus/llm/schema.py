"""A pydantic model as the strict JSON Schema that providers hold a reply to.

Strict means: every object closed, every field required, and none of the keywords that providers refuse. What gets lost
on the way (lengths, defaults, discriminators) is held to by the model itself when the reply is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from pedcorpus.records import canonical_json

__all__ = ["ReplySchema", "reply_schema"]

_REFUSED = frozenset({"title", "default", "examples", "discriminator", "minLength", "maxLength", "uniqueItems"})
_MAPS = frozenset({"properties", "$defs"})  # their keys are names, not keywords


@dataclass(frozen=True)
class ReplySchema:
    """The schema of one reply, in the forms in which it is sent."""

    text: str
    """As JSON, to be put into a prompt."""
    response_format: dict[str, Any]
    """As the request's `response_format`; shared, never changed."""


@cache
def reply_schema(model: type[BaseModel]) -> ReplySchema:
    """The strict schema of `model`, worked out once."""
    schema = _strict(model.model_json_schema())
    name = re.sub(r"[^A-Za-z0-9_-]", "_", model.__name__)[:64]
    wrapped = {"name": name, "schema": schema, "strict": _is_closed(schema)}
    return ReplySchema(canonical_json(schema), {"type": "json_schema", "json_schema": wrapped})


def _strict(node: Any) -> Any:  # any part of a JSON Schema
    if isinstance(node, list):
        return [_strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return {"$ref": node["$ref"]}  # strict mode allows no keyword beside it
    strict: dict[str, Any] = {}
    for keyword, value in node.items():
        if keyword in _MAPS:
            strict[keyword] = {name: _strict(part) for name, part in value.items()}
        elif keyword == "oneOf":
            strict["anyOf"] = _strict(value)
        elif keyword not in _REFUSED:
            strict[keyword] = value if keyword in ("enum", "const") else _strict(value)
    if "properties" in strict:
        strict["required"] = list(strict["properties"])
        strict["additionalProperties"] = False
    return strict


def _is_closed(node: Any) -> bool:  # any part of a JSON Schema
    if isinstance(node, list):
        return all(_is_closed(item) for item in node)
    if not isinstance(node, dict):
        return True
    is_open = node.get("type") == "object" and node.get("additionalProperties") is not False
    return not is_open and all(_is_closed(part) for part in node.values())
