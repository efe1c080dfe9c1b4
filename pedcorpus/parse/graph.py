"""Statements of one file as a graph: one spelling for each entity, each statement once."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from pedcorpus.normalise import fold
from pedcorpus.records import Triple

__all__ = ["merge_statements"]


def merge_statements(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """`triples` in their order, without repeats; names that differ in width, case or spaces take the first spelling.

    The quote keeps the file's own characters. A later statement's types fill in where the first had none.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for triple in triples:
        head, tail = fold(triple.head), fold(triple.tail)
        _name(graph, head, triple.head, triple.head_type)
        _name(graph, tail, triple.tail, triple.tail_type)
        if not graph.has_edge(head, tail, key=triple.relation):
            graph.add_edge(head, tail, key=triple.relation, triple=triple, order=graph.number_of_edges())
    edges = sorted(graph.edges(data=True), key=lambda edge: edge[2]["order"])
    return tuple(_spelt(edge[2]["triple"], graph.nodes[edge[0]], graph.nodes[edge[1]]) for edge in edges)


def _name(graph: nx.MultiDiGraph[str], key: str, spelling: str, kind: str) -> None:
    if key not in graph:
        graph.add_node(key, spelling=spelling, kind=kind)
    elif not graph.nodes[key]["kind"]:
        graph.nodes[key]["kind"] = kind


def _spelt(triple: Triple, head: dict[str, str], tail: dict[str, str]) -> Triple:
    names = {"head": head["spelling"], "tail": tail["spelling"]}
    types = {"head_type": triple.head_type or head["kind"], "tail_type": triple.tail_type or tail["kind"]}
    return triple.model_copy(update=names | types)
