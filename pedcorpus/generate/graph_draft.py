"""What every draft from a graph needs: the graph, its source, the settings, framed sentences with their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pedcorpus.generate.evidence import EvidenceList, Provenance, provenance, triple_evidence
from pedcorpus.generate.neighbourhood import DiseaseGraph
from pedcorpus.records import Source
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks.frames import listing_sentence

__all__ = ["GraphDraft"]


@dataclass(frozen=True)
class GraphDraft:
    """The graph at hand and how drafts are made from it."""

    graph: DiseaseGraph
    source: Source
    settings: GenerateSettings
    generator: str
    version: int

    @property
    def language(self) -> Literal["zh", "en"]:
        return self.source.language

    @property
    def shared(self) -> Provenance:
        """Fields that every draft of this source has."""
        return provenance(self.source, generator=self.generator, version=self.version)

    def cite(self, evidence: EvidenceList, disease: str, relation: str, tails: Sequence[str]) -> tuple[int, ...]:
        """Indices of the statements that link `disease` to `tails`."""
        statements = (self.graph.statement(disease, relation, tail) for tail in tails)
        return tuple(evidence.add(triple_evidence(self.source, statement)) for statement in statements)

    def sentence(self, frame: str, heads: Sequence[str], tails: Sequence[str]) -> str:
        """The framed sentence; a frame missing from the tables is a mistake in the program."""
        sentence = listing_sentence(frame, heads, tails, language=self.language)
        if sentence is None:
            raise KeyError(frame)
        return sentence

    def joined(self, names: Sequence[str]) -> str:
        """Names as they stand inside a question."""
        if self.language == "zh":
            return "、".join(names)
        return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
