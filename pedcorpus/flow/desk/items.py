"""One instruction with everything that is known of it, or several of them in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pedcorpus.corpus import (
    KeptQueue,
    Unit,
    current_sources,
    document_by_id,
    faults_of,
    findings_of,
    histories,
    load_instructions,
    quoted_texts,
    status_of,
)
from pedcorpus.errors import UsageError
from pedcorpus.normalise import find_folded
from pedcorpus.records import Decision, Document, Evidence, Finding, Instruction, Severity, Source, Status
from pedcorpus.review import EvidenceContext, ReviewItem, standing_decisions

__all__ = ["load_instruction", "review_item", "waiting_items"]


def load_instruction(unit: Unit, instruction_id: str) -> Instruction:
    """One instruction.

    Raises:
        UsageError: there is no such instruction.
    """
    found = list(load_instructions(unit, [instruction_id], current_sources(unit)))
    if not found:
        raise UsageError(f"no instruction {instruction_id!r} in this corpus")
    return found[0]


def review_item(unit: Unit, instruction_id: str) -> ReviewItem:
    """One instruction with everything that is known of it.

    Raises:
        UsageError: there is no such instruction.
    """
    found = [item for item in findings_of(unit, instruction_id) if item.severity is not Severity.PASS]
    status = status_of(unit, instruction_id) or Status.DRAFT
    return _items(unit, [instruction_id], {instruction_id: found}, {instruction_id: status})[0]


def waiting_items(unit: Unit, ids: Sequence[str], kept: KeptQueue | None) -> list[ReviewItem]:
    """The instructions `ids`, which wait, in their order; what checks found is taken from what is `kept`.

    Raises:
        UsageError: there is no such instruction.
    """
    return _items(unit, ids, faults_of(unit, ids, kept), {})


def _items(
    unit: Unit, ids: Sequence[str], faults: Mapping[str, Sequence[Finding]], statuses: Mapping[str, Status]
) -> list[ReviewItem]:
    sources = current_sources(unit)
    found = {record.id: record for record in load_instructions(unit, ids, sources)}
    if missing := [name for name in ids if name not in found]:
        raise UsageError(f"no instruction {missing[0]!r} in this corpus")
    quoted = [evidence for record in found.values() for evidence in record.evidence]
    texts, documents = quoted_texts(unit, quoted), _documents(unit, quoted)
    said = histories(unit, ids)
    return [
        ReviewItem(
            instruction=found[name],
            status=statuses.get(name) or _status(faults.get(name, ()), said.get(name, ())),
            findings=tuple(faults.get(name, ())),
            decisions=tuple(said.get(name, ())),
            contexts=tuple(_context(evidence, sources, documents, texts) for evidence in found[name].evidence),
        )
        for name in ids
    ]


def _status(faults: Sequence[Finding], said: Sequence[Decision]) -> Status:
    """Where an instruction stands, of which it is known that it waits."""
    if any(each.readers > 1 for each in standing_decisions(said)):
        return Status.PENDING
    return Status.DRAFT if any(each.severity is Severity.ERROR for each in faults) else Status.CANDIDATE


def _documents(unit: Unit, quoted: Iterable[Evidence]) -> dict[tuple[str, str], Document]:
    documents: dict[tuple[str, str], Document] = {}
    for document, source in sorted({(evidence.document, evidence.source) for evidence in quoted}):
        stored = document_by_id(unit, document, source)
        if stored is None:
            raise UsageError(f"document {document} of {source} is not in this corpus; ingest it again")
        documents[document, source] = stored.document
    return documents


def _context(
    evidence: Evidence,
    sources: Mapping[str, Source],
    documents: Mapping[tuple[str, str], Document],
    texts: Mapping[str, str],
) -> EvidenceContext:
    key = f"{evidence.origin_id}#{evidence.address.turn}" if evidence.origin == "turn" else evidence.origin_id
    text = texts.get(key, "")
    start, end = find_folded(evidence.quote, text) or (0, 0)
    document = documents[evidence.document, evidence.source]
    return EvidenceContext(evidence, sources[evidence.source], document, text=text, start=start, end=end)
