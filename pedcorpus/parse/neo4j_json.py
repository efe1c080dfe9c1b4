"""Property graphs as Neo4j exports them to JSON (`apoc.export.json`): one node or relationship a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pedcorpus.parse.excerpt import excerpt
from pedcorpus.parse.graph_stream import GraphParser
from pedcorpus.parse.json_rows import text_of
from pedcorpus.parse.json_scan import JsonElement, scan_json
from pedcorpus.parse.json_shape import shape_of
from pedcorpus.parse.network import Edge, Node, network_records
from pedcorpus.parse.parser import Original
from pedcorpus.parse.properties import describe, relate, texts_of
from pedcorpus.parse.rows import failure_of
from pedcorpus.records import Failure

__all__ = ["PARSER"]

_EDGES = {"rels", "relationships"}
_LISTS = {"nodes", "data", *_EDGES}


def _parts(text: str, original: Original) -> Iterator[Node | Edge | Failure]:
    for element in scan_json(text, original.path, lists=_LISTS):
        value = element.value if isinstance(element.value, dict) else {}
        if value.get("type") == "node" or element.key == "nodes":
            found = _nodes(element, text, original)
        elif value.get("type") == "relationship" or element.key in _EDGES:
            found = _edges(element, text, original)
        else:
            found = []
        yield from found
        if not found:
            detail = element.problem or "found no node, and no relationship with both its ends; correct or delete it"
            raw = text[element.start : min(element.end, element.start + 500)]
            yield failure_of(original, str(element.line), "bad_row", detail, raw=raw)


def _nodes(element: JsonElement, text: str, original: Original) -> list[Node | Edge]:
    return [node] if (node := _node(element.value, element, text, original)) else []


def _node(value: Any, element: JsonElement, text: str, original: Original) -> Node | None:
    """The node that a JSON object is, whether alone or as the end of a relationship."""
    if not isinstance(value, dict) or not (identifier := text_of(value.get("id"))):
        return None
    properties = value.get("properties")
    described = describe(properties if isinstance(properties, dict) else {}, original.columns)
    labels = [label for label in texts_of(value.get("labels")) if label != "UNIQUE IMPORT LABEL"]
    quote, above = excerpt(text, element.start, element.end, *filter(None, [described.name]))
    kind = labels[0] if labels else described.kind
    return Node(identifier, described.name, kind, described.fields, element.line + above, quote)


def _edges(element: JsonElement, text: str, original: Original) -> list[Node | Edge]:
    """The relationship, after what it tells of its ends."""
    value = element.value
    ends = [_node(value.get(key), element, text, original) for key in ("start", "end")]
    start, end = (node.id if node else "" for node in ends)
    properties = value.get("properties")
    told = properties if isinstance(properties, dict) else {}
    relation = text_of(value.get("label")) or relate(told, original.columns).relation
    if not start or not end or not relation:
        return []
    attributes = tuple((text_of(key), said) for key, one in told.items() if (said := text_of(one)))
    quote, above = excerpt(text, element.start, element.end, start, relation, end)
    edge = Edge(start, end, relation, element.line + above, quote, attributes)
    return [*(node for node in ends if node and node.name), edge]


PARSER = GraphParser(
    name="neo4j_json",
    version=1,
    suffixes=frozenset({".json", ".jsonl"}),
    looks_right=lambda original: shape_of(original) == "neo4j",
    read=lambda text, original: network_records(_parts(text, original), original),
)
