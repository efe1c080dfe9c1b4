"""What is to be exported, and which of it may be: the tier, licence and acceptance rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pedcorpus.errors import UsageError
from pedcorpus.export.held import HeldMaterial, PrivacyRecord
from pedcorpus.export.material import Flags, Material
from pedcorpus.export.read import Split
from pedcorpus.export.split import LEFT_OUT, Codes, assign_splits
from pedcorpus.export.tiers import allows, source_tier
from pedcorpus.records import (
    AgreementReport,
    Dialogue,
    Document,
    EvaluationSet,
    Overlap,
    Passage,
    Preference,
    ReleaseRow,
    SamplingPlan,
    Source,
    Tier,
    Triple,
)
from pedcorpus.settings import ExportSettings

__all__ = ["SPLIT_KEPT", "Conversations", "OverlapFinder", "Release", "Selection", "select_rows"]

WITHDRAWN = "withdrawn"
"""Why a row stays behind that rests on a work which was withdrawn."""
SPLIT_KEPT = "split"
"""Why a row stays behind that would tear others, or itself be moved, from the split of an earlier version."""


@dataclass(frozen=True)
class Conversations:
    """What rows say, as it is held against evaluation sets."""

    ids: Sequence[str]
    tasks: Sequence[str]
    topics: Sequence[str]
    asked: Sequence[str]
    """All that the user says, a line each turn."""
    answered: Sequence[str]
    """All that the assistant says."""


class OverlapFinder(Protocol):
    """Evaluation sets that texts can be held against."""

    @property
    def sets(self) -> Sequence[EvaluationSet]: ...

    @property
    def compared_by(self) -> Mapping[str, float]:
        """Length of an n-gram, and the shares and runs from which on an overlap is told."""

    def of_conversations(self, rows: Conversations) -> list[Overlap]:
        """What these hold of the items, by row, set and item."""

    def of_texts(self, texts: Iterable[str]) -> list[Overlap]:
        """What plain texts hold of them, by the number of the text, counted from 1."""


@dataclass(frozen=True)
class Release:
    """Everything that goes into one version, as the corpus holds it. The order of nothing in it matters."""

    version: str
    sources: Sequence[Source]
    rows: Sequence[ReleaseRow] = ()
    settings: ExportSettings = field(default_factory=ExportSettings)
    ocr_confidence: float = 0.9
    """A passage with a line that OCR read less surely is no pre-training text."""
    documents: Sequence[Document] = ()
    """They say which work a passage or triple is from."""
    passages: Sequence[Passage] = ()
    triples: Sequence[Triple] = ()
    dialogues: Sequence[Dialogue] = ()
    """De-identified."""
    preferences: Sequence[Preference] = ()
    tier: Tier = Tier.INTERNAL
    """Only rows and texts of this tier or a freer one go in."""
    withdrawn: Set[str] = frozenset()
    """Works that may be released no more: nothing that rests on one goes in."""
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
    privacy: PrivacyRecord = field(default_factory=PrivacyRecord)
    """What was replaced in dialogues, and which rows the check for personal data has judged."""
    evaluation: OverlapFinder | None = None
    """The sets that it is meant to be evaluated on; none where none was given."""
    earlier: Mapping[str, Split] = field(default_factory=dict)
    """Splits of earlier versions, by instruction id: a row keeps the one that it had."""
    replies: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Key of the request and model of the reply that a row was made of, by its id."""
    agreement: AgreementReport | None = None
    """How far reviewers of the whole corpus agree; none where that was not worked out."""
    low_agreement: str = ""
    """Why it goes out though they agree less than the settings ask for, and who says so; empty where they do agree."""
    material: Material | None = None
    """Where rows, texts and pairs are streamed from when they are too many to be held here."""

    @cached_property
    def stream(self) -> Material:
        """Rows, texts and pairs, wherever they are."""
        return self.material or HeldMaterial(
            rows=self.rows,
            sources=self.source_by_id,
            held_passages=self.passages,
            held_triples=self.triples,
            held_documents=self.documents,
            held_dialogues=self.dialogues,
            held_preferences=self.preferences,
            privacy_record=self.privacy,
            earlier=self.earlier,
            reply_of=self.replies,
        )

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
        return allows(self.tier, tier)

    def allows_text_of(self, source: Source) -> bool:
        """May plain text of a work?"""
        return source.id not in self.withdrawn and self.allows(source_tier(source))


@dataclass(frozen=True)
class Selection:
    """The rows of a release that go in, by id, with the split of each."""

    keys: pa.Table
    """Their keys, a table of `KEYS`."""
    splits: Codes
    chosen: Flags
    """Which of all rows of the release they are."""
    left_out: Mapping[str, int]
    """Rows that stayed behind, by reason."""

    @cached_property
    def ids(self) -> NDArray[np.bytes_]:
        """Their ids, sorted."""
        return np.array(self.keys.column("id").to_pylist(), dtype=np.bytes_)

    def splits_of(self, ids: Sequence[str]) -> Codes:
        """The split of each of `ids`; `LEFT_OUT` for one that is not in."""
        wanted = np.array(ids, dtype=np.bytes_)
        places = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        return np.where(self.ids[places] == wanted, self.splits[places], LEFT_OUT).astype(np.int8)


def select_rows(release: Release) -> Selection:
    """The rows that may go in, sorted by id and split.

    Raises:
        UsageError: there are none; the message says what to do about it.
    """
    keys = release.stream.keys()
    allowed = pa.array([tier.value for tier in Tier if release.allows(tier)])
    is_accepted = pc.not_equal(keys.column("acceptance"), "candidate").to_numpy()
    waits = ~is_accepted if release.status == "accepted" else np.zeros(len(keys), np.bool_)
    is_barred = _rests_on(keys, release.withdrawn) & ~waits
    is_strict = ~pc.is_in(keys.column("tier"), allowed).to_numpy() & ~waits & ~is_barred
    reasons = {"not_accepted": int(waits.sum()), WITHDRAWN: int(is_barred.sum()), "tier": int(is_strict.sum())}
    chosen = ~waits & ~is_barred & ~is_strict
    if not chosen.any():
        raise UsageError(_nothing_to_export(release, reasons))
    splits = assign_splits(_only(keys, chosen), release.settings)
    reasons[SPLIT_KEPT] = int((splits == LEFT_OUT).sum())
    chosen[chosen] = splits != LEFT_OUT
    return Selection(
        keys=_only(keys, chosen),
        splits=splits[splits != LEFT_OUT],
        chosen=chosen,
        left_out={reason: count for reason, count in sorted(reasons.items()) if count},
    )


def _only(keys: pa.Table, chosen: Flags) -> pa.Table:
    """The `chosen` ones; where these are all, nothing is copied."""
    return keys if chosen.all() else keys.filter(pa.array(chosen))


def _rests_on(keys: pa.Table, works: Set[str]) -> Flags:
    """Which rows cite any of `works`."""
    found = np.zeros(len(keys), np.bool_)
    if works:
        cited = keys.column("sources").combine_chunks()
        is_of = pc.is_in(cited.flatten(), value_set=pa.array(sorted(works), pa.string())).to_numpy(zero_copy_only=False)
        found[pc.list_parent_indices(cited).to_numpy()[is_of]] = True
    return found


def _nothing_to_export(release: Release, left_out: Mapping[str, int]) -> str:
    if left_out.get(WITHDRAWN) and not left_out.get("tier"):
        return (
            f"{release.version}: every row that could go in rests on a work that was withdrawn; see `pedcorpus sources`"
        )
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
