"""Graphs and ontologies in RDF: OWL as RDF/XML, Turtle and N-Triples. rdflib is loaded when a file needs it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pedcorpus.parse.graph_stream import GraphParser
from pedcorpus.parse.network import network_records
from pedcorpus.parse.parser import Original, StreamRecord

__all__ = ["PARSER"]

_XML = re.compile(r"\s*(?:<\?xml|<!--|<!DOCTYPE\s+rdf:RDF|<rdf:RDF|<RDF\b)", re.IGNORECASE)
_RDF_XML = re.compile(r"<rdf:RDF|22-rdf-syntax-ns#")
_TURTLE = re.compile(
    r"(?:\s|#[^\n]*\n)*(?:@prefix|@base|PREFIX\s|BASE\s|<[^<>\s]+>\s+(?:<[^<>\s]+>|a)\s|_:\S+\s+<[^<>\s]+>\s)",
    re.IGNORECASE,
)
_HEAD_BYTES = 4096


def _is_xml(text: str) -> bool:
    return _XML.match(text) is not None


def _looks_right(original: Original) -> bool:
    head = original.data[:_HEAD_BYTES].decode("utf-8", "ignore").removeprefix("\ufeff")
    return _RDF_XML.search(head) is not None if _is_xml(head) else _TURTLE.match(head) is not None


def _records(text: str, original: Original) -> Iterator[StreamRecord]:
    from pedcorpus.parse.rdf_terms import rdf_parts

    yield from network_records(rdf_parts(text, original, is_xml=_is_xml(text)), original)


PARSER = GraphParser(
    name="rdf",
    version=1,
    suffixes=frozenset({".owl", ".rdf", ".ttl", ".nt", ".n3"}),
    looks_right=_looks_right,
    read=_records,
)
