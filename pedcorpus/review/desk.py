"""What a reviewer's screen needs, without saying where it comes from: the queue, items, decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from pedcorpus.records import ANYTHING, Decision, Document, Evidence, Finding, Instruction, Source, Status, Verdict
from pedcorpus.review.queue import Queue, QueueFilter
from pedcorpus.review.reading import Reading

__all__ = [
    "WINDOW",
    "Desk",
    "DeskNotice",
    "EvidenceContext",
    "ItemsTaken",
    "NoPicture",
    "PagePicture",
    "Progress",
    "ReviewItem",
]

WINDOW = 1000
"""How many entries of the queue a screen asks for at first."""

DeskNotice = Literal["clock_went_back", "leases_lost", "leases_unusable", "also_elsewhere"]
"""What a reviewer should know of the desk: the computer's clock went back; what others have on screen was forgotten, or
cannot be known; the same reviewer has another screen open. None of it puts a decision at risk."""


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
    """What may be seen of them: of an item that is read blind, one's own."""
    contexts: tuple[EvidenceContext, ...]
    """One for each piece of evidence, in its order."""
    readings: tuple[Reading, ...] = ()
    """At an adjudicator's desk, what each of its readers said."""


@dataclass(frozen=True)
class ItemsTaken:
    """Items that are this reviewer's to read now, and those that are not to be had."""

    items: tuple[ReviewItem, ...] = ()
    """In the order in which they were asked for."""
    gone: tuple[str, ...] = ()
    """Ids of items that another reviewer has on screen, or that were decided meanwhile."""


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
    """Items that wait for this reviewer."""
    decided: int
    """Decisions by this reviewer since the desk was opened."""
    sample: int = 0
    """Rows that the samples of all strata ask for, read or not; 0 where nothing is accepted by sampling."""
    sample_read: int = 0
    """How many of them have been decided."""


class Desk(Protocol):
    """A reviewer's place at one corpus. Every call is one short unit of work: nothing is held open.

    A queue may be read, and a page drawn, while other calls are under way; all the rest come one at a time.
    """

    reviewer: str
    adjudicates: bool
    """Whether this is an adjudicator's desk: disputed items come to it, and what it decides holds."""

    def queue(self, wanted: QueueFilter = ANYTHING, *, first: int = WINDOW) -> Queue:
        """The `first` entries of what is `wanted` of all that waits; the order is the same for the same corpus."""

    def read(self, ids: Sequence[str]) -> ItemsTaken:
        """The first few of `ids` that are to be had; they are nobody else's from now on, for a while.

        Called at each look, with the item on screen first and those that come next behind it: what is asked for again
        stays this reviewer's and is not read again, what is not is given back. Ids that are neither among the items nor
        gone were not tried.
        """

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
        colleague: str = "",
        edited: Instruction | None = None,
        seconds: float | None = None,
    ) -> Decision:
        """Store one decision; it is durable when this returns.

        `colleague` is whom a flag is for, empty for whoever comes next; `seconds` is how long the item was looked at.

        Raises:
            UsageError: a rejection without a reason, an edit without its record.
            DecidedMeanwhile: somebody settled the item since it was read; nothing was stored.
            CorpusBusy: the corpus stayed locked by another process.
        """

    def undo(self) -> ReviewItem | None:
        """Take back a decision: this desk's last, else the reviewer's last that stands; the item as it is then.

        None when no decision by this reviewer stands.
        """

    def colleagues(self) -> Sequence[str]:
        """Everybody else who is known to review here, by name."""

    def progress(self) -> Progress:
        """Counts for the line above the queue, as of the last queue that was read and all decisions since."""

    def notices(self) -> Sequence[DeskNotice]:
        """What has come up since this was asked last; each is told once."""

    def close(self) -> None:
        """Give back what is not decided; the desk is not used afterwards."""
