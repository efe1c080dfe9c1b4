"""A release whose rows and texts are held in memory, as a stream of material: for tests, and for what is small."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pyarrow as pa

from pedcorpus.engine import batches
from pedcorpus.export.instructions import decided_at
from pedcorpus.export.material import KEYS, STORED, Flags, PrivacyFacts
from pedcorpus.export.origin_columns import OriginKind, OriginRecord, origin_rows
from pedcorpus.export.read import Split
from pedcorpus.export.tiers import row_tier
from pedcorpus.records import (
    Decision,
    Dialogue,
    Document,
    Evidence,
    Finding,
    IdentifierKind,
    Passage,
    Preference,
    PreferenceKind,
    ReleaseRow,
    Source,
    Triple,
    canonical_json,
)

__all__ = ["HeldMaterial", "PrivacyRecord"]

T = TypeVar("T")
_PORTION = 4096


@dataclass(frozen=True)
class PrivacyRecord:
    """What the corpus knows of identifiers, without one of them."""

    replaced: Mapping[str, Mapping[IdentifierKind, int]] = field(default_factory=dict)
    """How many identifiers of each kind were replaced, by the id of the dialogue as it may be read."""
    checked: Mapping[str, str] = field(default_factory=dict)
    """The check that judged an instruction, with version and setting, by the instruction's id."""
    in_error: frozenset[str] = frozenset()
    """Standing instructions in which it found something."""


@dataclass(frozen=True)
class HeldMaterial:
    """Everything in memory; the order of nothing in it matters."""

    rows: Sequence[ReleaseRow]
    sources: Mapping[str, Source]
    held_passages: Sequence[Passage] = ()
    held_triples: Sequence[Triple] = ()
    held_documents: Sequence[Document] = ()
    held_dialogues: Sequence[Dialogue] = ()
    """De-identified."""
    held_preferences: Sequence[Preference] = ()
    privacy_record: PrivacyRecord = field(default_factory=PrivacyRecord)
    earlier: Mapping[str, Split] = field(default_factory=dict)
    reply_of: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Key of the request and model of the reply that a row was made of, by its id."""

    def _sorted(self) -> list[ReleaseRow]:
        by_id = {row.instruction.id: row for row in self.rows}
        return [by_id[name] for name in sorted(by_id)]

    def keys(self) -> pa.Table:
        return pa.Table.from_pylist([self._key(row) for row in self._sorted()], schema=KEYS)

    def _key(self, row: ReleaseRow) -> dict[str, Any]:  # column values of several types
        instruction = row.instruction
        return {
            "id": instruction.id,
            **{name: getattr(instruction, name) for name in ("task", "topic", "language", "generator", "license")},
            "tier": row_tier(row, self.sources).value,
            **{name: getattr(row, name) for name in ("acceptance", "group", "cluster")},
            "earlier": self.earlier.get(instruction.id),
            "source": instruction.evidence[0].source,
            "sources": sorted({item.source for item in instruction.evidence}),
        }

    def mapped(self, function: Callable[[pa.Table], T]) -> Iterator[T]:
        for rows in batches(self._sorted(), _PORTION):
            yield function(pa.Table.from_pylist([self._stored(row) for row in rows], schema=STORED))

    def _stored(self, row: ReleaseRow) -> dict[str, Any]:  # as above
        instruction = row.instruction
        body = instruction.body()
        return {
            **{name: value for name, value in self._key(row).items() if name in STORED.names},
            "body": instruction.canonical,
            "rest": canonical_json({name: value for name, value in body.items() if name != "evidence"}),
            "evidence": body["evidence"],
            "findings": sorted(map(_finding, row.findings), key=canonical_json),
            "decisions": [_decision(decision) for decision in row.decisions],
        }

    def _chosen(self, chosen: Flags) -> list[ReleaseRow]:
        return [row for row, is_chosen in zip(self._sorted(), chosen.tolist(), strict=True) if is_chosen]

    def reviewers(self, chosen: Flags) -> list[str]:
        decisions = (decision for row in self._chosen(chosen) for decision in row.decisions)
        in_time = sorted(decisions, key=lambda decision: (decided_at(decision), decision.reviewer))
        return list(dict.fromkeys(decision.reviewer for decision in in_time))

    def passages(self) -> Iterator[Passage]:
        return iter(sorted(self.held_passages, key=lambda passage: (passage.document, passage.position)))

    def triples(self) -> Iterator[Triple]:
        in_order = sorted(self.held_triples, key=lambda each: (each.head, each.relation, each.tail, each.id))
        return iter(in_order)

    def preferences(self) -> Iterator[Preference]:
        kinds = list(PreferenceKind)
        return iter(sorted(self.held_preferences, key=lambda pair: (kinds.index(pair.kind), pair.id)))

    def replies(self, chosen: Flags) -> Iterator[tuple[str, str, str]]:
        names = (row.instruction.id for row in self._chosen(chosen))
        return ((name, *self.reply_of[name]) for name in names if name in self.reply_of)

    def privacy(self, chosen: Flags, dialogues: Set[str]) -> PrivacyFacts:
        record, names = self.privacy_record, {row.instruction.id for row in self._chosen(chosen)}
        return PrivacyFacts(
            checked=len(names & record.checked.keys()),
            checks=tuple(sorted({record.checked[name] for name in names & record.checked.keys()})),
            withheld=len(record.in_error - names),
            replaced={name: counts for name, counts in record.replaced.items() if name in dialogues},
        )

    def _cited(self, chosen: Flags) -> Iterator[Evidence]:
        return (evidence for row in self._chosen(chosen) for evidence in row.instruction.evidence)

    def origins(self, kind: OriginKind, chosen: Flags) -> Iterator[pa.Table]:
        held: dict[OriginKind, Sequence[OriginRecord]] = {
            "passages": self.held_passages,
            "triples": self.held_triples,
            "dialogues": self.held_dialogues,
        }
        cited = {evidence.origin_id for evidence in self._cited(chosen)}
        found = {record.id: record for record in held[kind] if record.id in cited}
        for some in batches((found[name] for name in sorted(found)), _PORTION):
            yield origin_rows(kind, some, self.privacy_record.replaced)

    def cited_documents(self, chosen: Flags) -> list[Document]:
        cited = {(evidence.source, evidence.document) for evidence in self._cited(chosen)}
        found = (document for document in self.held_documents if (document.source, document.id) in cited)
        return sorted(found, key=lambda document: (document.source, document.path, document.id))


def _finding(finding: Finding) -> dict[str, Any]:  # as above
    return finding.model_dump(mode="json")


def _decision(decision: Decision) -> dict[str, Any]:  # as above
    return decision.model_dump(mode="json") | {"id": decision.id, "at": decided_at(decision)}
