"""The line to the desk: calls run in threads, one at a time but for pages, and answer with messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from threading import Lock

from textual.message import Message
from textual.widget import Widget

from pedcorpus.errors import DecidedMeanwhile, PedcorpusError
from pedcorpus.records import Evidence, Instruction, Verdict
from pedcorpus.review import WINDOW, Desk, NoPicture, QueueFilter, ReviewItem
from pedcorpus.screens.messages import (
    ColleaguesRead,
    DecidedElsewhere,
    DecisionStored,
    DecisionUndone,
    DeskFailed,
    DeskNoticed,
    Doing,
    EditJudged,
    ItemsRead,
    PageDrawn,
    QueueRead,
)
from pedcorpus.screens.page_drawing import DrawnPage, decoded

__all__ = ["DeskLine"]


class DeskLine:
    """Calls a desk on behalf of one widget, which gets the answers as messages."""

    def __init__(self, desk: Desk, listener: Widget) -> None:
        self._desk = desk
        self._listener = listener
        self._lock = Lock()
        self._page_lock = Lock()  # no decision waits until a page is drawn
        self._queue_lock = Lock()  # nor until more of the queue is there

    def read_queue(self, wanted: QueueFilter, *, first: int = WINDOW) -> None:
        """Read the queue, which may take seconds, beside all other calls."""

        def read() -> Message:
            return QueueRead(self._desk.queue(wanted, first=first), wanted, self._desk.progress())

        self._call("reading", read, lock=self._queue_lock)

    def read_items(self, ids: Sequence[str]) -> None:
        """Take the first few of `ids` that are to be had, the one on screen first."""
        self._call("reading", lambda: ItemsRead(self._desk.read(ids)))

    def read_colleagues(self) -> None:
        self._call("reading", lambda: ColleaguesRead(self._desk.colleagues()))

    def read_page(self, evidence: Evidence, *, is_wanted: Callable[[], bool]) -> None:
        """Draw the page of `evidence`, unless it is no longer wanted when its turn comes."""

        def in_thread() -> None:
            with self._page_lock:
                if is_wanted():
                    self._listener.post_message(PageDrawn(evidence, self._drawn(evidence)))

        self._listener.run_worker(in_thread, thread=True, group="page")

    def _drawn(self, evidence: Evidence) -> DrawnPage | NoPicture:
        try:
            picture = self._desk.page_picture(evidence)
            return picture if isinstance(picture, NoPicture) else decoded(picture)
        except (PedcorpusError, OSError) as error:
            return NoPicture("not_read", str(error) or type(error).__name__)

    def judge(self, item: ReviewItem, edits: Mapping[str, str], edited: Instruction) -> None:
        self._call("judging", lambda: EditJudged(item, edits, edited, self._desk.judge(edited)))

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
    ) -> None:
        def stored() -> Message:
            try:
                decision = self._desk.decide(
                    instruction_id,
                    verdict,
                    reason=reason,
                    note=note,
                    colleague=colleague,
                    edited=edited,
                    seconds=seconds,
                )
            except DecidedMeanwhile as error:
                return DecidedElsewhere(instruction_id, error.by, self._desk.progress())
            return DecisionStored(decision, self._desk.progress())

        self._call("saving", stored)

    def undo(self) -> None:
        self._call("saving", lambda: DecisionUndone(self._desk.undo(), self._desk.progress()))

    def _call(self, doing: Doing, call: Callable[[], Message], *, lock: Lock | None = None) -> None:
        def in_thread() -> None:
            with lock or self._lock:
                try:
                    answer = call()
                except (PedcorpusError, OSError) as error:
                    answer = DeskFailed(doing, error)
                notices = self._desk.notices()
            self._listener.post_message(answer)
            if notices:
                self._listener.post_message(DeskNoticed(notices))

        self._listener.run_worker(in_thread, thread=True, group="desk")
