"""One instruction with everything that is known of it, or several of them in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pedcorpus.corpus import (
    Unit,
    current_sources,
    decisions_of,
    document_by_id,
    findings_of,
    load_instructions,
    origin_texts,
    status_of,
)
from pedcorpus.errors import UsageError
from pedcorpus.normalise import find_folded
from pedcorpus.records import Evidence, Instruction, Severity, Source, Status
from pedcorpus.review import EvidenceContext, ReviewItem

__all__ = ["load_instruction", "review_item", "review_items"]


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
    return review_items(unit, [instruction_id])[0]


def review_items(unit: Unit, ids: Sequence[str]) -> list[ReviewItem]:
    """The instructions `ids`, in their order, with everything that is known of them.

    Raises:
        UsageError: there is no such instruction.
    """
    sources = current_sources(unit)
    found = {record.id: record for record in load_instructions(unit, ids, sources)}
    if missing := [name for name in ids if name not in found]:
        raise UsageError(f"no instruction {missing[0]!r} in this corpus")
    texts = origin_texts(unit, ids)
    return [
        ReviewItem(
            instruction=found[name],
            status=status_of(unit, name) or Status.DRAFT,
            findings=tuple(item for item in findings_of(unit, name) if item.severity is not Severity.PASS),
            decisions=tuple(decisions_of(unit, name)),
            contexts=tuple(_context(unit, evidence, sources, texts) for evidence in found[name].evidence),
        )
        for name in ids
    ]


def _context(
    unit: Unit, evidence: Evidence, sources: Mapping[str, Source], texts: Mapping[str, str]
) -> EvidenceContext:
    key = f"{evidence.origin_id}#{evidence.address.turn}" if evidence.origin == "turn" else evidence.origin_id
    text = texts.get(key, "")
    start, end = find_folded(evidence.quote, text) or (0, 0)
    stored = document_by_id(unit, evidence.document, evidence.source)
    if stored is None:
        raise UsageError(f"document {evidence.document} of {evidence.source} is not in this corpus; ingest it again")
    return EvidenceContext(
        evidence=evidence, source=sources[evidence.source], document=stored.document, text=text, start=start, end=end
    )
