"""Cuts a document into the fragments that a model is shown, by the kind of its work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pedcorpus.generate.fragment import Fragment
from pedcorpus.generate.fragments_graph import graph_fragments
from pedcorpus.generate.fragments_guideline import guideline_fragments
from pedcorpus.generate.fragments_section import section_fragments
from pedcorpus.generate.generator import Material
from pedcorpus.llm import estimate_tokens
from pedcorpus.records import SourceKind
from pedcorpus.settings import GenerateSettings

__all__ = ["FRAGMENT_KINDS", "fragments"]

_FEWEST_TOKENS = 18
_BY_KIND = {
    SourceKind.TEXTBOOK: section_fragments,
    SourceKind.GUIDELINE: guideline_fragments,
    SourceKind.GRAPH: graph_fragments,
}
FRAGMENT_KINDS = frozenset(_BY_KIND)
"""Kinds of work that can be cut."""


def fragments(material: Material, settings: GenerateSettings) -> Iterator[Fragment]:
    """Fragments of one document, the same ones for the same material and settings, none twice.

    Exercises, objectives and references are not used. A few words, such as a book's disclaimer, are no fragment.
    """
    cut = _BY_KIND.get(material.source.kind)
    if cut is None:
        return
    facts = replace(material, passages=tuple(one for one in material.passages if not one.is_apparatus))
    seen: set[str] = set()
    for fragment in cut(facts, settings):
        if _says_something(fragment) and fragment.id not in seen:
            seen.add(fragment.id)
            yield fragment


def _says_something(fragment: Fragment) -> bool:
    lines = [line for line in fragment.lines if not line.speaks_to_a_model]
    is_cited = any(line.triples for line in lines)
    return is_cited or sum(estimate_tokens(line.text) for line in lines) >= _FEWEST_TOKENS
