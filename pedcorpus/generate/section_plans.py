"""TreRecom from a section: plans in the source's sentences, drug orders read from them, doses worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pedcorpus.generate.choice import fraction, ranked
from pedcorpus.generate.doses import Dose, find_doses
from pedcorpus.generate.dosing import child_for, drug_orders
from pedcorpus.generate.evidence import EvidenceList
from pedcorpus.generate.facts import condition_of
from pedcorpus.generate.groups import Group, Line
from pedcorpus.generate.phrasing import phrase
from pedcorpus.generate.scenes import age_within, sex_for
from pedcorpus.generate.section_cases import Picture, onset_of, pictures_of
from pedcorpus.generate.section_draft import SectionDraft
from pedcorpus.generate.sentences import CAUTION, opens_dangling, points_elsewhere, split_spans
from pedcorpus.records import Basis, Patient, Statement
from pedcorpus.tasks.trerecom import TASK, TreRecom

__all__ = ["plan_drafts"]

_FOLLOW_UP = re.compile(
    r"随访|复诊|复查|复评|立即就诊|立即就医|立即送|送急诊|送医院|返院|及时就医|呼叫急救|尽快就诊|转诊|观察"
)
_NEWBORN = re.compile(r"新生儿|早产儿")
_MOST_STEPS = 4
_MOSTCAUTIONS = 2
_LONGEST_STEP = 170


@dataclass(frozen=True)
class Step:
    """One sentence on treatment, with the doses in it."""

    line: Line
    doses: tuple[Dose, ...]

    @property
    def text(self) -> str:
        return self.line.text


def plan_drafts(draft: SectionDraft, groups: Sequence[Group]) -> Iterator[TreRecom]:
    """Plans of one disease: by pattern where the source treats by pattern, else around its dosed drugs."""
    yield from _pattern_plans(draft, groups)
    steps = [step for group in groups if group.aspect == "treatment" for step in _steps(group)]
    dosed = [step for step in steps if step.doses and not _NEWBORN.search(step.text)]
    for number, step in enumerate(dosed):
        for again in range(_scenes_for(len(dosed), draft.settings.cases_per_disease)):
            yield _dosed_plan(draft, groups, steps, step, number * draft.settings.cases_per_disease + again)
    if steps and not dosed:
        yield from _plain_plans(draft, groups, steps)


def _scenes_for(sentences: int, cases: int) -> int:
    """How often each dosed sentence is used, so that a disease has about as many cases as the settings say."""
    return max(1, cases // sentences)


def _steps(group: Group) -> Iterator[Step]:
    for entry in group.entries:
        block = entry.block
        if group.focus and entry.block.label is None and group.section != group.focus:
            continue
        for sentence in split_spans(block.passage.text, block.start, language="zh"):
            text = sentence.text
            if points_elsewhere(text) or opens_dangling(text) or not 6 <= len(text) <= _LONGEST_STEP:
                continue
            yield Step(Line(block.passage, sentence.start, sentence.end), tuple(find_doses(text)))


def _dosed_plan(
    draft: SectionDraft, groups: Sequence[Group], steps: Sequence[Step], step: Step, number: int
) -> TreRecom:
    seed, disease = draft.settings.seed, groups[0].disease
    key = (seed, "plan", disease, step.text, number)
    onset = onset_of(groups)
    age, weight = child_for(step.doses, step.text, onset.ages if onset else None, *key)
    evidence = EvidenceList()
    index = draft.cite(evidence, step.line)
    general = [other for other in steps if not other.doses and _is_general(other.text) and other is not step][:1]
    plan = [*general, step]
    plan.sort(key=lambda item: (item.line.passage.position, item.line.start))
    drug = step.doses[0].name
    key_of_question = "case_dose" if weight is not None else "case_fixed_dose"
    asked = phrase(key_of_question, 1, language=draft.language, seed=seed, d=disease, f=drug, n=str(number))[0]
    told = condition_of(step.text)
    findings = (told,) if told and disease not in told else ()
    return TreRecom(
        task="trerecom",
        topic=disease,
        asker=asked.asker,
        question=asked.text,
        patient=Patient(age_months=age, weight_kg=weight, sex=sex_for(disease, step.text, key=key)),
        diagnosis=disease,
        findings=findings,
        plan=_statements(draft, evidence, plan),
        drugs=drug_orders(step.doses, evidence=index, weight_kg=weight),
        cautions=_cautions(draft, evidence, steps, plan),
        follow_up=_follow_up(draft, evidence, groups),
        evidence=evidence.rows,
        **draft.shared,
    )


def _is_general(text: str) -> bool:
    return not CAUTION.search(text) and not re.search(
        r"不需要|自行|特效|者[，可应用给]|型|度|[若如]|疗程|手术|时[，应可]", text
    )


def _plain_plans(draft: SectionDraft, groups: Sequence[Group], steps: Sequence[Step]) -> Iterator[TreRecom]:
    """A plan without doses, where the source gives none."""
    disease, seed = groups[0].disease, draft.settings.seed
    plan = [step for step in steps if not _only_caution(step.text)][:_MOST_STEPS]
    while plan and sum(len(step.text) for step in plan) > draft.settings.max_answer_chars:
        plan.pop()
    if not plan:
        return
    general = [picture for picture in pictures_of(groups, seed) if not picture.subtype]
    for number in range(draft.settings.cases_per_disease if general else 1):
        key = (seed, "plain plan", disease, number)
        evidence = EvidenceList()
        findings = _told(general[0], number, key) if general else ()
        onset = onset_of(groups)
        asked = phrase("case_treatment", 1, language=draft.language, seed=seed, d=disease, n=str(number))[0]
        yield TreRecom(
            task="trerecom",
            topic=disease,
            asker=asked.asker,
            question=asked.text,
            patient=Patient(
                age_months=age_within(onset.ages, *key) if onset else None, sex=sex_for(disease, *findings, key=key)
            ),
            diagnosis=disease,
            findings=findings,
            plan=_statements(draft, evidence, plan),
            cautions=_cautions(draft, evidence, steps, plan),
            follow_up=_follow_up(draft, evidence, groups),
            evidence=evidence.rows,
            **draft.shared,
        )


def _only_caution(text: str) -> bool:
    return bool(CAUTION.search(text)) and len(text) < 40


def _told(picture: Picture, number: int, key: tuple[object, ...]) -> tuple[str, ...]:
    """A few findings of the picture, in the source's order."""
    chosen = set(ranked(range(len(picture.findings)), *key)[: 3 + number % 2])
    return tuple(finding.text for index, finding in enumerate(picture.findings) if index in chosen)


def _statements(draft: SectionDraft, evidence: EvidenceList, steps: Sequence[Step]) -> tuple[Statement, ...]:
    return tuple(Statement(text=step.text, evidence=(draft.cite(evidence, step.line),)) for step in steps)


def _cautions(
    draft: SectionDraft, evidence: EvidenceList, steps: Sequence[Step], plan: Sequence[Step]
) -> tuple[Statement, ...]:
    chosen = [step for step in steps if step not in plan and not step.doses and CAUTION.search(step.text)]
    return _statements(draft, evidence, chosen[:_MOSTCAUTIONS])


def _follow_up(draft: SectionDraft, evidence: EvidenceList, groups: Sequence[Group]) -> tuple[Statement, ...]:
    """The source's sentences on follow-up, then the task's fixed safety line."""
    safety = Statement(text=TASK.safety_lines[draft.language], basis=Basis.SAFETY)
    for group in groups:
        if group.aspect in {"prognosis", "care"}:
            chosen = [step for step in _steps(group) if _FOLLOW_UP.search(step.text)][:_MOSTCAUTIONS]
            if chosen:
                return (*_statements(draft, evidence, chosen), safety)
    return (safety,)


def _pattern_plans(draft: SectionDraft, groups: Sequence[Group]) -> Iterator[TreRecom]:
    """治法 and 方例 of each pattern for a child with that pattern's findings; care from the disease's own section."""
    seed = draft.settings.seed
    for group in groups:
        picture = next((picture for picture in pictures_of([group], seed) if picture.is_syndrome), None)
        lines = _pattern_lines(group)
        if picture is None or not lines or any("（1）" in line.text for line in lines):
            continue
        for number in range(draft.settings.cases_per_disease):
            findings = _told(picture, number, (seed, "pattern", group.disease, group.focus, number))
            yield _pattern_plan(draft, groups, group, lines, findings, number)


def _pattern_lines(group: Group) -> list[Line]:
    """The lines 治法：… and 方例：… with their labels, and the variations of the formula that follow them."""
    lines: list[Line] = []
    for entry in group.entries:
        text = entry.block.passage.text
        line = Line(entry.block.passage, len(text) - len(text.lstrip()), len(text.rstrip()))
        if points_elsewhere(text) or not 4 <= len(line.text) <= _LONGEST_STEP:
            continue
        if entry.block.label is not None and entry.aspect == "treatment" and re.match(r"治[法则]|方", line.text):
            if any(known.text[:2] == line.text[:2] for known in lines):
                break
            lines.append(line)
        elif lines and entry.block.label is None and re.match(r"[若如](?!上)", text) and len(lines) < _MOST_STEPS:
            lines.append(line)
    return lines if any(line.text.startswith("方") for line in lines) else []


def _pattern_plan(
    draft: SectionDraft,
    groups: Sequence[Group],
    group: Group,
    lines: Sequence[Line],
    findings: tuple[str, ...],
    number: int,
) -> TreRecom:
    seed = draft.settings.seed
    key = (seed, "pattern", group.disease, group.focus, number)
    evidence = EvidenceList()
    onset = onset_of(groups)
    care = [step for other in groups if other.aspect == "care" for step in _steps(other)]
    care = [step for step in ranked(care, *key, "care") if len(step.text) <= 60][:_MOSTCAUTIONS]
    words = {"d": group.disease, "f": group.focus, "n": str(number)}
    asked = phrase(
        "case_syndrome_treatment" if group.focus else "case_treatment", 1, language=draft.language, seed=seed, **words
    )[0]
    told_age = onset is not None and fraction("told age", *key) < 0.8
    return TreRecom(
        task="trerecom",
        topic=group.disease,
        asker=asked.asker,
        question=asked.text,
        patient=Patient(
            age_months=age_within(onset.ages, *key) if onset and told_age else None,
            sex=sex_for(group.disease, *findings, key=key),
        ),
        diagnosis=f"{group.disease}（{group.focus}）" if group.focus else group.disease,
        findings=findings,
        plan=_statements(draft, evidence, [Step(line, ()) for line in lines]),
        cautions=_statements(draft, evidence, care),
        follow_up=(Statement(text=TASK.safety_lines[draft.language], basis=Basis.SAFETY),),
        evidence=evidence.rows,
        **draft.shared,
    )
