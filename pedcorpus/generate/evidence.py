"""Evidence for a stretch of a passage or for a triple, its address narrowed to the quote; and how it adds up."""

from __future__ import annotations

from typing import Literal, TypedDict

from pedcorpus.records import Address, Dialogue, Evidence, Passage, Source, Tier, Triple

__all__ = ["EvidenceList", "Provenance", "passage_evidence", "provenance", "triple_evidence", "turn_evidence"]


class Provenance(TypedDict):
    """The fields that every draft of one source shares."""

    language: Literal["zh", "en"]
    license: str
    tier: Tier
    generator: str


def provenance(source: Source, *, generator: str, version: int, maker: Literal["rule", "llm"] = "rule") -> Provenance:
    """Licence, tier, language and maker for drafts from `source`."""
    return Provenance(
        language=source.language, license=source.license, tier=source.tier, generator=f"{maker}.{generator}@{version}"
    )


def passage_evidence(source: Source, passage: Passage, start: int, end: int) -> Evidence:
    """Evidence for `passage.text[start:end]`, at exactly that place."""
    return Evidence(
        source=source.id,
        document=passage.document,
        origin="passage",
        origin_id=passage.id,
        address=_narrowed(passage, start, end),
        quote=passage.text[start:end],
    )


def triple_evidence(source: Source, triple: Triple) -> Evidence:
    """Evidence for one statement of a graph."""
    return Evidence(
        source=source.id,
        document=triple.document,
        origin="triple",
        origin_id=triple.id,
        address=triple.address,
        quote=triple.quote,
    )


def turn_evidence(source: Source, dialogue: Dialogue, turn: int) -> Evidence:
    """Evidence for one utterance of a conversation, counted from 0, whole."""
    return Evidence(
        source=source.id,
        document=dialogue.document,
        origin="turn",
        origin_id=dialogue.id,
        address=dialogue.address.model_copy(update={"turn": turn}),
        quote=dialogue.turns[turn].content,
    )


def _narrowed(passage: Passage, start: int, end: int) -> Address:
    address = passage.address
    boxes = tuple(box for box in address.boxes if box.start < end and start < box.end)
    changes: dict[str, object] = {"boxes": boxes, "page": boxes[0].page if boxes else address.page}
    first, last = address.start, address.end
    if first is not None and last is not None and last - first == len(passage.text):
        changes |= {"start": first + start, "end": first + end}
    return address.model_copy(update=changes)


class EvidenceList:
    """The evidence of one draft as it grows; the same evidence is kept once."""

    def __init__(self) -> None:
        self._rows: list[Evidence] = []

    def add(self, evidence: Evidence) -> int:
        """Index of `evidence`, added if it is new."""
        if evidence not in self._rows:
            self._rows.append(evidence)
        return self._rows.index(evidence)

    @property
    def rows(self) -> tuple[Evidence, ...]:
        return tuple(self._rows)
