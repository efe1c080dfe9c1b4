"""What a model's reply is worth as one side of a preference pair, and the rows that tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pedcorpus.corpus import StoredDocument, StoredRequest
from pedcorpus.curate import added_facts, lost_facts
from pedcorpus.generate import humane_answer
from pedcorpus.llm import Outcome, Reply
from pedcorpus.normalise import fold
from pedcorpus.records import Failure, Instruction
from pedcorpus.tasks.prompts.humane import HumaneAnswer

__all__ = ["Documents", "Said", "failure_of", "read_reply", "request_of"]

Documents = Mapping[tuple[str, str], StoredDocument]
"""Current documents by id and source."""


@dataclass(frozen=True)
class Said:
    """One reply about one answer: what is usable of it, or why nothing is."""

    instruction: Instruction
    writer: str
    model: str
    key: str
    text: str = ""
    fault: str = ""
    detail: str = ""
    raw: str = ""


def read_reply(row: Instruction, outcome: Outcome, writer: str, model: str) -> Said:
    """What came of a request: a humane answer with all its facts, or a weak one, or why it is neither."""
    if not isinstance(outcome, Reply):
        return Said(row, writer, model, outcome.key, fault=outcome.reason, detail=outcome.detail, raw=outcome.raw)
    if isinstance(outcome.data, HumaneAnswer):
        text = humane_answer(row, outcome.data)
        problem = _rephrasing_problem(row.answer_text(), text)
    else:
        text = outcome.text.strip()
        problem = _weak_problem(row.answer_text(), text)
    fault, detail = problem or ("", "")
    return Said(row, writer, model, outcome.key, text=text, fault=fault, detail=detail, raw=outcome.text)


def _rephrasing_problem(original: str, text: str) -> tuple[str, str] | None:
    """Why a rephrased answer cannot be chosen: reason and detail."""
    if not text:
        return "prompt_leaked", "the reply says nothing, or repeats the mark around the material"
    if fold(text) == fold(original):
        return "unchanged", "the answer came back as it was"
    if lost := lost_facts(original, text):
        return "fact_lost", f"「{original[lost[0].start : lost[0].end].strip()}」 of the answer is not said so"
    if added := added_facts(original, text):
        return (
            "fact_added",
            f"「{text[added[0].start : added[0].end].strip()}」 is not in the answer: {added[0].detail}",
        )
    return None


def _weak_problem(original: str, text: str) -> tuple[str, str] | None:
    """Why a weak answer cannot be rejected."""
    if not text:
        return "empty_answer", "the weak model says nothing"
    return (
        ("same_answer", "the weak model answers as the reviewed answer does") if fold(text) == fold(original) else None
    )


def request_of(said: Said, documents: Documents) -> StoredRequest:
    """The request's row."""
    first = said.instruction.evidence[0]
    stored = documents.get((first.document, first.source))
    return StoredRequest(
        key=said.key,
        writer=said.writer,
        model=said.model,
        document=first.document,
        reading=stored.reading if stored else "",
        source=first.source,
        fault=said.fault,
        unusable=int(bool(said.fault)),
    )


def failure_of(said: Said, documents: Documents) -> Failure:
    """The failure's row; it stands until the same request comes to something."""
    first = said.instruction.evidence[0]
    stored = documents.get((first.document, first.source))
    return Failure(
        stage="generate",
        where=said.instruction.id,
        source=first.source,
        path=stored.document.path if stored else "",
        reason=said.fault,
        detail=f"{said.detail}; no pair was made of it",
        raw=said.raw,
        fingerprint=f"request:{said.key}",
    )
