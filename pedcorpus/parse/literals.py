"""Python literals as scripts print them, read as data: bounded, and never run."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

__all__ = ["literal_items", "looks_like_literal", "nested_value", "read_literal"]

_LONGEST = 1_000_000
"""Characters of one literal."""
_DEEPEST = 40
"""Brackets inside one another; rows have three or four."""
_STRING = r"'[^'\\\n]*(?:\\.[^'\\\n]*)*'|\"[^\"\\\n]*(?:\\.[^\"\\\n]*)*\""
_TOKEN = re.compile(rf"{_STRING}|[\[({{]|[\])}}]|[^\[\](){{}}'\"]+|['\"]", re.DOTALL)
_OPEN, _CLOSE = {"[", "(", "{"}, {"]", ")", "}"}
_LOOKS_LIKE = re.compile(r"\ufeff?\s*(?:\[\s*)?\{\s*u?'[^'\n]{1,100}'\s*:")


def looks_like_literal(text: str) -> bool:
    """Does `text` open a Python dictionary, or a list of them, whose keys stand in single quotes?"""
    return _LOOKS_LIKE.match(text[:400]) is not None


def read_literal(text: str) -> Any:  # whatever the literal is
    """The value of a literal.

    Raises:
        ValueError: it is none, is too long, or nests too deep.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"found a literal of {len(text)} characters, expected at most {_LONGEST}")
    if _depth(text) > _DEEPEST:
        raise ValueError(f"found brackets more than {_DEEPEST} deep, expected a row")
    try:
        return ast.literal_eval(text.strip())
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError) as error:
        raise ValueError(f"found no Python literal ({type(error).__name__}), expected plain data") from error


def _depth(text: str) -> int:
    depth = deepest = 0
    for token in _TOKEN.finditer(text):
        depth += (token.group() in _OPEN) - (token.group() in _CLOSE)
        deepest = max(deepest, depth)
    return deepest


def literal_items(text: str) -> Iterator[tuple[str, int]]:
    """Each `{…}` of a list, or of a file of them, with its offset; what lies between is passed over."""
    outer = int(text.lstrip("\ufeff \t\r\n").startswith("["))
    depth = start = 0
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark in _OPEN:
            start = token.start() if depth == outer else start
            depth += 1
        elif mark in _CLOSE:
            depth = max(depth - 1, 0)
            if depth == outer and mark == "}":
                yield text[start : token.end()], start


def nested_value(value: Any) -> Any:  # any JSON value
    """`value`, or what it holds where it is a text that is itself JSON or a Python literal."""
    if not isinstance(value, str) or value[:1] not in ("[", "{") or len(value) > _LONGEST:
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        pass
    try:
        return read_literal(value)
    except ValueError:
        return value
