"""Values of a JSON or JSON Lines file one at a time, each with its physical line and its span in the text."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pedcorpus.errors import InputError

__all__ = ["JsonElement", "scan_json"]

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()
_PROBE_LINES = 100
_NESTED = {"graphs"}
"""Lists whose members hold lists of their own."""


@dataclass(frozen=True)
class JsonElement:
    """One value of the file."""

    key: str
    """The list it is a member of: `nodes` for a member of `{"nodes": [...]}`; empty for a file's own rows."""
    value: Any  # any JSON value
    line: int
    """Physical line on which it begins, counted from 1."""
    start: int
    end: int
    problem: str = ""
    """Why a line of JSON Lines is no JSON; its value is none then."""


def scan_json(text: str, where: str, *, lists: Collection[str] = ()) -> Iterator[JsonElement]:
    """Rows of JSON Lines, members of an array, or an object: first the members of those of its `lists`, then the rest.

    Raises:
        InputError: it is none of these, from the place on where it ceases to be.
    """
    if _has_lines(text):
        yield from _lines(text)
        return
    try:
        yield from _Scan(text, lists).whole()
    except (ValueError, RecursionError) as error:
        detail = f"{error}; expected a JSON array of objects, or one object a line; correct the file"
        raise InputError(where, "invalid_json", " ".join(detail.split())) from error


def _has_lines(text: str) -> bool:
    """Is it one object a line? A first line that is broken does not hide the others."""
    found = [line for line in islice(_physical_lines(text), _PROBE_LINES) if text[line[0] : line[1]].strip()]
    if not found:
        return False
    first, last = found[0], len(text.rstrip())
    if first[1] >= last:
        return False
    if _is_object(text, *first):
        return True
    begins = [text[start : start + 200].lstrip()[:1] for start, _ in found]
    return begins.count("{") == len(begins) and any(_is_object(text, *line) for line in found[1:])


def _physical_lines(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the lines, without their line feeds."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _is_object(text: str, start: int, end: int) -> bool:
    try:
        return isinstance(json.loads(text[start:end]), dict)
    except (ValueError, RecursionError):
        return False


def _lines(text: str) -> Iterator[JsonElement]:
    for number, (start, end) in enumerate(_physical_lines(text), 1):
        line = text[start:end]
        if not line.strip():
            continue
        try:
            yield JsonElement("", json.loads(line), number, start, end)
        except (ValueError, RecursionError) as error:
            yield JsonElement("", None, number, start, end, f"{error}; correct or delete the line")


class _Scan:
    """Walks one JSON text; generators hand elements out and return the place behind what they read."""

    def __init__(self, text: str, lists: Collection[str]) -> None:
        self._text = text
        self._lists = lists
        self._line = 1
        self._counted = 0

    def whole(self) -> Iterator[JsonElement]:
        start = self._skip(0)
        if self._at(start) == "[":
            end = yield from self._members("", start)
        elif self._at(start) == "{":
            end = yield from self._object("", start)
        else:
            raise json.JSONDecodeError("Expecting an array or an object", self._text, start)
        if self._skip(end) != len(self._text):
            raise json.JSONDecodeError("Extra data", self._text, end)

    def _members(self, key: str, start: int) -> Generator[JsonElement, None, int]:
        position = self._skip(start + 1)
        while self._at(position) != "]":
            if key in _NESTED and self._at(position) == "{":
                position = yield from self._object(key, position)
            else:
                value, end = _DECODER.raw_decode(self._text, position)
                yield self._element(key, value, position, end)
                position = end
            position = self._next(position, "]")
        return position + 1

    def _object(self, key: str, start: int) -> Generator[JsonElement, None, int]:
        rest: dict[str, Any] = {}
        position = self._skip(start + 1)
        while self._at(position) != "}":
            name, position = _DECODER.raw_decode(self._text, position)
            position = self._skip(position)
            if not isinstance(name, str) or self._at(position) != ":":
                raise json.JSONDecodeError("Expecting a key and ':'", self._text, position)
            position = self._skip(position + 1)
            if name in self._lists and self._at(position) == "[":
                position = yield from self._members(name, position)
            else:
                rest[name], position = _DECODER.raw_decode(self._text, position)
            position = self._next(position, "}")
        if rest:
            yield self._element(key, rest, start, position + 1)
        return position + 1

    def _next(self, position: int, closer: str) -> int:
        """The place of the next member, or of `closer`."""
        position = self._skip(position)
        if self._at(position) == ",":
            position = self._skip(position + 1)
            if self._at(position) not in {closer, ""}:
                return position
        if self._at(position) != closer:
            raise json.JSONDecodeError(f"Expecting ',' or '{closer}'", self._text, position)
        return position

    def _element(self, key: str, value: Any, start: int, end: int) -> JsonElement:
        if start >= self._counted:
            self._line += self._text.count("\n", self._counted, start)
            line, self._counted = self._line, start
        else:  # an object is told after its members
            line = self._text.count("\n", 0, start) + 1
        return JsonElement(key, value, line, start, end)

    def _skip(self, position: int) -> int:
        found = _SPACE.match(self._text, position)
        return found.end() if found else position

    def _at(self, position: int) -> str:
        return self._text[position : position + 1]
