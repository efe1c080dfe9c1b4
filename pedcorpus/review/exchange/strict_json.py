"""JSON without surprises: each key once, no NaN, a known encoding.

An array is read element by element, so that a damaged end does not cost what stands before it.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any

__all__ = ["DamagedJson", "decoded", "elements", "is_wide", "value_of"]

_LONGEST_INTEGER = 18
_BLANK = " \t\r\n"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class DamagedJson(ValueError):
    """Raised when a text is not the JSON that it should be; its text says what was found."""


def is_wide(head: bytes) -> bool:
    """Does `head`, the first bytes of a file, carry the byte-order mark of UTF-16?"""
    return head.startswith(_WIDE)


def decoded(data: bytes) -> str:
    """The text of a whole file: UTF-8, or UTF-16 with a byte-order mark; the mark is no part of it.

    Raises:
        DamagedJson: it is in another encoding.
    """
    encoding = "utf-16" if is_wide(data) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DamagedJson(f"byte {error.start + 1} is not {encoding.removesuffix('-sig').upper()}") from error


def value_of(text: str) -> Any:  # any JSON value
    """The one JSON value that `text` is.

    Raises:
        DamagedJson: it is none, or one with a key that stands twice.
    """
    watch = _Watch()
    try:
        value = watch.decoder.decode(text)
    except (ValueError, RecursionError) as error:
        raise DamagedJson(_said(error)) from error
    if watch.problem:
        raise DamagedJson(watch.problem)
    return value


def elements(text: str) -> Iterator[Any | DamagedJson]:  # any JSON value
    """Elements of the array that `text` is, in order, a damaged one in its place; the last says where it breaks off."""
    at = _after_blanks(text, 0)
    if text[at : at + 1] != "[":
        yield DamagedJson(f"an array of records is expected, found {_excerpt(text, at)}")
        return
    at = _after_blanks(text, at + 1)
    is_first = True
    while text[at : at + 1] != "]":
        if not is_first and text[at : at + 1] == ",":
            at = _after_blanks(text, at + 1)
        elif not is_first:
            yield DamagedJson(f"a comma or the array's end is expected, found {_excerpt(text, at)}")
            return
        watch = _Watch()
        try:
            value, at = watch.decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield DamagedJson(_said(error))
            return
        yield DamagedJson(watch.problem) if watch.problem else value
        at, is_first = _after_blanks(text, at), False
    if _after_blanks(text, at + 1) < len(text):
        yield DamagedJson(f"the array has ended, yet there follows {_excerpt(text, at + 1)}")


class _Watch:
    """A decoder that notes the first thing that JSON allows and a decision does not."""

    def __init__(self) -> None:
        self.problem = ""
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._constant, parse_int=self._integer
        )

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:  # JSON values
        made: dict[str, Any] = {}
        for key, value in pairs:
            if key in made:
                self.problem = self.problem or f"the key {key[:60]!r} stands twice"
            made[key] = value
        return made

    def _constant(self, name: str) -> None:
        self.problem = self.problem or f"{name} is no number of JSON"

    @staticmethod
    def _integer(digits: str) -> int | float:
        return int(digits) if len(digits) <= _LONGEST_INTEGER else float(digits)


def _said(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "its brackets lie too deep in one another"
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON at line {error.lineno}, column {error.colno}: {error.msg}"
    return f"no JSON: {error}"


def _after_blanks(text: str, at: int) -> int:
    while text[at : at + 1] and text[at] in _BLANK:
        at += 1
    return at


def _excerpt(text: str, at: int) -> str:
    return repr(text[at : at + 20]) if text[at : at + 1] else "the end of the file"
