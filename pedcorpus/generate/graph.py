"""Generator `graph`: the neighbourhoods of a knowledge graph become all three tasks."""

from __future__ import annotations

from collections.abc import Iterator

from pedcorpus.generate.generator import Material
from pedcorpus.generate.graph_answers import relation_answers, shared_symptom_answers, two_hop_answers
from pedcorpus.generate.graph_cases import diagnosis_cases, treatment_cases
from pedcorpus.generate.graph_draft import GraphDraft
from pedcorpus.generate.neighbourhood import DiseaseGraph
from pedcorpus.records import Instruction, SourceKind
from pedcorpus.settings import GenerateSettings

__all__ = ["GENERATOR", "GraphGenerator"]


class GraphGenerator:
    """Reads knowledge graphs."""

    name = "graph"
    version = 2
    kinds = frozenset({SourceKind.GRAPH})

    def drafts(self, material: Material, settings: GenerateSettings) -> Iterator[Instruction]:
        graph = DiseaseGraph(material.triples)
        draft = GraphDraft(graph, material.source, settings, generator=self.name, version=self.version)
        for disease in graph.diseases:
            yield from relation_answers(draft, disease)
            yield from diagnosis_cases(draft, disease)
            yield from treatment_cases(draft, disease)
        yield from shared_symptom_answers(draft)
        yield from two_hop_answers(draft)


GENERATOR = GraphGenerator()
