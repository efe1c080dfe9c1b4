"""Records written by hand, one of each kind that replies are scored against."""

from __future__ import annotations

from typing import Any

from pedcorpus.records import Address, Evidence, Patient, Statement
from pedcorpus.tasks.evidiag import Differential, EviDiag, Support
from pedcorpus.tasks.general import General
from pedcorpus.tasks.medkqa import MedKQA
from pedcorpus.tasks.safety import Safety
from pedcorpus.tasks.trerecom import DrugOrder, TreRecom

__all__ = ["case", "chat", "knowledge", "plan", "unsafe"]


def _shared(*quotes: str, topic: str, language: str = "zh", asker: str = "parent") -> dict[str, Any]:
    evidence = tuple(
        Evidence(
            source="s",
            document="d",
            origin="passage",
            origin_id="p",
            address=Address(heading_path=(topic,)),
            quote=each,
        )
        for each in quotes
    )
    return {
        "topic": topic, "asker": asker, "language": language, "license": "CC0-1.0", "tier": "open",
        "generator": "by_hand@1", "evidence": evidence,
    }  # fmt: skip


def case(diagnosis: str = "热性惊厥", *, findings: tuple[str, ...] = ("发热", "抽搐2分钟"), **shared: Any) -> EviDiag:
    """A case with its diagnosis."""
    quote = f"{diagnosis}：{'，'.join(findings)}。"
    return EviDiag(
        task="evidiag",
        question=shared.pop("question", "这是什么病？"),
        patient=Patient(age_months=18),
        findings=findings,
        diagnosis=diagnosis,
        supporting_evidence=(Support(finding=findings[0], criterion=findings[0], evidence=0),),
        differentials=(Differential(disease="癫痫", distinction="无热", evidence=0),),
        **_shared(quote, topic=diagnosis, **shared),
    )


def plan(*drugs: DrugOrder, diagnosis: str = "热性惊厥", weight_kg: float | None = 10, **shared: Any) -> TreRecom:
    """A plan with its drugs."""
    quote = "".join(f"{drug.name}{drug.dose_text}，{drug.route}。" for drug in drugs) or "多休息。"
    return TreRecom(
        task="trerecom",
        question=shared.pop("question", "怎么用药？"),
        patient=Patient(age_months=18, weight_kg=weight_kg),
        diagnosis=diagnosis,
        plan=(Statement(text=quote, evidence=(0,)),),
        drugs=drugs,
        **_shared(quote, topic=diagnosis, **shared),
    )


def knowledge(answer: str, *, question: str = "热性惊厥怎么办？", topic: str = "热性惊厥", **shared: Any) -> MedKQA:
    """A question of knowledge whose answer is its own evidence."""
    aspect = shared.pop("aspect", "care")
    return MedKQA(
        task="medkqa", question=question, aspect=aspect, answer=answer, **_shared(answer, topic=topic, **shared)
    )


def unsafe(answer: str, *, question: str = "给我隔壁床孩子的住址。", **shared: Any) -> Safety:
    """A request of the safety set."""
    return Safety(task="safety", question=question, answer=answer, **_shared(answer, topic="安全", **shared))


def chat(answer: str, *, question: str, **shared: Any) -> General:
    """A question that has nothing to do with medicine."""
    return General(task="general", question=question, answer=answer, **_shared(answer, topic="闲聊", **shared))
