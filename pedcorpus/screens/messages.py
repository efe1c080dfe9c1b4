"""What the desk's thread tells the screen; handlers of these are the only place where state changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from textual.message import Message

from pedcorpus.records import Decision, Evidence, Finding, Instruction
from pedcorpus.review import NoPicture, Progress, QueueEntry, ReviewItem
from pedcorpus.screens.page_drawing import DrawnPage

__all__ = ["DecisionStored", "DecisionUndone", "DeskFailed", "EditJudged", "ItemRead", "PageDrawn", "QueueRead"]


class QueueRead(Message):
    """The queue as the desk has it now."""

    def __init__(self, entries: Sequence[QueueEntry], progress: Progress) -> None:
        super().__init__()
        self.entries = entries
        self.progress = progress


class ItemRead(Message):
    """One item with its evidence."""

    def __init__(self, item: ReviewItem) -> None:
        super().__init__()
        self.item = item


class PageDrawn(Message):
    """The page that a quote stands on, or why there is none."""

    def __init__(self, evidence: Evidence, page: DrawnPage | NoPicture) -> None:
        super().__init__()
        self.evidence = evidence
        self.page = page


class EditJudged(Message):
    """What the checks find in an edited record, before it is taken."""

    def __init__(
        self, item: ReviewItem, edits: Mapping[str, str], edited: Instruction, findings: Sequence[Finding]
    ) -> None:
        super().__init__()
        self.item = item
        self.edits = edits
        self.edited = edited
        self.findings = findings


class DecisionStored(Message):
    """A decision is durable."""

    def __init__(self, decision: Decision, progress: Progress) -> None:
        super().__init__()
        self.decision = decision
        self.progress = progress


class DecisionUndone(Message):
    """The last standing decision was taken back; no id when there was none."""

    def __init__(self, instruction_id: str | None, entries: Sequence[QueueEntry], progress: Progress) -> None:
        super().__init__()
        self.instruction_id = instruction_id
        self.entries = entries
        self.progress = progress


class DeskFailed(Message):
    """The corpus could not be read or written; nothing was lost, nothing was stored."""

    def __init__(self, doing: Literal["reading", "saving"], error: str, *, instruction_id: str = "") -> None:
        """`instruction_id` is the item that was to be read, where it was one."""
        super().__init__()
        self.instruction_id = instruction_id
        self.doing = doing
        self.error = error
