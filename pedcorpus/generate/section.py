"""Generator `section`: textbook sections become all three tasks, disease by disease, aspect by aspect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pedcorpus.generate.diseases import read_entries
from pedcorpus.generate.evidence import EvidenceList
from pedcorpus.generate.generator import Material
from pedcorpus.generate.groups import Group, group_entries
from pedcorpus.generate.outline import outline
from pedcorpus.generate.phrasing import phrase
from pedcorpus.generate.section_cases import case_drafts
from pedcorpus.generate.section_draft import SectionDraft
from pedcorpus.generate.section_plans import plan_drafts
from pedcorpus.generate.units import Unit, section_units
from pedcorpus.records import Instruction, SourceKind
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks.medkqa import MedKQA

__all__ = ["GENERATOR", "SectionGenerator"]


class SectionGenerator:
    """Reads textbooks section by section."""

    name = "section"
    version = 2
    kinds = frozenset({SourceKind.TEXTBOOK})

    def drafts(self, material: Material, settings: GenerateSettings) -> Iterator[Instruction]:
        draft = SectionDraft(material.source, settings, generator=self.name, version=self.version)
        entries = read_entries(outline(material.passages))
        for unit in section_units(entries, language=draft.language, max_chars=settings.max_answer_chars):
            yield from _answers(draft, unit)
        if draft.language == "zh":
            for groups in _by_disease(group_entries(entries)):
                yield from case_drafts(draft, groups)
                yield from plan_drafts(draft, groups)


def _by_disease(groups: Iterable[Group]) -> Iterator[list[Group]]:
    found: dict[str, list[Group]] = {}
    for group in groups:
        found.setdefault(group.disease, []).append(group)
    yield from found.values()


def _answers(draft: SectionDraft, unit: Unit) -> Iterator[MedKQA]:
    evidence = EvidenceList()
    for line in unit.lines:
        draft.cite(evidence, line)
    words = {"d": unit.asked or unit.disease, "f": unit.focus}
    count, seed = draft.settings.questions_per_aspect, draft.settings.seed
    for asked in phrase(unit.key, count, language=draft.language, seed=seed, **words):
        yield MedKQA(
            task="medkqa",
            topic=unit.disease,
            asker=asked.asker,
            question=asked.text,
            aspect=unit.aspect,
            answer="\n".join(line.text for line in unit.lines),
            evidence=evidence.rows,
            **draft.shared,
        )


GENERATOR = SectionGenerator()
