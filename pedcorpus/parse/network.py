"""Nodes and edges keyed by identifiers → statements between names; what names nothing is told, not guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pedcorpus.parse.cells import is_cut
from pedcorpus.parse.codes import code_of, type_of_code
from pedcorpus.parse.entities import Entity, EntityReader, Field
from pedcorpus.parse.parser import Original, StreamRecord
from pedcorpus.parse.relation_words import IGNORED, RelationWords
from pedcorpus.parse.relations import type_of
from pedcorpus.parse.rows import failure_of
from pedcorpus.records import Address, Failure, Triple

__all__ = ["Edge", "Node", "network_records"]


@dataclass(frozen=True)
class Node:
    """One entity and what the file says of it besides its edges."""

    id: str
    name: str
    """Empty where the file gives none."""
    kind: str
    fields: tuple[Field, ...]
    line: int
    quote: str
    """Verbatim text that states the identifier and the name."""
    attributes: tuple[tuple[str, str], ...] = ()
    """What goes with the identifier, such as codes of other terminologies."""


@dataclass(frozen=True)
class Edge:
    """One relation between two nodes."""

    start: str
    end: str
    relation: str
    line: int
    quote: str
    attributes: tuple[tuple[str, str], ...] = ()


class _Known:
    """What is kept of the nodes that have gone by."""

    def __init__(self) -> None:
        self._nodes: dict[str, tuple[str, str]] = {}

    def add(self, node: Node) -> tuple[str, str]:
        """Name and kind of the node, as first told."""
        kind = type_of(node.kind) or type_of_code(code_of(node.id))
        return self._nodes.setdefault(node.id, (node.name, kind))

    def name(self, identifier: str) -> str:
        return self._nodes.get(identifier, ("", ""))[0]

    def kind(self, identifier: str) -> str:
        return self._nodes.get(identifier, ("", ""))[1]


def network_records(parts: Iterable[Node | Edge | Failure], original: Original) -> Iterator[StreamRecord]:
    """Statements and texts of `parts`; edges that come before their nodes wait for them."""
    known, reader, words = _Known(), EntityReader(original), RelationWords(original.columns)
    waiting: list[Edge] = []
    for part in parts:
        if isinstance(part, Failure):
            yield part
        elif isinstance(part, Edge):
            if known.name(part.start) and known.name(part.end):
                yield from _statement(part, known, words, original)
            else:
                waiting.append(part)
        else:
            yield from _of_node(part, known, reader, original)
    missing: Counter[str] = Counter()
    for edge in waiting:
        nameless = [end for end in (edge.start, edge.end) if not known.name(end)]
        missing.update(dict.fromkeys(nameless, 1))
        if not nameless:
            yield from _statement(edge, known, words, original)
    for identifier, count in missing.items():
        detail = f"{identifier[:200]} has no name in this file: {count} of its relations are left out; add the node"
        yield failure_of(original, code_of(identifier) or identifier[:80] or "?", "nameless_node", detail)


def _of_node(node: Node, known: _Known, reader: EntityReader, original: Original) -> Iterator[StreamRecord]:
    if is_cut(node.name):
        detail = f"the name {node.name[-40:]} is cut short or too long; take it whole from the source"
        yield failure_of(original, str(node.line), "truncated_value", detail, raw=node.quote)
        return
    if not node.name:
        return
    _, kind = known.add(node)
    code = code_of(node.id)
    if code and code != node.name:
        yield Triple(
            document=original.sha256,
            head=node.name,
            relation="has_identifier",
            tail=code,
            head_type=kind,
            tail_type="identifier",
            attributes=dict(node.attributes),
            quote=node.quote,
            address=Address(row=node.line, entity=node.name),
        )
    attributes = (("head_id", code),) if code else ()
    yield from reader.read(Entity(node.name, kind, node.fields, row=node.line, attributes=attributes))


def _statement(edge: Edge, known: _Known, words: RelationWords, original: Original) -> Iterator[Triple]:
    """The statement of an edge; where its quote names identifiers only, the address carries the two names."""
    head, tail, term = known.name(edge.start), known.name(edge.end), words[edge.relation]
    if term.name == IGNORED:
        return
    head_id, tail_id = code_of(edge.start), code_of(edge.end)
    codes = {key: code for key, code in (("head_id", head_id), ("tail_id", tail_id)) if code}
    named = head in edge.quote and tail in edge.quote
    coded = bool(codes)
    yield Triple(
        document=original.sha256,
        head=head,
        relation=term.name,
        tail=tail,
        head_type=known.kind(edge.start) or ("" if coded else term.head_type),
        tail_type=known.kind(edge.end) or ("" if coded else term.tail_type),
        attributes=dict(edge.attributes) | codes,
        quote=edge.quote,
        address=Address(heading_path=() if named else (head, tail), row=edge.line, entity=head),
    )
