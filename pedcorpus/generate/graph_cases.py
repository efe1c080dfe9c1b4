"""EviDiag and TreRecom from a graph: cases whose findings single one disease out, and plans from its treatments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pedcorpus.generate.choice import pick, ranked
from pedcorpus.generate.evidence import EvidenceList
from pedcorpus.generate.graph_draft import GraphDraft
from pedcorpus.generate.phrasing import phrase
from pedcorpus.generate.scenes import sex_for
from pedcorpus.records import Basis, Patient, Statement
from pedcorpus.tasks.evidiag import Differential, EviDiag, Support, care_advice
from pedcorpus.tasks.trerecom import TASK as TRERECOM
from pedcorpus.tasks.trerecom import DrugOrder, TreRecom

__all__ = ["diagnosis_cases", "treatment_cases"]

_MOST_FINDINGS = 6
_FEWEST_FINDINGS = 3
_MOST_DIFFERENTIALS = 3
_MOST_DISTINCTIONS = 3
_MOST_STEPS = 5
# relation → frame of the plan's line, in the order in which things are done
_STEPS = (
    ("belongs_to_department", "plan_department"),
    ("requires_exam", "plan_exam"),
    ("treated_with", "plan_treatment"),
)
_NO_CASE = re.compile(r"^(?:无症状|asymptomatic)", re.I)


def diagnosis_cases(draft: GraphDraft, disease: str) -> Iterator[EviDiag]:
    """Cases of `disease`, each from another set of separating symptoms as far as the graph has them."""
    used: list[str] = []
    told: set[frozenset[str]] = set()
    for number in range(draft.settings.cases_per_disease):
        key = (draft.settings.seed, "case", disease, number)
        core = draft.graph.separating(disease, *key, without=used) or draft.graph.separating(disease, *key)
        findings = _findings(draft, disease, core, key)
        if not core or len(findings) < _FEWEST_FINDINGS or frozenset(findings) in told:
            continue
        told.add(frozenset(findings))
        used.append(core[0])
        yield _case(draft, disease, findings, number)


def _findings(draft: GraphDraft, disease: str, core: tuple[str, ...], key: tuple[object, ...]) -> tuple[str, ...]:
    """The separating symptoms and some that others share, in an order that gives nothing away."""
    rest = ranked((s for s in draft.graph.tails(disease, "has_symptom") if s not in core), *key, "rest")
    chosen = [s for s in (*core, *rest) if not _NO_CASE.search(s)][: max(len(core), _MOST_FINDINGS - 1)]
    return tuple(ranked(chosen, *key, "order"))


def _case(draft: GraphDraft, disease: str, findings: tuple[str, ...], number: int) -> EviDiag:
    evidence = EvidenceList()
    cited = draft.cite(evidence, disease, "has_symptom", findings)
    differentials = []
    for other in _rivals(draft, disease, findings):
        apart = draft.graph.only(other, disease)[:_MOST_DISTINCTIONS]
        indices = draft.cite(evidence, other, "has_symptom", apart)
        text = draft.sentence("tells_apart", [other], apart)
        differentials.append(Differential(disease=other, distinction=text, evidence=indices[0], also=indices[1:]))
    seed = draft.settings.seed
    asked = phrase("case", 1, language=draft.language, seed=seed, d=disease, n=str(number))[0]
    return EviDiag(
        task="evidiag",
        topic=disease,
        asker=asked.asker,
        question=asked.text,
        patient=Patient(sex=sex_for(disease, *findings, key=(seed, disease, number))),
        findings=findings,
        diagnosis=disease,
        supporting_evidence=tuple(
            Support(finding=finding, criterion=finding, evidence=index)
            for finding, index in zip(findings, cited, strict=True)
        ),
        differentials=tuple(differentials),
        advice=care_advice(asked.asker, language=draft.language),
        evidence=evidence.rows,
        **draft.shared,
    )


def _rivals(draft: GraphDraft, disease: str, findings: tuple[str, ...]) -> list[str]:
    """The nearest neighbours that share a finding of the case and have something of their own to tell them by."""
    graph = draft.graph
    named = [other for other in graph.tails(disease, "differs_from") if other in graph.diseases]
    near = [other for other in graph.neighbours(disease) if set(graph.shared(disease, other)) & set(findings)]
    candidates = sorted(near, key=lambda other: (other not in named, near.index(other)))
    return [other for other in candidates if graph.only(other, disease)][:_MOST_DIFFERENTIALS]


def treatment_cases(draft: GraphDraft, disease: str) -> Iterator[TreRecom]:
    """Plans for a child with `disease`, with other findings each time; nothing where the graph names no treatment."""
    graph = draft.graph
    if not graph.triples(disease, "treated_by") and not graph.triples(disease, "treated_with"):
        return
    told: set[tuple[str, ...]] = set()
    for number in range(draft.settings.cases_per_disease):
        key = (draft.settings.seed, "treatment", disease, number)
        symptoms = tuple(ranked(graph.tails(disease, "has_symptom"), *key)[: pick((2, 3), *key)])
        if symptoms not in told:
            told.add(symptoms)
            yield _plan(draft, disease, symptoms, number)


def _plan(draft: GraphDraft, disease: str, symptoms: tuple[str, ...], number: int) -> TreRecom:
    graph, evidence, seed = draft.graph, EvidenceList(), draft.settings.seed
    steps = []
    for relation, frame in _STEPS:
        if tails := graph.tails(disease, relation)[:_MOST_STEPS]:
            indices = draft.cite(evidence, disease, relation, tails)
            steps.append(Statement(text=draft.sentence(frame, [disease], tails), evidence=indices))
    drugs = [
        DrugOrder(name=name, evidence=draft.cite(evidence, disease, "treated_by", [name])[0])
        for name in graph.tails(disease, "treated_by")[:_MOST_STEPS]
    ]
    if not steps:
        names = [drug.name for drug in drugs]
        indices = draft.cite(evidence, disease, "treated_by", names)
        steps.append(Statement(text=draft.sentence("treated_by", [disease], names), evidence=indices))
    cautions = []
    if tails := graph.tails(disease, "has_complication")[:_MOST_STEPS]:
        indices = draft.cite(evidence, disease, "has_complication", tails)
        cautions.append(Statement(text=draft.sentence("plan_watch", [disease], tails), evidence=indices))
    asked = phrase("case_treatment", 1, language=draft.language, seed=seed, d=disease, n=str(number))[0]
    return TreRecom(
        task="trerecom",
        topic=disease,
        asker=asked.asker,
        question=asked.text,
        patient=Patient(sex=sex_for(disease, *symptoms, key=(seed, disease, "plan", number))),
        diagnosis=disease,
        findings=symptoms,
        plan=tuple(steps),
        drugs=tuple(drugs),
        cautions=tuple(cautions),
        follow_up=(Statement(text=TRERECOM.safety_lines[draft.language], basis=Basis.SAFETY),),
        evidence=evidence.rows,
        **draft.shared,
    )
