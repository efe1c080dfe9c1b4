"""A term of an ontology as a node, whichever format it was read from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pedcorpus.parse.entities import Field
from pedcorpus.parse.network import Node

__all__ = ["SYNONYMS", "Synonym", "Term", "term_node"]

SYNONYMS = {
    "EXACT": "has_alias",
    "RELATED": "has_related_synonym",
    "BROAD": "has_broad_synonym",
    "NARROW": "has_narrow_synonym",
}
"""Scope of a synonym → relation: only an exact synonym is another name of the same thing."""


@dataclass(frozen=True)
class Synonym:
    """Another name of a term."""

    text: str
    scope: str = "EXACT"
    language: str = ""
    """Where it is another one than the term's own label is in."""


@dataclass(frozen=True)
class Term:
    """What an ontology says of one term besides its relations."""

    id: str
    """As the file writes it."""
    name: str
    definition: str = ""
    synonyms: tuple[Synonym, ...] = ()
    xrefs: tuple[str, ...] = ()
    kind: str = ""


Quoted = Callable[..., tuple[str, int]]
"""Gives the verbatim text that holds some words of the term, and its physical line."""


def term_node(term: Term, quoted: Quoted, extra: Iterable[Field] = ()) -> Node:
    """The node of `term`; `extra` are fields that only some formats have."""
    fields = [_synonym(synonym, quoted) for synonym in term.synonyms]
    if term.definition:
        fields.append(
            Field("definition", "definition", (term.definition,), shape="text", row=quoted(term.definition)[1])
        )
    quote, line = quoted(term.id, term.name)
    xrefs = " ".join(sorted(set(term.xrefs)))
    attributes = (("xrefs", xrefs),) if xrefs else ()
    return Node(term.id, term.name, term.kind, (*fields, *extra), line, quote, attributes)


def _synonym(synonym: Synonym, quoted: Quoted) -> Field:
    quote, line = quoted(synonym.text)
    told = (("language", synonym.language),) if synonym.language else ()
    relation = SYNONYMS.get(synonym.scope.upper(), SYNONYMS["RELATED"])
    return Field("synonym", relation, (synonym.text,), quote, shape="name", row=line, attributes=told)
