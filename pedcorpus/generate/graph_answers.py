"""MedKQ&A from a graph: one relation of one disease, diseases that share a symptom, and questions over two edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pedcorpus.generate.evidence import EvidenceList
from pedcorpus.generate.graph_draft import GraphDraft
from pedcorpus.generate.phrasing import phrase
from pedcorpus.tasks.medkqa import Aspect, MedKQA

__all__ = ["relation_answers", "shared_symptom_answers", "two_hop_answers"]

# relation → phrasing key, aspect
_ASKED: dict[str, tuple[str, Aspect]] = {
    "has_alias": ("alias", "definition"),
    "has_symptom": ("manifestation", "manifestation"),
    "requires_exam": ("examination", "examination"),
    "treated_by": ("drugs", "treatment"),
    "treated_with": ("treatment", "treatment"),
    "has_complication": ("complication", "complication"),
    "caused_by": ("cause", "cause"),
    "belongs_to_department": ("department", "other"),
    "differs_from": ("differs_from", "differential"),
    "prevented_by": ("prevention", "prevention"),
}
_FEWEST_SYMPTOMS = 2
_MOST_HOLDERS = 6
_MOST_LISTED = 5
_NEAREST = 2


def relation_answers(draft: GraphDraft, disease: str) -> Iterator[MedKQA]:
    """What the graph says of one disease, relation by relation."""
    for relation, (key, aspect) in _ASKED.items():
        tails = _that_fit(draft, relation, disease)
        if not tails or (relation == "has_symptom" and len(tails) < _FEWEST_SYMPTOMS):
            continue
        evidence = EvidenceList()
        draft.cite(evidence, disease, relation, tails)
        answer = draft.sentence(relation, [disease], tails)
        yield from _asked(draft, key, aspect, disease, answer, evidence, d=disease)


def _that_fit(draft: GraphDraft, relation: str, disease: str) -> Sequence[str]:
    tails = draft.graph.tails(disease, relation)
    while tails and len(draft.sentence(relation, [disease], tails)) > draft.settings.max_answer_chars:
        tails = tails[:-1]
    return tails


def shared_symptom_answers(draft: GraphDraft) -> Iterator[MedKQA]:
    """Symptoms that a few diseases have, asked the other way round."""
    for symptom in draft.graph.symptoms:
        holders = draft.graph.holders(symptom)
        if not 2 <= len(holders) <= _MOST_HOLDERS:
            continue
        evidence = EvidenceList()
        for disease in holders:
            draft.cite(evidence, disease, "has_symptom", [symptom])
        answer = draft.sentence("symptom_of", holders, [symptom])
        yield from _asked(draft, "shared_symptom", "manifestation", symptom, answer, evidence, f=symptom)


def two_hop_answers(draft: GraphDraft) -> Iterator[MedKQA]:
    """Answers over two edges: near diseases told apart, complications treated, differentials examined."""
    graph = draft.graph
    pairs = {
        (min(disease, other), max(disease, other))
        for disease in graph.diseases
        for other in graph.neighbours(disease)[:_NEAREST]
    }
    for first, second in sorted(pairs):
        yield from _told_apart(draft, first, second)
    for disease in graph.diseases:
        for other in graph.tails(disease, "has_complication"):
            yield from _two_edges(draft, disease, "has_complication", other, ("treated_by", "treated_with"))
        for other in graph.tails(disease, "differs_from"):
            yield from _two_edges(draft, disease, "differs_from", other, ("requires_exam",))


def _told_apart(draft: GraphDraft, first: str, second: str) -> Iterator[MedKQA]:
    graph = draft.graph
    shared = graph.shared(first, second)[:3]
    own = graph.only(first, second)[:_MOST_LISTED], graph.only(second, first)[:_MOST_LISTED]
    if len(shared) < 2 or not own[0] or not own[1]:
        return
    evidence = EvidenceList()
    for disease, unique in zip((first, second), own, strict=True):
        draft.cite(evidence, disease, "has_symptom", [*shared, *unique])
    lines = [
        draft.sentence("shares_symptom", [first, second], shared),
        *(
            draft.sentence("also_has_symptom", [name], unique)
            for name, unique in zip((first, second), own, strict=True)
        ),
    ]
    words = {"d": first, "e": second, "f": draft.joined(shared)}
    yield from _asked(draft, "two_hop_shared", "differential", first, "\n".join(lines), evidence, **words)


def _two_edges(draft: GraphDraft, disease: str, relation: str, other: str, then: Sequence[str]) -> Iterator[MedKQA]:
    evidence = EvidenceList()
    lines: list[str] = []
    for further in then:
        if tails := draft.graph.tails(other, further)[:_MOST_LISTED]:
            if not lines:
                draft.cite(evidence, disease, relation, [other])
                lines.append(draft.sentence(relation, [disease], [other]))
            draft.cite(evidence, other, further, tails)
            lines.append(draft.sentence(further, [other], tails))
    if lines:
        key = "two_hop_complication" if relation == "has_complication" else "two_hop_differential"
        aspect: Aspect = "complication" if relation == "has_complication" else "differential"
        yield from list(_asked(draft, key, aspect, disease, "\n".join(lines), evidence, d=disease, f=other))[:1]


def _asked(
    draft: GraphDraft, key: str, aspect: Aspect, topic: str, answer: str, evidence: EvidenceList, **words: str
) -> Iterator[MedKQA]:
    count, seed = draft.settings.questions_per_aspect, draft.settings.seed
    for asked in phrase(key, count, language=draft.language, seed=seed, **words):
        yield MedKQA(
            task="medkqa",
            topic=topic,
            asker=asked.asker,
            question=asked.text,
            aspect=aspect,
            answer=answer,
            evidence=evidence.rows,
            **draft.shared,
        )
