"""Objects of a JSON or JSON Lines file, each with the place it stands at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pedcorpus.errors import InputError

__all__ = ["JsonRow", "looks_like_json", "read_objects", "text_of"]

_WRAPPERS = {"data", "rows", "records", "items", "entities", "diseases", "dialogues", "consultations"}
"""Keys that hold all rows of a file."""
_SURROGATES = re.compile("[\ud800-\udfff]")
_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]\s*[\"{\[\]}]")


@dataclass(frozen=True)
class JsonRow:
    """One value of the file that ought to be an object."""

    value: dict[str, Any] | None
    """The object; none where the row is no object, or no JSON at all."""
    at: str
    """`41` for a line of JSON Lines, `item 3` in an array."""
    line: int | None
    """Physical line, in JSON Lines."""
    raw: str
    problem: str = ""


def looks_like_json(data: bytes) -> bool:
    """Do the first bytes open a JSON object or array?"""
    return _START.match(data[:256]) is not None


def text_of(value: object) -> str:
    """A JSON string or number as text that can be stored; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return _SURROGATES.sub("", str(value)).replace("\x00", "").strip()


def read_objects(text: str, where: str) -> Iterator[JsonRow]:
    """Rows of a JSON array, a single object, or JSON Lines.

    Raises:
        InputError: it is none of these.
    """
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield from _lines(text, where, error)
        return
    if (
        isinstance(whole, dict)
        and len(whole) == 1
        and isinstance(inner := whole.get(next(iter(_WRAPPERS & whole.keys()), "")), list)
    ):
        whole = inner
    if isinstance(whole, dict) and text.strip().count("\n") == 0:
        yield from _lines(text, where, ValueError())
        return
    values = whole if isinstance(whole, list) else [whole]
    for number, value in enumerate(values, 1):
        yield _row(value, f"item {number}", None, "" if isinstance(value, dict) else str(value)[:500])


def _lines(text: str, where: str, error: Exception) -> Iterator[JsonRow]:
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    rows = [_line(number, line) for number, line in lines]
    if not any(row.value is not None for row in rows):
        detail = f"{error}; expected a JSON array of objects, or one object a line; correct the file"
        raise InputError(where, "invalid_json", " ".join(detail.split())) from error
    yield from rows


def _line(number: int, line: str) -> JsonRow:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return JsonRow(None, str(number), number, line, f"{error}; correct or delete the line")
    return _row(value, str(number), number, line)


def _row(value: object, at: str, line: int | None, raw: str) -> JsonRow:
    if isinstance(value, dict):
        return JsonRow(value, at, line, raw)
    return JsonRow(None, at, line, raw, f"found a {type(value).__name__}, expected an object; correct or delete it")
