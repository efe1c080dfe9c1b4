"""Ontologies in obographs JSON, as ROBOT writes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pedcorpus.parse.codes import local_name
from pedcorpus.parse.excerpt import excerpt
from pedcorpus.parse.graph_stream import GraphParser
from pedcorpus.parse.json_rows import text_of
from pedcorpus.parse.json_scan import JsonElement, scan_json
from pedcorpus.parse.json_shape import shape_of
from pedcorpus.parse.network import Edge, Node, network_records
from pedcorpus.parse.ontology import Synonym, Term, term_node
from pedcorpus.parse.parser import Original
from pedcorpus.parse.rows import failure_of
from pedcorpus.records import Failure

__all__ = ["PARSER"]

_LISTS = ("graphs", "nodes", "edges")
_SCOPES = {
    "hasExactSynonym": "EXACT",
    "hasRelatedSynonym": "RELATED",
    "hasBroadSynonym": "BROAD",
    "hasNarrowSynonym": "NARROW",
}


def _parts(text: str, original: Original) -> Iterator[Node | Edge | Failure]:
    relations: dict[str, str] = {}
    for element in scan_json(text, original.path, lists=_LISTS):
        value = element.value
        if element.key not in {"nodes", "edges"}:
            continue
        if not isinstance(value, dict):
            detail = f"found a {type(value).__name__} in {element.key}, expected an object; delete it"
            yield failure_of(original, str(element.line), "bad_row", detail)
        elif element.key == "edges":
            yield _edge(element, text, relations)
        elif value.get("type") == "PROPERTY":
            relations[text_of(value.get("id"))] = text_of(value.get("lbl"))
        elif text_of(value.get("id")) and not _object(value.get("meta")).get("deprecated"):
            yield _node(element, text)


def _edge(element: JsonElement, text: str, relations: Mapping[str, str]) -> Edge:
    start, pred, end = (text_of(element.value.get(key)) for key in ("sub", "pred", "obj"))
    quote, above = excerpt(text, element.start, element.end, start, pred, end)
    return Edge(start, end, relations.get(pred) or local_name(pred), element.line + above, quote)


def _node(element: JsonElement, text: str) -> Node:
    value, meta = element.value, _object(element.value.get("meta"))
    term = Term(
        id=text_of(value.get("id")),
        name=text_of(value.get("lbl")),
        definition=text_of(_object(meta.get("definition")).get("val")),
        synonyms=tuple(
            Synonym(name, _SCOPES.get(text_of(one.get("pred")), "RELATED"))
            for one in _objects(meta.get("synonyms"))
            if (name := text_of(one.get("val")))
        ),
        xrefs=tuple(text_of(one.get("val")) for one in _objects(meta.get("xrefs"))),
    )

    def quoted(*words: str) -> tuple[str, int]:
        quote, above = excerpt(text, element.start, element.end, *words)
        return quote, element.line + above

    return term_node(term, quoted)


def _object(value: Any) -> dict[str, Any]:  # any JSON value
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


PARSER = GraphParser(
    name="obographs",
    version=1,
    suffixes=frozenset({".json"}),
    looks_right=lambda original: shape_of(original) == "obographs",
    read=lambda text, original: network_records(_parts(text, original), original),
)
