"""Graphs in node-link JSON, as networkx and d3 write them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pedcorpus.parse.codes import code_of
from pedcorpus.parse.excerpt import excerpt
from pedcorpus.parse.graph_stream import GraphParser
from pedcorpus.parse.json_rows import text_of
from pedcorpus.parse.json_scan import JsonElement, scan_json
from pedcorpus.parse.json_shape import shape_of
from pedcorpus.parse.network import Edge, Node, network_records
from pedcorpus.parse.parser import Original
from pedcorpus.parse.properties import describe, relate
from pedcorpus.parse.rows import failure_of
from pedcorpus.records import Failure

__all__ = ["PARSER"]

_EDGES = {"links", "edges"}
_LISTS = {"nodes", *_EDGES}
_STARTS, _ENDS = ("source", "from", "start", "sourceId"), ("target", "to", "end", "targetId")


def _parts(text: str, original: Original) -> Iterator[Node | Edge | Failure]:
    count = 0
    for element in scan_json(text, original.path, lists=_LISTS):
        if element.key not in _LISTS:
            continue
        found = None
        if isinstance(element.value, dict):
            found = (_edge if element.key in _EDGES else _node)(element, text, original, count)
        count += element.key == "nodes"
        if isinstance(found, list):
            yield from found
        else:
            detail = f"found no node or edge with its ends and a relation in {element.key}, expected one; correct it"
            raw = text[element.start : min(element.end, element.start + 500)]
            yield failure_of(original, str(element.line), "bad_row", detail, raw=raw)


def _node(element: JsonElement, text: str, original: Original, number: int) -> list[Node]:
    """The node; where it has no identifier, links call it by its number."""
    described = describe(element.value, original.columns)
    identifier = next(filter(None, (text_of(element.value.get(key)) for key in ("id", "key"))), "")
    name = described.name or ("" if code_of(identifier) else identifier)
    quote, above = excerpt(text, element.start, element.end, *filter(None, (identifier, name)))
    line = element.line + above
    return [Node(identifier or described.name or str(number), name, described.kind, described.fields, line, quote)]


def _edge(element: JsonElement, text: str, original: Original, _number: int) -> list[Edge] | None:
    properties: dict[str, Any] = dict(element.value)
    start, end = _end_of(properties, _STARTS), _end_of(properties, _ENDS)
    relation, told = relate(properties, original.columns)
    if not start or not end or not relation:
        return None
    quote, above = excerpt(text, element.start, element.end, start, end, relation)
    return [Edge(start, end, relation, element.line + above, quote, told)]


def _end_of(properties: dict[str, Any], keys: tuple[str, ...]) -> str:
    """One end of an edge, taken out of its properties; d3 writes a whole node there."""
    found = [properties.pop(key) for key in keys if key in properties]
    value = found[0] if found else ""
    return text_of(value.get("id")) if isinstance(value, dict) else text_of(value)


PARSER = GraphParser(
    name="node_link",
    version=1,
    suffixes=frozenset({".json"}),
    looks_right=lambda original: shape_of(original) == "node_link",
    read=lambda text, original: network_records(_parts(text, original), original),
)
