"""What rdflib reads from RDF/XML, Turtle or N-Triples, as nodes and edges in the order of the file."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node as RdfNode

from pedcorpus.errors import InputError
from pedcorpus.parse.codes import code_of, local_name
from pedcorpus.parse.entities import Field
from pedcorpus.parse.limits import limits_in_force
from pedcorpus.parse.network import Edge, Node
from pedcorpus.parse.ontology import Synonym, Term, term_node
from pedcorpus.parse.parser import Original
from pedcorpus.parse.rdf_places import Places, turtle_places, xml_places
from pedcorpus.parse.xml_walk import as_utf8

__all__ = ["rdf_parts"]

_OIO = "http://www.geneontology.org/formats/oboInOwl#"
_LABELS = (RDFS.label, SKOS.prefLabel)
_DEFINITIONS = (URIRef("http://purl.obolibrary.org/obo/IAO_0000115"), SKOS.definition)
_SYNONYMS = {
    URIRef(_OIO + "hasExactSynonym"): "EXACT",
    URIRef(_OIO + "hasRelatedSynonym"): "RELATED",
    URIRef(_OIO + "hasBroadSynonym"): "BROAD",
    URIRef(_OIO + "hasNarrowSynonym"): "NARROW",
    SKOS.altLabel: "EXACT",
}
_XREF = URIRef(_OIO + "hasDbXref")
_PARENTS = (RDFS.subClassOf, SKOS.broader)
_NO_TERMS = {OWL.Ontology, OWL.AnnotationProperty, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.Axiom, RDF.Property}
_OWN_WORDS = (
    *(str(one) for one in (OWL, RDF, RDFS, SKOS, _OIO)),
    "http://purl.org/dc/",
    "http://purl.obolibrary.org/obo/IAO_",
)
"""Namespaces whose words describe the description."""


def rdf_parts(text: str, original: Original, *, is_xml: bool) -> Iterator[Node | Edge]:
    """Nodes and edges of the file.

    Raises:
        InputError: too large, not what it seems, or with declarations that are not allowed.
    """
    graph, places = _load(text, original, is_xml=is_xml)
    yield from _Reader(graph, places, original.source.language).parts()


def _load(text: str, original: Original, *, is_xml: bool) -> tuple[Graph, Places]:
    """The file's graph, with the places of its subjects."""
    if len(original.data) > limits_in_force().rdf_bytes:
        limit = limits_in_force().rdf_bytes >> 20
        detail = f"is {len(original.data) >> 20} MB of RDF, which is held whole, allowed are {limit}; convert it to OBO"
        raise InputError(original.path, "too_large", f"{detail} or obographs JSON, which are read line by line")
    graph = Graph()
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # it warns of each odd date
    data = as_utf8(text)
    checked = xml_places(text, data, original.path) if is_xml else None
    try:
        graph.parse(data=data, format="xml" if checked else "turtle")
    except Exception as error:  # rdflib's parsers raise what their libraries raise
        place = " ".join(str(error).split())[:200]
        detail = f"{place or type(error).__name__}; expected RDF/XML, Turtle or N-Triples; correct the file"
        raise InputError(original.path, "invalid_rdf", detail) from error
    names = {str(namespace): prefix for prefix, namespace in graph.namespaces()}
    return graph, checked.knowing(names) if checked else turtle_places(text, names)


class _Reader:
    """Turns one graph into nodes and edges, in the order of the file."""

    def __init__(self, graph: Graph, places: Places, language: str) -> None:
        self._graph = graph
        self._places = places
        self._language = language
        self._properties = {one for kind in _NO_TERMS for one in graph.subjects(RDF.type, kind)}
        self._notes = set(graph.subjects(RDF.type, OWL.AnnotationProperty))

    def parts(self) -> Iterator[Node | Edge]:
        subjects = {one for one in self._graph.subjects() if isinstance(one, URIRef)} - self._properties
        terms = [one for one in subjects if str(self._graph.value(one, OWL.deprecated)).lower() != "true"]
        for term in sorted(terms, key=lambda one: (self._places.line_of(str(one)), str(one))):
            yield self._node(term)
            yield from self._edges(term)

    def _literals(self, term: URIRef, *predicates: URIRef) -> list[Literal]:
        """Literals of a term in a settled order: the order of predicates, then language, then text."""
        found = ((number, one) for number, p in enumerate(predicates) for one in self._graph.objects(term, p))
        kept = ((number, one) for number, one in found if isinstance(one, Literal) and str(one).strip())
        return [one for _, one in sorted(kept, key=lambda item: (item[0], self._rank(item[1]), str(item[1])))]

    def _rank(self, literal: Literal) -> int:
        language = (literal.language or "").partition("-")[0]
        return [self._language, "", "en"].index(language) if language in {self._language, "", "en"} else 3

    def _node(self, term: URIRef) -> Node:
        labels = self._literals(term, *_LABELS)
        name = str(labels[0]).strip() if labels else self._own_name(term)
        own = (labels[0].language or "") if labels else ""
        synonyms = [Synonym(str(one).strip(), "EXACT", one.language or "") for one in labels[1:] if str(one) != name]
        for predicate, scope in _SYNONYMS.items():
            synonyms += [
                Synonym(str(one).strip(), scope, one.language if one.language and one.language != own else "")
                for one in self._literals(term, predicate)
            ]
        definitions = self._literals(term, *_DEFINITIONS)
        told = Term(
            id=str(term),
            name=name,
            definition=str(definitions[0]).strip() if definitions else "",
            synonyms=tuple(synonyms),
            xrefs=tuple(str(one) for one in self._literals(term, _XREF)),
            kind=self._kind(term),
        )
        return term_node(told, lambda *words: self._quote(term, *words), self._fields(term))

    def _quote(self, term: URIRef, *words: str) -> tuple[str, int]:
        """A name is quoted before an identifier, which the block holds anyway."""
        quote, line = self._places.quote(str(term), *reversed(words))
        return quote or words[-1], line or 1

    def _own_name(self, term: URIRef) -> str:
        """The end of the address, where it is a word and no code: `…/肺炎`."""
        name = local_name(str(term))
        return "" if code_of(str(term)) or not re.search(r"[^\W\d_]{2,}", name) or self._is_class(term) else name

    def _is_class(self, term: URIRef) -> bool:
        return any(one in (OWL.Class, RDFS.Class) for one in self._graph.objects(term, RDF.type))

    def _kind(self, term: URIRef) -> str:
        types = sorted(str(one) for one in self._graph.objects(term, RDF.type) if isinstance(one, URIRef))
        own = [one for one in types if not one.startswith(_OWN_WORDS)]
        return self._word(URIRef(own[0])) if own else ""

    def _word(self, term: URIRef) -> str:
        """What the file calls a property or class: its label, else the end of its address."""
        labels = self._literals(term, *_LABELS)
        return str(labels[0]).strip() if labels else local_name(str(term))

    def _is_told(self, predicate: RdfNode) -> bool:
        return (
            isinstance(predicate, URIRef) and predicate not in self._notes and not str(predicate).startswith(_OWN_WORDS)
        )

    def _fields(self, term: URIRef) -> list[Field]:
        """Texts and names that a graph's own properties give the term."""
        predicates = {one for one in self._graph.predicates(term) if isinstance(one, URIRef) and self._is_told(one)}
        found = []
        for predicate in sorted(predicates):
            for value in self._literals(term, predicate):
                quote, line = self._quote(term, str(value))
                found.append(
                    Field(self._word(predicate), self._word(predicate), (str(value).strip(),), quote, row=line)
                )
        return found

    def _edges(self, term: URIRef) -> Iterator[Edge]:
        rows = []
        for predicate, value in self._graph.predicate_objects(term):
            if isinstance(value, URIRef) and (predicate in _PARENTS or self._is_told(predicate)):
                relation = "is_a" if predicate in _PARENTS else self._word(URIRef(str(predicate)))
                rows.append((relation, str(value)))
            elif isinstance(value, BNode) and predicate == RDFS.subClassOf:
                rows += self._restriction(value)
        for relation, target in sorted(set(rows)):
            if target != str(OWL.Thing):
                quote, line = self._quote(term, target)
                yield Edge(str(term), target, relation, line, quote)

    def _restriction(self, node: BNode) -> list[tuple[str, str]]:
        """`part of some X` as a relation to X."""
        relation = self._graph.value(node, OWL.onProperty)
        target = self._graph.value(node, OWL.someValuesFrom)
        return (
            [(self._word(relation), str(target))] if isinstance(relation, URIRef) and isinstance(target, URIRef) else []
        )
