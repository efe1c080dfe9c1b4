"""Graphs in GraphML, as networkx, Gephi, Cytoscape and yEd write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pedcorpus.errors import InputError
from pedcorpus.parse.codes import code_of
from pedcorpus.parse.excerpt import excerpt
from pedcorpus.parse.graph_stream import GraphParser
from pedcorpus.parse.network import Edge, Node, network_records
from pedcorpus.parse.parser import Original
from pedcorpus.parse.properties import describe, relate
from pedcorpus.parse.rows import failure_of
from pedcorpus.parse.xml_walk import XmlEvent, as_utf8, walk_xml
from pedcorpus.records import Failure

__all__ = ["PARSER"]

_DRAWN = {"NodeLabel", "EdgeLabel"}
"""Where yEd keeps the words that it draws."""


@dataclass
class _Part:
    """A node or edge that is being read."""

    start: XmlEvent
    data: dict[str, str] = field(default_factory=dict)


@dataclass
class _Reading:
    """What is kept while elements go by."""

    original: Original
    data: bytes
    keys: dict[str, str] = field(default_factory=dict)
    """Identifier of a `key` → name of the property."""
    open: list[_Part] = field(default_factory=list)
    key: str = ""

    def take(self, event: XmlEvent) -> Node | Edge | Failure | None:
        if event.kind == "start":
            self._begin(event)
        elif event.local in {"node", "edge"}:
            return self._part(self.open.pop(), event)
        elif event.local == "data" and self.open and event.text.strip():
            self.open[-1].data.setdefault(self.keys.get(self.key, self.key), event.text.strip())
        elif event.local in _DRAWN and self.open and event.text.strip():
            self.open[-1].data.setdefault("label", event.text.strip())
        return None

    def _begin(self, event: XmlEvent) -> None:
        if event.local == "key":
            self.keys[event.attributes.get("id", "")] = event.attributes.get("attr.name", "") or event.attributes.get(
                "id", ""
            )
        elif event.local in {"node", "edge"}:
            self.open.append(_Part(event))
        elif event.local == "data":
            self.key = event.attributes.get("key", "")

    def _part(self, part: _Part, end: XmlEvent) -> Node | Edge | Failure:
        attributes = part.start.attributes
        needed = ("id",) if end.local == "node" else ("source", "target")
        if missing := [name for name in needed if not attributes.get(name)]:
            detail = f"found a {end.local} without {', '.join(missing)}, expected both ends named; correct or delete it"
            return failure_of(self.original, str(end.line), "bad_element", detail)
        raw = self.data[end.start : end.end].decode("utf-8", "ignore")
        if end.local == "edge":
            relation, told = relate(part.data, self.original.columns)
            quote, above = excerpt(raw, 0, len(raw), attributes["source"], attributes["target"], *part.data.values())
            if not relation:
                detail = "found an edge without a relation, expected one in a data element; name it"
                return failure_of(self.original, str(end.line), "bad_element", detail, raw=quote)
            return Edge(attributes["source"], attributes["target"], relation, end.line + above, quote, told)
        described = describe(part.data, self.original.columns)
        identifier = attributes["id"]
        name = described.name or ("" if code_of(identifier) else identifier)
        quote, above = excerpt(raw, 0, len(raw), identifier, name)
        return Node(identifier, name, described.kind, described.fields, end.line + above, quote)


def _parts(text: str, original: Original) -> Iterator[Node | Edge | Failure]:
    data = as_utf8(text)
    reading = _Reading(original, data)
    for number, event in enumerate(walk_xml(data, original.path)):
        if number == 0 and event.local != "graphml":
            detail = f"found the XML element {event.local}, expected graphml; convert it"
            raise InputError(original.path, "wrong_format", detail)
        found = reading.take(event)
        if found is not None:
            yield found


PARSER = GraphParser(
    name="graphml",
    version=1,
    suffixes=frozenset({".graphml"}),
    looks_right=lambda original: b"<graphml" in original.data[:4096],
    read=lambda text, original: network_records(_parts(text, original), original),
)
