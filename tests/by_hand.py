"""A small corpus built by hand: one textbook page on febrile seizures and instructions made of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pedcorpus.records import (
    Address,
    Asker,
    Decision,
    Document,
    Evidence,
    Finding,
    Passage,
    Patient,
    Severity,
    Source,
    SourceKind,
    Statement,
    Tier,
    Verdict,
)
from pedcorpus.tasks.medkqa import MedKQA
from pedcorpus.tasks.trerecom import DrugOrder, TreRecom

TEXT = (
    "热性惊厥首次发作多见于6个月至3岁，患病率为3%～5%。"
    "发作超过5分钟者，可静脉缓慢注射地西泮0.3～0.5 mg/kg，单次最大量10 mg，注意呼吸抑制。"
)
DOCUMENT = Document(id="ab" * 32, source="book", path="seizures.md", parser="markdown@1", bytes=300)
READING = "markdown@1:textbook"
SOURCE = Source(id="book", kind=SourceKind.TEXTBOOK, title="样例教材", license="CC0-1.0", tier=Tier.OPEN, declared=True)
PASSAGE = Passage(
    document=DOCUMENT.id,
    position=0,
    text=TEXT,
    address=Address(heading_path=("第一节 热性惊厥", "治疗"), start=0, end=len(TEXT)),
)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def evidence(quote: str, **changes: Any) -> Evidence:
    """Evidence that quotes the page."""
    values: dict[str, Any] = {
        "source": SOURCE.id,
        "document": DOCUMENT.id,
        "origin": "passage",
        "origin_id": PASSAGE.id,
        "address": PASSAGE.address,
        "quote": quote,
    }
    return Evidence(**(values | changes))


def question(answer: str = "热性惊厥首次发作多见于6个月至3岁，患病率为3%～5%。", **changes: Any) -> MedKQA:
    """A MedKQ&A record; its quote is its answer unless told otherwise."""
    values: dict[str, Any] = {
        "task": "medkqa",
        "topic": "热性惊厥",
        "asker": Asker.PARENT,
        "question": "孩子多大时容易第一次出现热性惊厥？",
        "evidence": (evidence(answer),),
        "language": "zh",
        "license": SOURCE.license,
        "tier": SOURCE.tier,
        "generator": "rule.section@1",
        "aspect": "epidemiology",
        "answer": answer,
    }
    return MedKQA(**(values | changes))


def treatment(**drug_changes: Any) -> TreRecom:
    """A TreRecom record with one drug, computed for a child of 12 kg."""
    quote = TEXT[TEXT.index("发作超过") :]
    drug: dict[str, Any] = {
        "name": "地西泮",
        "dose_text": "0.3～0.5 mg/kg",
        "dose_low": 0.3,
        "dose_high": 0.5,
        "unit": "mg",
        "basis": "per_kg_per_dose",
        "computed_low": 3.6,
        "computed_high": 6.0,
        "evidence": 0,
    }
    return TreRecom(
        task="trerecom",
        topic="热性惊厥",
        asker=Asker.JUNIOR_DOCTOR,
        question="如何处理？",
        evidence=(evidence(quote),),
        language="zh",
        license=SOURCE.license,
        tier=SOURCE.tier,
        generator="rule.section@1",
        patient=Patient(age_months=24, weight_kg=12),
        diagnosis="热性惊厥",
        plan=(Statement(text=quote),),
        drugs=(DrugOrder(**(drug | drug_changes)),),
    )


def decision(instruction: str, verdict: Verdict, **changes: Any) -> Decision:
    """A decision by `wang`, at noon unless told otherwise."""
    values: dict[str, Any] = {"instruction": instruction, "reviewer": "wang", "verdict": verdict, "at": NOON}
    return Decision(**(values | changes))


def finding(instruction: str, severity: Severity = Severity.PASS, **changes: Any) -> Finding:
    """A verdict of the quote check."""
    values: dict[str, Any] = {"instruction": instruction, "check": "quote@1", "severity": severity}
    return Finding(**(values | changes))
