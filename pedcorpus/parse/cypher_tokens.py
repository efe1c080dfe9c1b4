"""A Cypher script as tokens, statement by statement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pedcorpus.parse.limits import limits_in_force

__all__ = ["Statement", "Token", "read_statements"]

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<string>'(?:[^'\\;]++|\\.|;(?![ \t]*\n))*+'|"(?:[^"\\;]++|\\.|;(?![ \t]*\n))*+")
    |(?P<quoted>`(?:[^`]++|``)*+`)
    |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<word>[^\W\d]\w*)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
# a semicolon that ends a line ends the statement: a quotation mark was left open
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": ""}
_SHELL = re.compile(r"[ \t]*:[a-z]+[^\n]*", re.IGNORECASE)
_CLAUSES = {"match", "create", "merge", "unwind", "optional"}
_QUOTES = {"'", '"', "`"}
_FORGIVEN = 100
"""Quotation marks left open after which a script is given up."""
_WRITES = {"create", "merge"}


class Token(NamedTuple):
    """One word, sign or value."""

    kind: str
    """`string`, `number`, `word` (with or without back-quotes) or `sign`."""
    value: str
    start: int
    end: int

    def is_sign(self, sign: str) -> bool:
        return self.kind == "sign" and self.value == sign

    def is_word(self, *words: str) -> bool:
        return self.kind == "word" and self.value.casefold() in words


@dataclass(frozen=True)
class Statement:
    """One statement, with its place."""

    tokens: list[Token]
    start: int
    end: int
    too_long: bool = False


def _plain(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: _character(found[1]), text)


def _character(escape: str) -> str:
    if len(escape) == 5:
        character = chr(int(escape[1:], 16))
        return "" if "\ud800" <= character <= "\udfff" else character
    return _ESCAPED.get(escape, escape)


def _tokens(text: str) -> Iterator[Token]:
    position = unclosed = 0
    while position < len(text):
        if (not position or text[position - 1] == "\n") and (shell := _SHELL.match(text, position)):
            position = shell.end()  # a command of the shell, as :begin
            yield Token("sign", ";", position, position)
            continue
        found = _TOKEN.match(text, position)
        if found is None:  # the pattern's last branch matches any character
            return
        start, position = position, found.end()
        if found[0] in _QUOTES:  # left open: the line is lost, and if that goes on, the rest
            unclosed += 1
            yield Token("sign", found[0], start, position)
            line_end = text.find("\n", position) if unclosed < _FORGIVEN else -1
            position = len(text) if line_end < 0 else line_end
            continue
        match found.lastgroup:
            case "space":
                pass
            case "string":
                yield Token("string", _plain(found[0][1:-1]), start, position)
            case "quoted":
                yield Token("word", found[0][1:-1].replace("``", "`"), start, position)
            case kind:
                yield Token(str(kind), found[0], start, position)


def _is_first(text: str, position: int) -> bool:
    """Is `position` the first on its line that holds anything?"""
    return not text[text.rfind("\n", 0, position) + 1 : position].strip()


def read_statements(text: str) -> Iterator[Statement]:
    """Statements of a script, parted by semicolons; where it has none, each reading clause after a write begins one."""
    lines = ";" not in text
    tokens: list[Token] = []
    size, wrote = 0, False
    for token in _tokens(text):
        begins_line = (
            lines and token.is_word(*_CLAUSES) and not text[text.rfind("\n", 0, token.start) + 1 : token.start].strip()
        )
        if token.is_sign(";") or (begins_line and wrote and not token.is_word(*_WRITES)):
            if tokens:
                yield Statement(tokens, tokens[0].start, tokens[-1].end)
            tokens, size, wrote = [], 0, False
            if token.is_sign(";"):
                continue
        size += token.end - token.start
        if size <= limits_in_force().statement_chars:
            tokens.append(token)
        elif tokens:
            yield Statement([], tokens[0].start, tokens[-1].end, too_long=True)
            tokens = []
        wrote = wrote or token.is_word(*_WRITES)
    if tokens:
        yield Statement(tokens, tokens[0].start, tokens[-1].end)
