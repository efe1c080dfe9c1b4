"""What is to be exported, and which of it may be: the tier, licence and acceptance rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Protocol

from pedcorpus.errors import UsageError
from pedcorpus.export.read import Split
from pedcorpus.export.split import assign_splits
from pedcorpus.records import (
    Document,
    EvaluationSet,
    IdentifierKind,
    Instruction,
    Overlap,
    Passage,
    Preference,
    ReleaseRow,
    SamplingPlan,
    Source,
    Tier,
    Triple,
    strictest_tier,
)
from pedcorpus.settings import ExportSettings

__all__ = ["OverlapFinder", "PrivacyRecord", "Release", "Selection", "row_tier", "select_rows", "source_tier"]

UNKNOWN_LICENSE = "unknown"


class OverlapFinder(Protocol):
    """Evaluation sets that texts can be held against."""

    @property
    def sets(self) -> Sequence[EvaluationSet]: ...

    @property
    def compared_by(self) -> Mapping[str, float]:
        """Length of an n-gram, and the shares and runs from which on an overlap is told."""

    def of_rows(self, instructions: Iterable[Instruction]) -> list[Overlap]:
        """What these hold of the items, by row, set and item."""

    def of_texts(self, texts: Iterable[str]) -> list[Overlap]:
        """What plain texts hold of them, by the number of the text."""


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
class Release:
    """Everything that goes into one version, as the corpus holds it. The order of nothing in it matters."""

    version: str
    rows: Sequence[ReleaseRow]
    sources: Sequence[Source]
    settings: ExportSettings = field(default_factory=ExportSettings)
    ocr_confidence: float = 0.9
    """A passage with a line that OCR read less surely is no pre-training text."""
    documents: Sequence[Document] = ()
    """They say which work a passage or triple is from."""
    passages: Sequence[Passage] = ()
    triples: Sequence[Triple] = ()
    preferences: Sequence[Preference] = ()
    tier: Tier = Tier.INTERNAL
    """Only rows and texts of this tier or a freer one go in."""
    status: Literal["accepted", "candidate"] = "accepted"
    """`candidate` takes in rows that nobody has decided on."""
    parent: str | None = None
    """Version that this one follows."""
    instruction_counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Instructions of the whole corpus by task and status, as `pedcorpus status` counts them."""
    failure_counts: Mapping[str, int] = field(default_factory=dict)
    """Failures of the whole corpus by reason."""
    plans: Mapping[str, SamplingPlan] = field(default_factory=dict)
    """Sampling plans that accepted rows of the corpus, by id, each as it stood then."""
    privacy: PrivacyRecord = PrivacyRecord()
    """What was replaced in dialogues, and which rows the check for personal data has judged."""
    evaluation: OverlapFinder | None = None
    """The sets that it is meant to be evaluated on; none where none was given."""

    @cached_property
    def source_by_id(self) -> Mapping[str, Source]:
        return {source.id: source for source in self.sources}

    @cached_property
    def source_by_document(self) -> Mapping[str, Source]:
        """Work of each document whose source was handed in."""
        known = self.source_by_id
        return {item.id: known[item.source] for item in self.documents if item.source in known}

    def allows(self, tier: Tier) -> bool:
        """May something of `tier` go into this release?"""
        return strictest_tier((tier, self.tier)) == self.tier


@dataclass(frozen=True)
class Selection:
    """The rows of a release that may go in, by id, with the split of each."""

    rows: Sequence[ReleaseRow]
    splits: Mapping[str, Split]
    """By instruction id."""
    left_out: Mapping[str, int]
    """Rows that stayed behind, by reason."""

    def split_of(self, row: ReleaseRow) -> Split:
        return self.splits[row.instruction.id]

    def of(self, split: Split) -> list[ReleaseRow]:
        """Rows of one split, by id."""
        return [row for row in self.rows if self.split_of(row) == split]


def source_tier(source: Source) -> Tier:
    """How far a work may travel: without a known licence, never outside."""
    return Tier.INTERNAL if _is_unknown(source.license) else source.tier


def row_tier(row: ReleaseRow, sources: Mapping[str, Source]) -> Tier:
    """The strictest of what the row says of itself and what its works are declared as now."""
    instruction = row.instruction
    if _is_unknown(instruction.license):
        return Tier.INTERNAL
    cited = {item.source for item in instruction.evidence}
    declared = (source_tier(sources[name]) if name in sources else Tier.INTERNAL for name in sorted(cited))
    return strictest_tier((instruction.tier, *declared))


def _is_unknown(license_name: str) -> bool:
    return any(part.strip().casefold() in ("", UNKNOWN_LICENSE) for part in license_name.split(" AND "))


def _reason_to_leave_out(row: ReleaseRow, release: Release) -> str:
    if row.acceptance == "candidate" and release.status == "accepted":
        return "not_accepted"
    return "" if release.allows(row_tier(row, release.source_by_id)) else "tier"


def select_rows(release: Release) -> Selection:
    """The rows that may go in, sorted by id and split.

    Raises:
        UsageError: there are none; the message says what to do about it.
    """
    chosen: dict[str, ReleaseRow] = {}
    left_out: Counter[str] = Counter()
    for row in release.rows:
        if reason := _reason_to_leave_out(row, release):
            left_out[reason] += 1
        else:
            chosen[row.instruction.id] = row
    if not chosen:
        raise UsageError(_nothing_to_export(release, left_out))
    rows = [chosen[name] for name in sorted(chosen)]
    return Selection(rows=rows, splits=assign_splits(rows, release.settings), left_out=dict(sorted(left_out.items())))


def _nothing_to_export(release: Release, left_out: Mapping[str, int]) -> str:
    if behind := left_out.get("tier"):
        return (
            f"{release.version}: all {behind} rows are stricter than tier {release.tier}; declare licence and tier of "
            "their sources, or export with --tier internal"
        )
    if release.status == "accepted":
        return (
            f"{release.version}: no instruction is accepted yet; accept some with `pedcorpus review`, "
            "or export what passed the checks with `--status candidate`"
        )
    return f"{release.version}: there is no instruction to export; make some with `pedcorpus ingest FOLDER`"
