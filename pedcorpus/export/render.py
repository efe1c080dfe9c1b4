"""Stored rows, a portion at a time, as the columns of `instructions/*.parquet`: what can run in any process.

A row is rendered by its task's record. The record is read back from what is stored without validating it again; where
that cannot be done, or the task looks at its evidence to render an answer, it is validated whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa

from pedcorpus.export.tables import DECISIONS, SCHEMAS
from pedcorpus.records import Instruction, Message, NotPlain, Tier, canonical_json, content_id, read_back
from pedcorpus.tasks import instruction_from_json, task_of

__all__ = ["RENDERED", "Renderer", "message_rows"]

_COLUMNS = frozenset({"task", "topic", "evidence", "language", "license", "tier", "generator", "parent"})
"""Fields of a record that are columns of their own; the rest is in `fields`."""
_EVIDENCE = frozenset({"evidence"})
_HASH = pa.binary(10)

RENDERED = pa.schema(
    [
        *SCHEMAS["instructions"],
        pa.field("text", _HASH),  # identity and place of the row as completion text
        pa.field("draw", _HASH),  # and its lot, where only some are drawn
        pa.field("decided", pa.string()),  # canonical JSON of its decisions, with commas between them
    ]
)
"""A rendered row: what is written, and what is worked out of it on the way."""

Row = dict[str, Any]  # JSON values


def message_rows(messages: tuple[Message, ...]) -> list[dict[str, str]]:
    """Messages in the chat format of the field."""
    return [{"role": message.role, "content": message.content} for message in messages]


@dataclass(frozen=True)
class Renderer:
    """How rows of a release are told; it travels to other processes."""

    is_internal: bool
    """Do reviewers keep their names, and their notes their words?"""
    reviewers: Mapping[str, str]
    """How each is called."""

    def __call__(self, stored: pa.Table) -> pa.Table:
        """`RENDERED` rows of `STORED` ones."""
        own = [self._own(*values) for values in _rows(stored, "id", "license", "tier", "body", "rest")]
        said = [self._said(*values) for values in _rows(stored, "id", "decisions")]
        made = {name: [row[name] for row in own] for name in own[0]} if own else {}
        made |= {"decisions": [shown for shown, _ in said], "decided": [text for _, text in said]}
        columns = [
            pa.array(made[field.name], field.type) if field.name in made else stored.column(field.name).cast(field.type)
            for field in RENDERED
        ]
        return pa.table(columns, schema=RENDERED)

    def _own(self, name: str, license_name: str, tier: str, body: str, rest: str) -> Row:
        fields = json.loads(rest)
        fields.pop("evidence", None)
        messages = _messages(name, fields, body, {"license": license_name, "tier": tier})
        text = "\n".join(message.content for message in messages)
        return {
            **{column: fields[column] for column in ("task", "topic", "language", "generator", "parent")},
            "messages": message_rows(messages),
            "fields": canonical_json({key: value for key, value in fields.items() if key not in _COLUMNS}),
            "text": bytes.fromhex(content_id("cpt-order", text)),
            "draw": bytes.fromhex(content_id("cpt-draw", text)),
        }

    def _said(self, name: str, decisions: list[Row] | None) -> tuple[list[Row], str]:
        """The decisions as they are shown, and as they are hashed."""
        if not decisions:
            return [], ""
        place = {decision["id"]: number for number, decision in enumerate(decisions)}
        whole = ({key: value for key, value in decision.items() if key != "id"} for decision in decisions)
        return [self._shown(name, decision, place) for decision in decisions], ",".join(map(canonical_json, whole))

    def _shown(self, name: str, decision: Row, place: Mapping[str, int]) -> Row:
        """Notes are free text that may name people, and so do flags: both stay in tier internal."""
        kept = {field.name: decision[field.name] for field in DECISIONS.value_type if field.name != "undoes"}
        free = {} if self.is_internal else {"note": "", "colleague": ""}
        return (kept | free) | {
            "reviewer": self.reviewers[decision["reviewer"]],
            "undoes": place.get(decision["undoes"] or ""),
            "instruction": None if decision["instruction"] == name else decision["instruction"],
        }


def _rows(table: pa.Table, *names: str) -> Iterator[tuple[Any, ...]]:  # values of those columns
    return zip(*(table.column(name).to_pylist() for name in names), strict=True)


@cache
def _record_of(task: str) -> type[Instruction]:
    return task_of(task).record


def _messages(name: str, fields: Row, body: str, rights: Row) -> tuple[Message, ...]:
    try:
        values = fields | {"license": rights["license"], "tier": Tier(rights["tier"])}
        return read_back(_record_of(fields["task"]), values, without=_EVIDENCE).messages
    except (NotPlain, AttributeError):
        return instruction_from_json(canonical_json(json.loads(body) | rights), where=name).messages
