"""What one Cypher statement writes: nodes and relationships, after its MATCH, WHERE and SET are taken into account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pedcorpus.parse.cypher_values import Cursor, Unreadable

__all__ = ["Link", "Vertex", "Written", "read_written"]

_SCHEMA = {"constraint", "index", "database", "user", "role", "fulltext", "lookup", "range", "text", "or"}
_CLAUSES = {
    "match", "optional", "create", "merge", "where", "set", "on", "unwind", "with", "return", "remove", "delete",
    "detach", "call", "drop", "load", "foreach", "using",
}  # fmt: skip


@dataclass
class Vertex:
    """A node as one statement knows it."""

    labels: list[str] = field(default_factory=list)
    properties: dict[str, Any] = field(default_factory=dict)
    is_written: bool = False
    """Whether CREATE or MERGE names it; a node that is only matched says nothing new."""


@dataclass
class Link:
    """A relationship that a statement writes."""

    start: Vertex
    end: Vertex
    type: str
    properties: dict[str, Any]


@dataclass
class Written:
    """What one statement, or one row of its UNWIND, writes."""

    vertices: list[Vertex]
    links: list[Link]
    span: tuple[int, int] | None
    """The row's place in the text; none where there is no UNWIND."""


def read_written(cursor: Cursor) -> Iterator[Written]:
    """What the statement at `cursor` writes, once for each row of UNWIND.

    Raises:
        Unreadable: it is of a kind that is not read.
    """
    if not cursor.sees_word("unwind"):
        yield _Clauses(cursor).read(None)
        return
    cursor.take()
    rows = cursor.list_spans()
    if not cursor.sees_word("as"):
        raise Unreadable("UNWIND without AS")
    cursor.take()
    name, rest = cursor.word(), cursor.at
    for value, start, end in rows:
        yield _Clauses(Cursor(cursor.tokens, rest, {name: value})).read((start, end))


class _Clauses:
    """Reads clause after clause; names keep their nodes throughout a statement."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._named: dict[str, Vertex] = {}
        self._links_named: dict[str, Link] = {}
        self._vertices: list[Vertex] = []
        self._links: list[Link] = []

    def read(self, span: tuple[int, int] | None) -> Written:
        cursor = self._cursor
        while not cursor.done:
            word = cursor.take().value.casefold()
            match word:
                case "create" | "merge":
                    if cursor.sees_word(*_SCHEMA):
                        break
                    self._patterns(is_written=True)
                case "match":
                    self._patterns(is_written=False)
                case "where":
                    self._conditions()
                case "set":
                    self._assignments()
                case "on":
                    cursor.take()  # ON CREATE, ON MATCH: what follows is SET
                case "load":
                    raise Unreadable("LOAD CSV reads another file; ingest that one")
                case _:
                    self._to_next_clause()
        return Written(self._vertices, self._links, span)

    def _to_next_clause(self) -> None:
        while not self._cursor.done and not self._cursor.sees_word(*_CLAUSES):
            self._cursor.take()

    def _patterns(self, *, is_written: bool) -> None:
        cursor = self._cursor
        while True:
            if cursor.sees("=", ahead=1):  # p = (a)-[r]->(b)
                cursor.at += 2
            before = self._vertex(is_written=is_written)
            while cursor.sees("-") or cursor.sees("<"):
                before = self._link(before, is_written=is_written)
            if not cursor.skip(","):
                return

    def _vertex(self, *, is_written: bool) -> Vertex:
        cursor = self._cursor
        cursor.need("(")
        name = "" if cursor.sees(":") or cursor.sees("{") or cursor.sees(")") else cursor.word()
        vertex = self._named.get(name) if name else None
        if vertex is None:
            vertex = Vertex()
            self._vertices.append(vertex)
            if name:
                self._named[name] = vertex
        while cursor.skip(":") or cursor.skip("&") or cursor.skip("|"):
            vertex.labels.append(cursor.word())
        vertex.properties |= self._properties()
        cursor.need(")")
        vertex.is_written = vertex.is_written or is_written
        return vertex

    def _link(self, before: Vertex, *, is_written: bool) -> Vertex:
        cursor = self._cursor
        turned = cursor.skip("<")
        cursor.need("-")
        name, kind, properties = "", "", {}
        if cursor.skip("["):
            name = cursor.word() if not cursor.sees(":") and not cursor.sees("{") and not cursor.sees("]") else ""
            if cursor.skip(":"):
                kind = cursor.word()
            while not (cursor.sees("{") or cursor.sees("]")):
                cursor.take()  # |OTHER, *1..3: a pattern to be matched, not written
            properties = self._properties()
            cursor.need("]")
        cursor.need("-")
        cursor.skip(">")
        after = self._vertex(is_written=is_written)
        if is_written:
            start, end = (after, before) if turned else (before, after)
            link = Link(start, end, kind, properties)
            self._links.append(link)
            if name:
                self._links_named[name] = link
        return after

    def _properties(self) -> dict[str, Any]:
        cursor = self._cursor
        if cursor.sees("{"):
            return cursor.map()
        if cursor.sees(")") or cursor.sees("]") or cursor.sees_word("where"):
            return {}
        value = cursor.value()
        return value if isinstance(value, dict) else {}

    def _conditions(self) -> None:
        """Equalities with a value tell which node is meant; other conditions tell nothing that is written."""
        cursor = self._cursor
        while not cursor.done and not cursor.sees_word(*_CLAUSES):
            if cursor.sees(".", ahead=1) and cursor.sees("=", ahead=3):
                vertex, key = self._named.get(cursor.take().value), ""
                cursor.need(".")
                key = cursor.word()
                cursor.need("=")
                value = cursor.value()
                if vertex is not None:
                    vertex.properties[key] = value
            else:
                cursor.take()

    def _assignments(self) -> None:
        cursor = self._cursor
        while True:
            name = cursor.word()
            owner = self._named.get(name) or self._links_named.get(name)
            properties = owner.properties if owner else {}
            if cursor.skip("."):
                key = cursor.word()
                cursor.need("=")
                properties[key] = cursor.value()
            elif cursor.sees(":"):
                while cursor.skip(":"):
                    label = cursor.word()
                    if isinstance(owner, Vertex):
                        owner.labels.append(label)
            else:
                cursor.skip("+")
                cursor.need("=")
                value = cursor.value()
                properties |= value if isinstance(value, dict) else {}
            if not cursor.skip(","):
                return
