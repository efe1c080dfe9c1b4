"""Generator `section`: textbook sections become all three tasks, disease by disease, aspect by aspect."""

from __future__ import annotations

from collections.abc import Iterator

from pedcorpus.generate.diseases import read_entries
from pedcorpus.generate.evidence import EvidenceList, passage_evidence, provenance
from pedcorpus.generate.generator import Material
from pedcorpus.generate.outline import outline
from pedcorpus.generate.phrasing import phrase
from pedcorpus.generate.units import Unit, section_units
from pedcorpus.records import Instruction, SourceKind
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks.medkqa import MedKQA

__all__ = ["GENERATOR", "SectionGenerator"]


class SectionGenerator:
    """Reads textbooks section by section."""

    name = "section"
    version = 1
    kinds = frozenset({SourceKind.TEXTBOOK})

    def drafts(self, material: Material, settings: GenerateSettings) -> Iterator[Instruction]:
        language = material.source.language
        entries = read_entries(outline(material.passages))
        for unit in section_units(entries, language=language, max_chars=settings.max_answer_chars):
            yield from self._answers(unit, material, settings)

    def _answers(self, unit: Unit, material: Material, settings: GenerateSettings) -> Iterator[MedKQA]:
        shared = provenance(material.source, generator=self.name, version=self.version)
        evidence = EvidenceList()
        for line in unit.lines:
            evidence.add(passage_evidence(material.source, line.passage, line.start, line.end))
        for asked in phrase(
            unit.key,
            settings.questions_per_aspect,
            language=material.source.language,
            seed=settings.seed,
            d=unit.disease,
            f=unit.focus,
        ):
            yield MedKQA(
                task="medkqa",
                topic=unit.disease,
                asker=asked.asker,
                question=asked.text,
                aspect=unit.aspect,
                answer="\n".join(line.text for line in unit.lines),
                evidence=evidence.rows,
                **shared,
            )


GENERATOR = SectionGenerator()
