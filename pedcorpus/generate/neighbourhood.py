"""A knowledge graph as diseases and their symptoms: who shares what, who is near, what singles one out.

The graph is bipartite (diseases, symptoms); rarity is the number of diseases that hold a symptom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

import networkx as nx

from pedcorpus.generate.choice import ranked
from pedcorpus.records import Triple

__all__ = ["DiseaseGraph"]


class DiseaseGraph:
    """The statements of one graph, looked up by disease and relation."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._triples: dict[str, dict[str, dict[str, Triple]]] = defaultdict(lambda: defaultdict(dict))
        for triple in sorted(triples, key=lambda triple: (triple.address.row or 0, triple.id)):
            self._triples[triple.head][triple.relation].setdefault(triple.tail, triple)

    @cached_property
    def diseases(self) -> tuple[str, ...]:
        """Heads of any statement, sorted."""
        return tuple(sorted(self._triples))

    @cached_property
    def _bipartite(self) -> nx.Graph[tuple[str, str]]:
        graph: nx.Graph[tuple[str, str]] = nx.Graph()
        for disease in self.diseases:
            graph.add_edges_from(
                (("disease", disease), ("symptom", tail)) for tail in self.tails(disease, "has_symptom")
            )
        return graph

    def relations(self, disease: str) -> tuple[str, ...]:
        """Relations in which the disease is the head, in the order of the file."""
        stated = self._triples.get(disease, {})
        return tuple(relation for relation, tails in stated.items() if tails)  # a lookup leaves empty ones

    def triples(self, disease: str, relation: str) -> tuple[Triple, ...]:
        """The disease's statements of one relation, in the order of the file, one for each tail."""
        return tuple(self._triples[disease][relation].values()) if disease in self._triples else ()

    def tails(self, disease: str, relation: str) -> tuple[str, ...]:
        """What those statements name."""
        return tuple(triple.tail for triple in self.triples(disease, relation))

    def statement(self, disease: str, relation: str, tail: str) -> Triple:
        """The one statement that says so."""
        return self._triples[disease][relation][tail]

    @cached_property
    def symptoms(self) -> tuple[str, ...]:
        """All symptoms, sorted."""
        return tuple(sorted(name for kind, name in self._bipartite if kind == "symptom"))

    def holders(self, symptom: str) -> tuple[str, ...]:
        """Diseases that have `symptom`, sorted."""
        node = ("symptom", symptom)
        return tuple(sorted(name for _, name in self._bipartite[node])) if node in self._bipartite else ()

    def shared(self, first: str, second: str) -> tuple[str, ...]:
        """Symptoms of both, the rarest first."""
        common = set(self.tails(first, "has_symptom")) & set(self.tails(second, "has_symptom"))
        return self._by_rarity(common)

    def only(self, first: str, second: str) -> tuple[str, ...]:
        """Symptoms of `first` that `second` lacks, the rarest first."""
        return self._by_rarity(set(self.tails(first, "has_symptom")) - set(self.tails(second, "has_symptom")))

    def _by_rarity(self, symptoms: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(symptoms, key=lambda symptom: (len(self.holders(symptom)), symptom)))

    def neighbours(self, disease: str) -> tuple[str, ...]:
        """Diseases that share a symptom, the most alike first (Jaccard index of the symptoms; then by name)."""
        own = set(self.tails(disease, "has_symptom"))
        others = sorted({holder for symptom in own for holder in self.holders(symptom)} - {disease})

        def unlikeness(other: str) -> float:
            theirs = set(self.tails(other, "has_symptom"))
            return -len(own & theirs) / len(own | theirs)

        return tuple(sorted(others, key=lambda other: (unlikeness(other), other)))

    def separating(self, disease: str, *key: object, without: Sequence[str] = ()) -> tuple[str, ...]:
        """Few symptoms that no other disease has together: a greedy set cover; empty if there are none such.

        Each step takes the symptom that excludes most of the diseases still possible; `key` decides between equals.
        """
        left = ranked((s for s in self.tails(disease, "has_symptom") if s not in without), *key)
        possible = set(self.diseases) - {disease}
        chosen: list[str] = []
        while possible and left:
            best = min(left, key=lambda symptom: len(possible & set(self.holders(symptom))))
            remaining = possible & set(self.holders(best))
            if len(remaining) == len(possible):
                return ()
            chosen.append(best)
            left.remove(best)
            possible = remaining
        return tuple(chosen) if not possible else ()
