"""What a reviewer's screen needs, without saying where it comes from: the queue, one item, a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from pedcorpus.records import (
    Decision,
    Document,
    Evidence,
    Finding,
    Instruction,
    Severity,
    Source,
    Status,
    Verdict,
)

__all__ = ["Desk", "EvidenceContext", "NoPicture", "PagePicture", "Progress", "QueueEntry", "ReviewItem"]


@dataclass(frozen=True)
class QueueEntry:
    """One line of the queue."""

    id: str
    task: str
    topic: str
    source: str
    """Id of the source of its first evidence."""
    severity: Severity
    """Of its worst finding."""
    reason: str
    """Reason code of its worst finding; empty when all checks passed."""
    deferred: bool = False
    """Whether this reviewer put it off or flagged it; such items come last."""
    drawn: bool = False
    """Whether it is in a sample that decides on its stratum."""
    question: str = ""
    """Its question, for the search; may be left empty by a desk that does not have it at hand."""


@dataclass(frozen=True)
class EvidenceContext:
    """One piece of evidence with the text around it."""

    evidence: Evidence
    source: Source
    document: Document
    text: str
    """The whole passage, triple line or turn that the quote stands in."""
    start: int
    """First character of the quote in `text`; equal to `end` when the quote is not found there."""
    end: int


@dataclass(frozen=True)
class ReviewItem:
    """Everything that is shown of one instruction."""

    instruction: Instruction
    status: Status
    findings: tuple[Finding, ...]
    """Worst first; passes left out."""
    decisions: tuple[Decision, ...]
    contexts: tuple[EvidenceContext, ...]
    """One for each piece of evidence, in its order."""


@dataclass(frozen=True)
class PagePicture:
    """A page of an original, without anything drawn on it."""

    png: bytes
    width_pt: float
    """The page's size in the unit of the boxes on it."""
    height_pt: float


@dataclass(frozen=True)
class NoPicture:
    """Why a piece of evidence cannot be shown on its page."""

    reason: Literal["no_page", "original_gone", "cannot_be_drawn", "not_read"]
    """`no_page` where the source has none, as Markdown, graphs and dialogues; `not_read` where the corpus was busy."""
    detail: str = ""


@dataclass(frozen=True)
class Progress:
    """Where the work stands."""

    waiting: int
    """Items nobody has decided yet, in the whole corpus."""
    decided: int
    """Decisions by this reviewer since the desk was opened."""


class Desk(Protocol):
    """A reviewer's place at one corpus. Every call is one short unit of work: nothing is held open."""

    reviewer: str

    def queue(self) -> Sequence[QueueEntry]:
        """What waits for review, riskiest first; the order is the same for the same corpus."""

    def item(self, instruction_id: str) -> ReviewItem:
        """One instruction with its evidence, findings and decisions."""

    def page_picture(self, evidence: Evidence) -> PagePicture | NoPicture:
        """The page that `evidence` stands on. May take seconds, and may be called beside the other calls."""

    def judge(self, edited: Instruction) -> Sequence[Finding]:
        """What the checks find in a record that is not stored yet, worst first; empty when all pass."""

    def decide(
        self,
        instruction_id: str,
        verdict: Verdict,
        *,
        reason: str = "",
        note: str = "",
        edited: Instruction | None = None,
        seconds: float | None = None,
    ) -> Decision:
        """Store one decision; it is durable when this returns.

        Raises:
            UsageError: a rejection without a reason, an edit without its record.
            CorpusBusy: the corpus stayed locked by another process.
        """

    def undo(self) -> str | None:
        """Take back this desk's last standing decision; the id of its instruction, or none if there is none."""

    def progress(self) -> Progress:
        """Counts for the line above the queue."""
