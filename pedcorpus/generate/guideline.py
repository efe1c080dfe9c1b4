"""Generator `guideline`: graded recommendations become MedKQ&A, and TreRecom where they give a drug its dose."""

from __future__ import annotations

from collections.abc import Iterator

from pedcorpus.generate.aspects import aspect_of
from pedcorpus.generate.doses import find_doses
from pedcorpus.generate.dosing import child_for, drug_orders
from pedcorpus.generate.evidence import EvidenceList
from pedcorpus.generate.generator import Material
from pedcorpus.generate.groups import Line
from pedcorpus.generate.numbering import strip_numbering
from pedcorpus.generate.phrasing import phrase
from pedcorpus.generate.recommendation import Recommendation, guideline_topic, read_recommendations
from pedcorpus.generate.scenes import sex_for
from pedcorpus.generate.section_draft import SectionDraft
from pedcorpus.generate.sentences import CAUTION, points_elsewhere, split_spans
from pedcorpus.records import Basis, Instruction, Patient, SourceKind, Statement
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks.medkqa import Aspect, MedKQA
from pedcorpus.tasks.trerecom import TASK, TreRecom

__all__ = ["GENERATOR", "GuidelineGenerator"]

_ASPECT_WORDS: tuple[tuple[str, Aspect], ...] = (
    ("预防", "prevention"),
    ("护理", "care"),
    ("检查", "examination"),
    ("诊断", "diagnosis"),
    ("评估", "diagnosis"),
    ("分层", "diagnosis"),
    ("治疗", "treatment"),
    ("用药", "treatment"),
)


class GuidelineGenerator:
    """Reads guidelines and consensus statements, recommendation by recommendation."""

    name = "guideline"
    version = 2
    kinds = frozenset({SourceKind.GUIDELINE})

    def drafts(self, material: Material, settings: GenerateSettings) -> Iterator[Instruction]:
        if material.source.language != "zh":
            return
        draft = SectionDraft(material.source, settings, generator=self.name, version=self.version)
        topic = guideline_topic(material.passages, material.source.title)
        for recommendation in read_recommendations(material.passages):
            yield from _answers(draft, topic, recommendation)
            yield from _reasons(draft, topic, recommendation)
            yield from _plans(draft, topic, recommendation)


def _aspect(recommendation: Recommendation) -> Aspect:
    """From the innermost heading that names one, else from its words."""
    headings = [strip_numbering(part) for part in recommendation.lines[0].passage.address.heading_path]
    for heading in reversed(headings):
        if aspect := aspect_of(heading):
            return aspect
        for word, named in _ASPECT_WORDS:
            if word in heading:
                return named
    return "other"


def _answers(draft: SectionDraft, topic: str, recommendation: Recommendation) -> Iterator[MedKQA]:
    """The recommendation with its grade, asked for without saying which way it goes."""
    words = {"t": topic, "c": recommendation.condition, "a": recommendation.action}
    if recommendation.purpose:
        key, words["a"] = "recommend_purpose", recommendation.purpose
    elif recommendation.action:
        key = "recommend" if recommendation.condition else "recommend_plain"
    else:
        return
    if any(points_elsewhere(line.text) for line in recommendation.lines):
        return
    evidence = EvidenceList()
    for line in recommendation.lines:
        draft.cite(evidence, line)
    count, seed = draft.settings.questions_per_aspect, draft.settings.seed
    for asked in phrase(key, count, language=draft.language, seed=seed, **words):
        yield MedKQA(
            task="medkqa",
            topic=topic,
            asker=asked.asker,
            question=asked.text,
            aspect=_aspect(recommendation),
            answer="\n".join(line.text for line in recommendation.lines),
            evidence=evidence.rows,
            **draft.shared,
        )


def _reasons(draft: SectionDraft, topic: str, recommendation: Recommendation) -> Iterator[MedKQA]:
    """Why it is recommended, where the guideline says so."""
    lines = [line for line in recommendation.reasons if not points_elsewhere(line.text)]
    pairs = {recommendation.action[index : index + 2] for index in range(len(recommendation.action) - 1)}
    if not any(pair in line.text for pair in pairs for line in lines):
        return  # the explanation is of something else that the recommendation says
    size = sum(len(line.text) + 1 for line in lines)
    if not lines or not recommendation.action or size > draft.settings.max_answer_chars:
        return
    evidence = EvidenceList()
    for line in lines:
        draft.cite(evidence, line)
    words = {"t": topic, "c": recommendation.condition, "a": recommendation.action}
    for asked in phrase("recommend_reason", 1, language=draft.language, seed=draft.settings.seed, **words):
        yield MedKQA(
            task="medkqa",
            topic=topic,
            asker=asked.asker,
            question=asked.text,
            aspect=_aspect(recommendation),
            answer="\n".join(line.text for line in lines),
            evidence=evidence.rows,
            **draft.shared,
        )


def _plans(draft: SectionDraft, topic: str, recommendation: Recommendation) -> Iterator[TreRecom]:
    """Cases for a recommendation that gives a drug its dose; never for one against."""
    doses = tuple(find_doses(recommendation.text))
    # the parser reads a refusal also where only the grade says it: 推荐强度：弱不推荐
    refused = any(line.passage.attributes.get("polarity") in ("against", "mixed") for line in recommendation.lines)
    if not doses or recommendation.is_against or refused:
        return
    seed = draft.settings.seed
    told = recommendation.condition
    for number in range(draft.settings.cases_per_disease):
        key = (seed, "recommendation", topic, recommendation.text, number)
        age, weight = child_for(doses, recommendation.text, None, *key)
        evidence = EvidenceList()
        indices = [draft.cite(evidence, line) for line in recommendation.lines]
        key_of_question = "case_dose" if weight is not None else "case_fixed_dose"
        asked = phrase(key_of_question, 1, language="zh", seed=seed, d=topic, f=doses[0].name, n=str(number), c=told)[0]
        yield TreRecom(
            task="trerecom",
            topic=topic,
            asker=asked.asker,
            question=asked.text,
            patient=Patient(age_months=age, weight_kg=weight, sex=sex_for(topic, told, key=key)),
            diagnosis=topic,
            findings=recommendation.told,
            plan=tuple(
                Statement(text=line.text, evidence=(index,))
                for line, index in zip(recommendation.lines, indices, strict=True)
            ),
            drugs=drug_orders(doses, evidence=indices[0], weight_kg=weight),
            cautions=_cautions(draft, evidence, recommendation),
            follow_up=(Statement(text=TASK.safety_lines["zh"], basis=Basis.SAFETY),),
            evidence=evidence.rows,
            **draft.shared,
        )


def _cautions(draft: SectionDraft, evidence: EvidenceList, recommendation: Recommendation) -> tuple[Statement, ...]:
    """Sentences of its explanation that warn."""
    found = []
    for reason in recommendation.reasons:
        for sentence in split_spans(reason.passage.text, reason.start, language="zh"):
            if CAUTION.search(sentence.text) and not points_elsewhere(sentence.text):
                index = draft.cite(evidence, Line(reason.passage, sentence.start, sentence.end))
                found.append(Statement(text=sentence.text, evidence=(index,)))
    return tuple(found[:2])


GENERATOR = GuidelineGenerator()
