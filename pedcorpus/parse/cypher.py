"""Graphs kept as Cypher scripts, as Neo4j and its tools export them: CREATE, MERGE, MATCH … MERGE, UNWIND."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pedcorpus.parse.cypher_patterns import Link, Vertex, Written, read_written
from pedcorpus.parse.cypher_tokens import Statement, read_statements
from pedcorpus.parse.cypher_values import Cursor, Unreadable
from pedcorpus.parse.excerpt import excerpt
from pedcorpus.parse.graph_stream import GraphParser
from pedcorpus.parse.json_rows import text_of
from pedcorpus.parse.limits import limits_in_force
from pedcorpus.parse.network import Edge, Node, network_records
from pedcorpus.parse.parser import Original
from pedcorpus.parse.properties import Described, describe, relate
from pedcorpus.parse.rows import failure_of
from pedcorpus.records import Failure

__all__ = ["PARSER"]

_HEAD_BYTES = 8192
_LOOKS = re.compile(
    r"^\s*(?::begin\b|(?:create|merge|match|unwind)\s*(?:\(|\[|constraint\b|index\b))", re.IGNORECASE | re.MULTILINE
)
_IMPORT_LABEL = "UNIQUE IMPORT LABEL"
_IDENTIFIERS = ("UNIQUE IMPORT ID", "id", "_id", "uid", "uuid", "code", "key")
_SAYS_NOTHING = {"relation", "relationship", "rel", "related", "link", "edge", "r", "关系"}
"""Types that leave it to a property to say what the relation is."""


def _identities(vertex: Vertex, name: str) -> list[str]:
    """What other statements may call the node: each of its labels, or none, with each property that identifies it."""
    values = [(key, text) for key in _IDENTIFIERS if (text := text_of(vertex.properties.get(key)))]
    values += [("name", name)] if name else []
    if not values:
        values = [(key, text) for key, value in vertex.properties.items() if (text := text_of(value))][:1]
    return [f"{label} {key} {value}".strip() for key, value in values for label in (*vertex.labels, "")]


class _Script:
    """Turns statements into nodes and edges; counts lines as it goes."""

    def __init__(self, text: str, original: Original) -> None:
        self._text = text
        self._original = original
        self._line, self._counted = 1, 0

    def parts(self) -> Iterator[Node | Edge | Failure]:
        for statement in read_statements(self._text):
            line = self._line_at(statement.start)
            try:
                if statement.too_long:
                    raise Unreadable(
                        f"is longer than {limits_in_force().statement_chars} characters; export smaller batches"
                    )
                for written in read_written(Cursor(statement.tokens)):
                    yield from self._written(written, statement, line)
            except Unreadable as error:
                raw = self._text[statement.start : min(statement.end, statement.start + 500)]
                detail = f"{error}; expected CREATE, MERGE, MATCH … MERGE or UNWIND with values written out; correct it"
                yield failure_of(self._original, str(line), "bad_statement", detail, raw=raw)

    def _line_at(self, start: int) -> int:
        self._line += self._text.count("\n", self._counted, start)
        self._counted = start
        return self._line

    def _written(self, written: Written, statement: Statement, line: int) -> Iterator[Node | Edge]:
        start, end = written.span or (statement.start, statement.end)
        line += self._text.count("\n", statement.start, start)
        told = {id(vertex): describe(vertex.properties, self._original.columns) for vertex in written.vertices}
        for vertex in written.vertices:
            yield from self._nodes(vertex, told[id(vertex)], line, start, end)
        for link in written.links:
            names = [told[id(vertex)].name for vertex in (link.start, link.end)]
            edge = self._edge(link, names, line, start, end)
            if edge is not None:
                yield edge

    def _nodes(self, vertex: Vertex, described: Described, line: int, start: int, end: int) -> Iterator[Node]:
        """The node under each of its identities; only the first carries what is said of it."""
        if not described.name:
            return
        quote, above = excerpt(self._text, start, end, described.name)
        labels = [label for label in vertex.labels if label != _IMPORT_LABEL]
        kind = labels[0] if labels else described.kind
        fields = described.fields if vertex.is_written else ()
        for number, identity in enumerate(_identities(vertex, described.name)):
            yield Node(identity, described.name, kind, () if number else fields, line + above, quote)

    def _edge(self, link: Link, names: list[str], line: int, start: int, end: int) -> Edge | None:
        ends = [_identities(vertex, name) for vertex, name in zip((link.start, link.end), names, strict=True)]
        if not ends[0] or not ends[1]:
            return None
        relation, attributes = link.type, _texts(link.properties)
        if link.type.casefold() in _SAYS_NOTHING or not link.type:
            told = relate(link.properties, self._original.columns)
            relation, attributes = told.relation or link.type, told.attributes
        if not relation:
            return None
        quote, above = excerpt(self._text, start, end, *filter(None, names), link.type)
        return Edge(ends[0][0], ends[1][0], relation, line + above, quote, attributes)


def _texts(properties: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((key, text) for key, value in properties.items() if (text := text_of(value)))


def _looks_right(original: Original) -> bool:
    head = original.data[:_HEAD_BYTES].decode("utf-8", "ignore").removeprefix("\ufeff")
    return _LOOKS.search(head) is not None


PARSER = GraphParser(
    name="neo4j_cypher",
    version=1,
    suffixes=frozenset({".cypher", ".cql", ".cyp"}),
    looks_right=_looks_right,
    read=lambda text, original: network_records(_Script(text, original).parts(), original),
)
