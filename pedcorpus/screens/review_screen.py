"""The review at work: one key decides and the next item is there. What stands where is `review_panes`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from pedcorpus.records import Instruction, Verdict
from pedcorpus.review import (
    Desk,
    Progress,
    QueueFilter,
    ReviewItem,
    Worklist,
    changed_fields,
    edited_instruction,
    pace_per_hour,
    task_for,
)
from pedcorpus.screens.dialogs import DiffDialog, NoteDialog, ReasonDialog
from pedcorpus.screens.diff_blocks import diff_blocks
from pedcorpus.screens.edit_form import EditForm
from pedcorpus.screens.messages import DecisionStored, DecisionUndone, DeskFailed, EditJudged, ItemRead, QueueRead
from pedcorpus.screens.page_pane import PageCanvas
from pedcorpus.screens.page_viewing import PAGE_KEYS, PageViewing
from pedcorpus.screens.queue_list import QueueList
from pedcorpus.screens.words import Words

__all__ = ["ReviewScreen"]

_DECIDING = ("accept", "reject", "edit", "defer", "flag")
_WHILE_EDITING = frozenset({"finish_edit", "cancel_edit", "next_field"})


class ReviewScreen(PageViewing):
    """Shows one item at a time; state changes only in handlers of the desk's messages and of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # priority: taken in the order typed, so that the 3 of a quick `r 3` reaches the dialog that r opens
        Binding(keys, action, show=False, priority=True)
        for keys, action in (
            ("a", "accept"),
            ("r", "reject"),
            ("e", "edit"),
            ("d", "defer"),
            ("f", "flag"),
            ("u", "undo"),
            ("j,n", "move(1)"),
            ("k", "move(-1)"),
            ("down", "step(1)"),
            ("up", "step(-1)"),
            *PAGE_KEYS,
            ("home", "move(-1000000000)"),
            ("end", "move(1000000000)"),
            ("slash", "search"),
            ("t", "next_task"),
            ("s", "next_source"),
            ("escape", "clear_filter"),
            ("left_square_bracket", "fold_queue"),
            ("T", "toggle_theme"),
            ("f5", "read_again"),
            ("question_mark", "help"),
            ("q", "leave"),
        )
    ]

    def __init__(self, desk: Desk, words: Words, *, clock: Callable[[], float]) -> None:
        super().__init__(words, desk)
        self._clock = clock
        self._opened_at = self._shown_at = clock()
        self._worklist = Worklist()
        self._progress: Progress | None = None
        self._items: dict[str, ReviewItem] = {}
        self._is_saving = False
        self._is_leaving = False

    def on_mount(self) -> None:
        self.say_loading()
        self._line.read_queue()

    # What is shown

    @property
    def _item(self) -> ReviewItem | None:
        """The current item, when it has been read."""
        current = self._worklist.current
        return self._items.get(current.id) if current else None

    def _show(self) -> None:
        """Bring every pane in line with the state."""
        self.show_queue(self._worklist, self._progress_text())
        current, item = self._worklist.current, self._item
        if item:
            self.show_item(item)
            self._shown_at = self._clock()
            self._read_ahead()
        elif current:
            self.say_loading()
            self._line.read_item(current.id)
        elif self._progress is None:
            self.say_loading()
        elif self._worklist.entries:
            self.say_no_match()
        else:
            self.say_all_done()

    def _read_ahead(self) -> None:
        following = self._worklist.following
        if following and following.id not in self._items:
            self._line.read_item(following.id)

    def _progress_text(self) -> str:
        if self._progress is None:
            return ""
        pace = pace_per_hour(self._progress.decided, elapsed_s=self._clock() - self._opened_at)
        parts = [
            self._words("queue.waiting", count=self._progress.waiting),
            self._words("queue.decided", count=self._progress.decided),
        ]
        return " · ".join([*parts, self._words("queue.pace", count=pace)] if pace is not None else parts)

    # What the desk says

    @on(QueueRead)
    def _queue_read(self, message: QueueRead) -> None:
        here = self._worklist.current
        self._progress = message.progress
        self._items.clear()
        self._take_queue(Worklist.of(message.entries), at=here.id if here else "")
        self.say("")

    def _take_queue(self, fresh: Worklist, *, at: str) -> None:
        """A fresh queue under the filter that was on, unless that would hide the entry `at`."""
        wanted = fresh.filtered(self._worklist.filter)
        is_hidden = any(entry.id == at for entry in fresh.entries) and all(entry.id != at for entry in wanted.shown)
        self._worklist = (fresh if is_hidden else wanted).at(at)
        self._show()

    @on(ItemRead)
    def _item_read(self, message: ItemRead) -> None:
        instruction_id = message.item.instruction.id
        self._items[instruction_id] = message.item
        if self._worklist.current and self._worklist.current.id == instruction_id:
            self._show()

    @on(DecisionStored)
    async def _decision_stored(self, message: DecisionStored) -> None:
        decision = message.decision
        self._items.pop(decision.instruction, None)
        topic = next((entry.topic for entry in self._worklist.entries if entry.id == decision.instruction), "")
        self._is_saving = False
        self._progress = message.progress
        put_off = decision.verdict is Verdict.DEFER
        step = self._worklist.deferred if put_off else self._worklist.without
        self._worklist = step(decision.instruction)
        await self.close_form()
        self.say(self._words("status.saved", what=f"{self._words(f'verdict.{decision.verdict}')} {topic}"))
        self._show()
        if self._is_leaving:
            self.app.exit()

    @on(DecisionUndone)
    def _decision_undone(self, message: DecisionUndone) -> None:
        self._is_saving = self._is_leaving = False
        self._progress = message.progress
        if message.instruction_id is None:
            self.say(self._words("status.nothing_to_undo"))
            return
        self._items.pop(message.instruction_id, None)
        self.say(self._words("status.undone"))
        self._take_queue(Worklist.of(message.entries), at=message.instruction_id)

    @on(DeskFailed)
    def _desk_failed(self, message: DeskFailed) -> None:
        current = self._worklist.current
        if message.instruction_id and (current is None or current.id != message.instruction_id):
            return  # read ahead; it is read again when its turn comes
        is_saving = message.doing == "saving"
        if is_saving:
            self._is_saving = self._is_leaving = False
        key = "status.not_saved" if is_saving else "status.not_read"
        self.say("", notice=self._words(key, error=message.error.rstrip(".。")))

    # Deciding

    def _decide(
        self,
        verdict: Verdict,
        about: ReviewItem | None,
        *,
        reason: str = "",
        note: str = "",
        edited: Instruction | None = None,
    ) -> None:
        """Store a decision about the item it was meant for, if that is still the one on screen."""
        item = self._item
        if item is None or about is None or self._is_saving:
            return
        if item.instruction.id != about.instruction.id:
            self.say(self._words("status.moved"))
            return
        self._is_saving = True
        self.say(self._words("status.saving"))
        seconds = max(self._clock() - self._shown_at, 0.0)
        self._line.decide(
            item.instruction.id, verdict, reason=reason, note=note, edited=edited, seconds=round(seconds, 1)
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's own signature
        """While fields are edited only the edit's own keys act; while a decision is saved none decides."""
        if self.is_editing:
            return action in _WHILE_EDITING or hasattr(Screen, f"action_{action}")
        if self.is_searching:
            return action == "clear_filter" or hasattr(Screen, f"action_{action}")
        if action in ("finish_edit", "cancel_edit", "next_field"):
            return False
        if action in _DECIDING:
            return self._item is not None and not self._is_saving
        if not self.may_view(action):
            return False
        return not (action == "undo" and self._is_saving)

    def action_accept(self) -> None:
        self._decide(Verdict.ACCEPT, self._item)

    def action_defer(self) -> None:
        self._decide(Verdict.DEFER, self._item)

    def action_reject(self) -> None:
        item = self._item

        def chosen(reason: str | None) -> None:
            if reason:
                self._decide(Verdict.REJECT, item, reason=reason)

        if item:
            self.app.push_screen(ReasonDialog(task_for(item.instruction).reject_reasons, self._words), chosen)

    def action_flag(self) -> None:
        item = self._item

        def written(note: str | None) -> None:
            if note:
                self._decide(Verdict.FLAG, item, note=note)

        self.app.push_screen(NoteDialog(self._words), written)

    def action_undo(self) -> None:
        self._is_saving = True
        self.say(self._words("status.saving"))
        self._line.undo()

    # Editing

    async def action_edit(self) -> None:
        if item := self._item:
            await self.open_form(item)

    def action_finish_edit(self) -> None:
        self.query_one(EditForm).action_finish()

    def action_cancel_edit(self) -> None:
        self.query_one(EditForm).action_cancel()

    def action_next_field(self) -> None:
        self.focus_next()

    @on(EditForm.Refused)
    def _edit_refused(self, message: EditForm.Refused) -> None:
        words = self._words
        self.say(words("status.fix_fields", count=message.wrong) if message.wrong else words("status.unchanged"))

    @on(EditForm.Cancelled)
    async def _edit_cancelled(self) -> None:
        await self.close_form()
        self.say("")

    @on(EditForm.Finished)
    def _edit_finished(self, message: EditForm.Finished) -> None:
        edited = edited_instruction(message.item.instruction, message.edits)
        self._line.judge(message.item, message.edits, edited)

    @on(EditJudged)
    def _edit_judged(self, message: EditJudged) -> None:
        item, edited = message.item, message.edited

        def taken(is_meant: bool | None) -> None:
            if is_meant:
                self._decide(Verdict.EDIT, item, edited=edited)

        changes = changed_fields(item.instruction, message.edits)
        blocks = diff_blocks(item.instruction, edited, changes, message.findings, words=self._words)
        self.app.push_screen(DiffDialog(blocks, self._words), taken)

    # Moving and choosing

    def action_move(self, steps: int) -> None:
        self._worklist = self._worklist.moved(steps)
        self._show()

    def action_step(self, way: int) -> None:
        """The arrows move the page where that is looked at, else along the queue."""
        if self.focused is self.query_one(PageCanvas):
            self.action_pan(0, way / 4)
        else:
            self.action_move(way)

    @on(QueueList.Picked)
    def _picked(self, message: QueueList.Picked) -> None:
        if not self.is_editing and not self._is_saving:
            self._worklist = self._worklist.moved(message.place - self._worklist.cursor)
            self._show()

    def _filter(self, wanted: QueueFilter) -> None:
        self._worklist = self._worklist.filtered(wanted)
        self._show()

    def action_search(self) -> None:
        self.open_search(self._worklist.filter.text)

    @on(Input.Submitted, "#search")
    def _search_submitted(self, message: Input.Submitted) -> None:
        self.close_search()
        self._filter(replace(self._worklist.filter, text=message.value.strip()))

    def action_clear_filter(self) -> None:
        if self.query_one("#search").has_class("-shown"):
            self.close_search()
        elif not self.close_page():
            self._filter(QueueFilter())

    def action_next_task(self) -> None:
        names = sorted({entry.task for entry in self._worklist.entries})
        self._filter(replace(self._worklist.filter, task=_next(names, self._worklist.filter.task)))

    def action_next_source(self) -> None:
        names = sorted({entry.source for entry in self._worklist.entries})
        self._filter(replace(self._worklist.filter, source=_next(names, self._worklist.filter.source)))

    # The rest

    def action_read_again(self) -> None:
        self._line.read_queue()

    def action_leave(self) -> None:
        """Quit; a decision that is being saved is waited for, and a failure to save it keeps the screen."""
        if self._is_saving:
            self._is_leaving = True
            self.say(self._words("status.wait"))
        else:
            self.app.exit()


def _next(names: list[str], current: str) -> str:
    """The name after `current`; after the last comes none."""
    ring = ["", *names]
    return ring[(ring.index(current) + 1) % len(ring)] if current in ring else ""
