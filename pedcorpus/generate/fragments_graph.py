"""Fragments of knowledge graphs: what a graph says of one disease and its neighbours, and paths between diseases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import networkx as nx

from pedcorpus.generate.choice import ranked
from pedcorpus.generate.fragment import Fragment, FragmentLine, packed
from pedcorpus.generate.generator import Material
from pedcorpus.generate.neighbourhood import DiseaseGraph
from pedcorpus.records import Triple
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks.frames import listing_sentence
from pedcorpus.tasks.medkqa import Aspect

__all__ = ["graph_fragments"]

_MOST_NEIGHBOURS = 3
_MOST_TAILS = 12
_LONGEST_PATH = 3
_CODES = frozenset({"has_identifier"})  # nobody asks for them
_ASPECTS: dict[str, Aspect] = {
    "has_symptom": "manifestation",
    "requires_exam": "examination",
    "treated_by": "treatment",
    "treated_with": "treatment",
    "has_complication": "complication",
    "caused_by": "cause",
    "differs_from": "differential",
    "prevented_by": "prevention",
    "has_alias": "definition",
}


def graph_fragments(material: Material, settings: GenerateSettings) -> Iterator[Fragment]:
    """A neighbourhood for each disease, and a path from it to another where there is one, by name."""
    graph = DiseaseGraph(material.triples)
    links = _links(material.triples, graph)
    language = material.source.language
    least, most = settings.fragment_min_tokens, settings.fragment_tokens
    for disease in graph.diseases:
        lines = list(_own_lines(graph, disease, language))
        parts = [lines, *([line] for line in _neighbour_lines(graph, disease, language))]
        for pack in packed(parts, least=least, most=most):
            yield Fragment("neighbourhood", disease, (), pack, is_disease=True)
        path = _path(links, disease, settings.seed)
        steps = [line for start, end in pairwise(path) for line in _step(graph, start, end, language)]
        if steps:
            end = [replace(line, is_asked=False, is_plan=False) for line in _own_lines(graph, path[-1], language)]
            for pack in packed([[*steps, *end]], least=least, most=most)[:1]:
                yield Fragment("path", disease, (), pack, is_disease=False)  # its lines are about several diseases


def _line(head: str, relation: str, triples: Sequence[Triple], language: str) -> FragmentLine:
    shown = tuple(triples[:_MOST_TAILS])
    tails = [triple.tail for triple in shown]
    text = listing_sentence(relation, [head], tails, language=language) or f"{head} {relation}: {', '.join(tails)}"
    return FragmentLine(text, _ASPECTS.get(relation, "other"), triples=shown, head=head)


def _own_lines(graph: DiseaseGraph, disease: str, language: str) -> Iterator[FragmentLine]:
    for relation in graph.relations(disease):
        if relation not in _CODES:
            yield _line(disease, relation, graph.triples(disease, relation), language)


def _neighbour_lines(graph: DiseaseGraph, disease: str, language: str) -> Iterator[FragmentLine]:
    """What the nearest diseases show that this one does not: from this a case can be told apart."""
    for other in graph.neighbours(disease)[:_MOST_NEIGHBOURS]:
        if apart := graph.only(other, disease):
            triples = [graph.statement(other, "has_symptom", tail) for tail in apart]
            line = _line(other, "has_symptom", triples, language)
            yield replace(line, aspect="differential", relates="rival")


def _links(triples: Sequence[Triple], graph: DiseaseGraph) -> nx.DiGraph[str]:
    """Statements that lead from one disease to another: complications, causes, what has to be told apart."""
    known = set(graph.diseases)
    links: nx.DiGraph[str] = nx.DiGraph()
    links.add_edges_from((t.head, t.tail) for t in triples if t.tail in known and t.tail != t.head)
    return links


def _path(links: nx.DiGraph[str], disease: str, seed: int) -> Sequence[str]:
    """A shortest path from `disease` to one of those within reach, the far ones first; empty where there is none."""
    if disease not in links:
        return ()
    paths = nx.single_source_shortest_path(links, disease, cutoff=_LONGEST_PATH)
    ends = [end for end in ranked(sorted(paths), seed, "path", disease) if end != disease]
    return paths[max(ends, key=lambda end: len(paths[end]))] if ends else ()


def _step(graph: DiseaseGraph, start: str, end: str, language: str) -> Iterator[FragmentLine]:
    for relation in graph.relations(start):
        if end in graph.tails(start, relation):
            line = _line(start, relation, [graph.statement(start, relation, end)], language)
            yield replace(line, relates="link", is_plan=False)
            return
