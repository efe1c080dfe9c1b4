"""What every draft from a section needs: its material, the settings, and citations of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pedcorpus.generate.evidence import EvidenceList, Provenance, passage_evidence, provenance
from pedcorpus.generate.groups import Line
from pedcorpus.generate.outline import Heading
from pedcorpus.normalise import contains_folded
from pedcorpus.records import Source
from pedcorpus.settings import GenerateSettings

__all__ = ["SectionDraft"]


@dataclass(frozen=True)
class SectionDraft:
    """The source at hand and how its lines become evidence."""

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

    def cite(self, evidence: EvidenceList, line: Line) -> int:
        """Index of the evidence for `line`."""
        return evidence.add(passage_evidence(self.source, line.passage, line.start, line.end))

    def cite_name(
        self, evidence: EvidenceList, name: str, heading: Heading | None, near: Sequence[int]
    ) -> tuple[int, ...]:
        """Further evidence that says `name`, where neither the quotes nor the headings of `near` do; may be empty."""
        for index in near:
            row = evidence.rows[index]
            if any(contains_folded(text, name) for text in (row.quote, *row.address.heading_path)):
                return ()
        if heading is None or heading.passage is None or heading.start < 0:
            return ()
        return (self.cite(evidence, Line(heading.passage, heading.start, heading.start + len(heading.text))),)
