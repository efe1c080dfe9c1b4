"""The shape of a reply to one request: a list of drafts, one for each slot, told apart by their task.

The schema that is sent is strict; what comes back is validated draft by draft, so that one bad draft does not cost
the others of a reply that is paid for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, WithJsonSchema, create_model

from pedcorpus.tasks.writing import Draft, Writing

__all__ = ["RolePlayReply", "reply_shape"]

_WORDS = frozenset({"title", "description"})  # the prompt says them; every request would pay for them again


class RolePlayReply(BaseModel):
    """Drafts as they came."""

    drafts: list[dict[str, Any]]


def reply_shape(writings: Mapping[str, Writing]) -> type[RolePlayReply]:
    """The reply for drafts of these tasks; the same tasks have the same type."""
    return _shape(tuple(writing.draft for _, writing in sorted(writings.items())))


@cache
def _shape(drafts: tuple[type[Draft], ...]) -> type[RolePlayReply]:
    items = {"anyOf": [_plain_schema(draft) for draft in drafts]}
    field = Annotated[list[dict[str, Any]], WithJsonSchema({"type": "array", "items": items})]
    return create_model("RolePlayReply", __base__=RolePlayReply, __module__=__name__, drafts=(field, ...))


def _plain_schema(draft: type[Draft]) -> dict[str, Any]:
    """The draft's JSON Schema with its parts in place and without words."""
    schema = draft.model_json_schema()
    definitions = schema.pop("$defs", {})

    def walk(node: Any, *, is_map: bool = False) -> Any:  # any part of a JSON Schema
        if isinstance(node, list):
            return [walk(item) for item in node]
        if not isinstance(node, dict):
            return node
        if reference := node.get("$ref"):
            return walk(definitions[reference.rpartition("/")[2]])
        return {
            key: walk(value, is_map=key == "properties") for key, value in node.items() if is_map or key not in _WORDS
        }

    return {key: walk(value, is_map=key == "properties") for key, value in schema.items() if key not in _WORDS}
