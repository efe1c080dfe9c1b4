"""Values in Cypher: literals, lists, maps, and what a row of UNWIND holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pedcorpus.parse.cypher_tokens import Token
from pedcorpus.parse.limits import limits_in_force

__all__ = ["Cursor", "Unreadable"]

_WORDS = {"true": "true", "false": "false", "null": None}


class Unreadable(Exception):
    """Raised when a statement is not of the kinds that are read."""


@dataclass
class Cursor:
    """A place among a statement's tokens, and the rows that names stand for."""

    tokens: list[Token]
    at: int = 0
    rows: dict[str, Any] = field(default_factory=dict)
    """Name that UNWIND gives a row → the row."""

    @property
    def done(self) -> bool:
        return self.at >= len(self.tokens)

    def peek(self, ahead: int = 0) -> Token | None:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def sees(self, sign: str, ahead: int = 0) -> bool:
        token = self.peek(ahead)
        return token is not None and token.is_sign(sign)

    def sees_word(self, *words: str, ahead: int = 0) -> bool:
        token = self.peek(ahead)
        return token is not None and token.is_word(*words)

    def take(self) -> Token:
        token = self.peek()
        if token is None:
            raise Unreadable("ends too early")
        self.at += 1
        return token

    def skip(self, sign: str) -> bool:
        """Step over `sign` if it is next."""
        if self.sees(sign):
            self.at += 1
            return True
        return False

    def need(self, sign: str) -> None:
        if not self.skip(sign):
            found = self.peek()
            raise Unreadable(f"expected {sign!r}, found {found.value[:40]!r}" if found else f"expected {sign!r}")

    def word(self) -> str:
        token = self.take()
        if token.kind != "word":
            raise Unreadable(f"expected a name, found {token.value[:40]!r}")
        return token.value

    def value(self, depth: int = 0) -> Any:
        """The value that is next; none for what only a database could work out."""
        if depth > limits_in_force().depth:
            raise Unreadable("lists and maps are nested too deep")
        if self.sees("["):
            return [value for value, _, _ in self.list_spans(depth + 1)]
        if self.sees("{"):
            return self.map(depth + 1)
        if self.skip("$"):
            self.word()
            return None
        negative = self.skip("-")
        token = self.take()
        if token.kind == "number":
            return f"-{token.value}" if negative else token.value
        if token.kind == "string":
            return token.value
        if token.kind != "word":
            raise Unreadable(f"expected a value, found {token.value[:40]!r}")
        if self.sees("("):
            return self._call(depth)
        if token.value.casefold() in _WORDS and token.value not in self.rows:
            return _WORDS[token.value.casefold()]
        value = self.rows.get(token.value)
        while self.skip("."):
            name = self.word()
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def _call(self, depth: int) -> Any:
        """The first argument of a function, which for dates and casts says it all."""
        self.need("(")
        first = None if self.sees(")") else self.value(depth + 1)
        while self.skip(","):
            self.value(depth + 1)
        self.need(")")
        return first

    def list_spans(self, depth: int = 1) -> list[tuple[Any, int, int]]:
        """Members of the list that is next, each with its span in the text."""
        self.need("[")
        members: list[tuple[Any, int, int]] = []
        while not self.skip("]"):
            start = self.at
            value = self.value(depth)
            members.append((value, self.tokens[start].start, self.tokens[self.at - 1].end))
            if not self.skip(",") and not self.sees("]"):
                raise Unreadable("a list that does not end")
        return members

    def map(self, depth: int = 1) -> dict[str, Any]:
        """The map that is next."""
        self.need("{")
        found: dict[str, Any] = {}
        while not self.skip("}"):
            token = self.take()
            if token.kind not in {"word", "string"}:
                raise Unreadable(f"expected a key, found {token.value[:40]!r}")
            self.need(":")
            found[token.value] = self.value(depth)
            if not self.skip(",") and not self.sees("}"):
                raise Unreadable("a map that does not end")
        return found
