"""Which sort of graph a JSON file is, by its first kilobytes."""

from __future__ import annotations

import re
from typing import Literal

from pedcorpus.parse.json_rows import looks_like_json
from pedcorpus.parse.parser import Original

__all__ = ["Shape", "shape_of"]

Shape = Literal["entities", "neo4j", "node_link", "obographs"]

_WINDOW = 65_536
_OBOGRAPHS = re.compile(rb'"graphs"\s*:\s*\[\s*\{')
_NEO4J_ROW = re.compile(rb'"type"\s*:\s*"(?:node|relationship)"')
_NEO4J_KEYS = re.compile(rb'"(?:labels|label|start|end|properties)"\s*:')
_NEO4J_WHOLE = re.compile(rb'"(?:rels|relationships)"\s*:\s*[\[{]')
_NODES = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{(?:(?![\[]).){0,2000}?"nodes"\s*:\s*\[', re.DOTALL)
_EDGES = re.compile(rb'"(?:links|edges)"\s*:\s*\[')


def shape_of(original: Original) -> Shape | None:
    """The shape that the file's beginning, and for its edges all of it, shows; none where it is no JSON."""
    head = original.data[:_WINDOW]
    if not looks_like_json(head):
        return None
    if _OBOGRAPHS.search(head):
        return "obographs"
    if _NEO4J_ROW.search(head[:4096]) and _NEO4J_KEYS.search(head[:4096]):
        return "neo4j"
    if _NODES.match(head) or (head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and _EDGES.match(head, head.find(b'"'))):
        return "neo4j" if _NEO4J_WHOLE.search(original.data) and not _EDGES.search(original.data) else "node_link"
    return "entities"
