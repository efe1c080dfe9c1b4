"""What the desk's thread tells the screen; handlers of these are the only place where state changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from textual.message import Message

from pedcorpus.errors import CorpusError
from pedcorpus.records import Decision, Evidence, Finding, Instruction
from pedcorpus.review import DeskNotice, ItemsTaken, NoPicture, Progress, Queue, QueueFilter, ReviewItem
from pedcorpus.screens.page_drawing import DrawnPage

Doing = Literal["reading", "judging", "saving"]

__all__ = [
    "ColleaguesRead",
    "DecidedElsewhere",
    "DecisionStored",
    "DecisionUndone",
    "DeskFailed",
    "DeskNoticed",
    "Doing",
    "EditJudged",
    "ItemsRead",
    "PageDrawn",
    "QueueRead",
]


class QueueRead(Message):
    """The beginning of what is wanted of the queue, as the desk has it now."""

    def __init__(self, queue: Queue, wanted: QueueFilter, progress: Progress) -> None:
        super().__init__()
        self.queue = queue
        self.wanted = wanted
        self.progress = progress


class ItemsRead(Message):
    """Items with their evidence, and ids of those that are not to be had."""

    def __init__(self, taken: ItemsTaken) -> None:
        super().__init__()
        self.taken = taken


class ColleaguesRead(Message):
    """Who else reviews here."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = names


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


class DecidedElsewhere(Message):
    """A decision was not stored: somebody settled the item since it was read."""

    def __init__(self, instruction_id: str, by: Sequence[str], progress: Progress) -> None:
        super().__init__()
        self.instruction_id = instruction_id
        self.by = by
        self.progress = progress


class DecisionUndone(Message):
    """A decision was taken back; no item when there was none to take back."""

    def __init__(self, item: ReviewItem | None, progress: Progress) -> None:
        super().__init__()
        self.item = item
        self.progress = progress


class DeskNoticed(Message):
    """Something that the reviewer should know of the desk."""

    def __init__(self, notices: Sequence[DeskNotice]) -> None:
        super().__init__()
        self.notices = notices


class DeskFailed(Message):
    """The corpus could not be read or written; nothing was lost, nothing was stored."""

    def __init__(self, doing: Doing, error: Exception) -> None:
        super().__init__()
        self.doing = doing
        self.said = str(error) or type(error).__name__
        self.trouble = error.trouble if isinstance(error, CorpusError) else "other"
