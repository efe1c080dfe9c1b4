"""One row of a run's file → a reply, or what is wrong with it. Where rows come from is `run_file`'s business."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pedcorpus.records import Message, RunReply

__all__ = ["BadRow", "Raw", "asked_of_row", "id_of_row", "json_row", "reply_of_row", "text_of_row"]

Raw = Mapping[str, Any]  # JSON values by field

_ASKED = ("messages", "prompt", "question")
_ROLES = ("system", "user", "assistant")


class BadRow(ValueError):
    """Raised when a row is no reply; its text says what was found and what was expected."""


def json_row(text: str) -> Raw:
    """The object that one line of JSON Lines holds.

    Raises:
        BadRow: it holds none, or one with a field that stands twice.
    """
    try:
        value = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise BadRow(f"no JSON at column {error.colno}: {error.msg}; write one object a line") from error
    except RecursionError as error:
        raise BadRow("its brackets lie too deep in one another") from error
    if not isinstance(value, Mapping):
        raise BadRow(f"holds {_kind(value)}, expected an object with id, question and reply")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:  # JSON values
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadRow(f"{twice!r} stands twice in one object; keep one")
    return made


def reply_of_row(row: Raw) -> RunReply:
    """The reply that `row` is; fields that mean nothing here are passed over.

    Raises:
        BadRow: a field is missing, or of the wrong kind.
    """
    return RunReply(
        id=id_of_row(row),
        messages=asked_of_row(row),
        reply=text_of_row(row, "reply", is_required=True),
        model=text_of_row(row, "model"),
        task=text_of_row(row, "task"),
        topic=text_of_row(row, "topic"),
    )


def id_of_row(row: Raw) -> str:
    """The row's id.

    Raises:
        BadRow: it has none.
    """
    value = row.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str) and value.strip():
        return _whole(value, "id")
    raise BadRow(f"id is {_kind(value)}, expected a text or a whole number")


def text_of_row(row: Raw, name: str, *, is_required: bool = False) -> str:
    """The text in a field; empty where an optional one is missing.

    Raises:
        BadRow: it is required and missing, or no text.
    """
    value = row.get(name)
    if value is None and not is_required:
        return ""
    if not isinstance(value, str):
        found = f"; found the fields {', '.join(sorted(row)) or 'none'}" if name not in row else ""
        raise BadRow(f"{name} is {_kind(value)}, expected a text{found}")
    return _whole(value, name)


def _whole(text: str, name: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadRow(f"{name} holds half a character (a lone surrogate) at {error.start + 1}; write it anew") from error
    return text


def asked_of_row(row: Raw) -> tuple[Message, ...]:
    """The conversation, from the first of `messages`, `prompt` and `question` that the row has.

    Raises:
        BadRow: it has none of them, or one that does not end with a user's turn.
    """
    name = next((name for name in _ASKED if row.get(name) is not None), "")
    if not name:
        raise BadRow(f"has none of question, prompt and messages; found the fields {', '.join(sorted(row)) or 'none'}")
    value = row[name]
    if isinstance(value, str) and name != "messages":
        turns = [Message(role="user", content=_whole(value, name))]
    elif isinstance(value, Sequence) and not isinstance(value, str) and name != "question":
        turns = [_turn(each, f"{name}[{place}]") for place, each in enumerate(value)]
    else:
        raise BadRow(f"{name} is {_kind(value)}, expected {'a list of turns' if name == 'messages' else 'a text'}")
    if not turns or turns[-1].role != "user" or not turns[-1].content.strip():
        raise BadRow(f"{name} does not end with what a user asks; the reply stands in `reply` alone")
    return tuple(turns)


def _turn(value: object, where: str) -> Message:
    if not isinstance(value, Mapping) or value.get("role") not in _ROLES:
        raise BadRow(f"{where} is no turn: expected role ({', '.join(_ROLES)}) and content")
    if not isinstance(value.get("content"), str):
        raise BadRow(f"{where}.content is {_kind(value.get('content'))}, expected a text")
    return Message(role=value["role"], content=_whole(value["content"], f"{where}.content"))


def _kind(value: object) -> str:
    if value is None:
        return "missing"
    if isinstance(value, str):
        return "empty" if not value.strip() else "a text"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, Sequence) else "an object"
