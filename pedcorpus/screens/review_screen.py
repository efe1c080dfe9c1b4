"""The review at work: one key decides and the next item is there. What stands where is `review_panes`."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from pedcorpus.records import Instruction, Verdict
from pedcorpus.review import QueueFilter, ReviewItem, changed_fields, edited_instruction, task_for
from pedcorpus.screens.dialogs import DiffDialog, ReasonDialog
from pedcorpus.screens.diff_blocks import diff_blocks
from pedcorpus.screens.edit_form import EditForm
from pedcorpus.screens.filter_dialog import FilterDialog, Picked
from pedcorpus.screens.filter_facets import filter_facets
from pedcorpus.screens.flag_dialog import FlagDialog, Handover
from pedcorpus.screens.messages import EditJudged
from pedcorpus.screens.page_pane import PageCanvas
from pedcorpus.screens.page_viewing import PAGE_KEYS
from pedcorpus.screens.queue_list import QueueList
from pedcorpus.screens.review_state import ReviewState

__all__ = ["ReviewScreen"]

_DECIDING = ("accept", "reject", "edit", "defer", "flag")
_WHILE_EDITING = frozenset({"finish_edit", "cancel_edit", "next_field"})
_WHILE_TOO_SMALL = frozenset({"leave", "toggle_theme"})
_FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {"/": "、", "[": "【"})
"""What a Chinese input method may give in place of a key."""


def _also_full_width(keys: str) -> str:
    signs = [key for key in keys.split(",") if len(key) == 1]
    return ",".join([keys, *(sign.translate(_FULL_WIDTH) for sign in signs)])


class ReviewScreen(ReviewState):
    """Shows one item at a time; state changes only in handlers of the desk's messages and of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # priority: taken in the order typed, so that the 3 of a quick `r 3` reaches the dialog that r opens
        Binding(_also_full_width(keys), action, show=False, priority=True)
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
            ("/", "search"),
            ("s", "filter"),
            ("ctrl+s", "finish_edit"),
            ("escape", "cancel_edit"),
            ("escape", "clear_filter"),
            ("[", "fold_queue"),
            ("T", "toggle_theme"),
            ("f5", "read_again"),
            ("?", "help"),
            ("q", "leave"),
        )
    ]

    # Deciding

    def _decide(
        self,
        verdict: Verdict,
        about: ReviewItem | None,
        *,
        reason: str = "",
        note: str = "",
        colleague: str = "",
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
            item.instruction.id,
            verdict,
            reason=reason,
            note=note,
            colleague=colleague,
            edited=edited,
            seconds=round(seconds, 1),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's own signature
        """While fields are edited only the edit's own keys act; while a decision is saved none decides."""
        if self.is_too_small and not hasattr(Screen, f"action_{action}"):
            return action in _WHILE_TOO_SMALL and not self.is_editing
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

        def handed(over: Handover | None) -> None:
            if over:
                self._decide(Verdict.FLAG, item, note=over.note, colleague=over.colleague)

        self.app.push_screen(FlagDialog(self._colleagues, self._words), handed)

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
        if wanted != self._wanted:
            self._wanted = wanted
            self.say(self._words("status.seeking"))
            self._line.read_queue(wanted)

    def action_search(self) -> None:
        self.open_search(self._wanted.text)

    @on(Input.Submitted, "#search")
    def _search_submitted(self, message: Input.Submitted) -> None:
        self.close_search()
        self._filter(replace(self._wanted, text=message.value.strip()))

    def action_clear_filter(self) -> None:
        if self.query_one("#search").has_class("-shown"):
            self.close_search()
        elif not self.close_page():
            self._filter(QueueFilter())

    def action_filter(self) -> None:
        """Choose one part of the filter; the others stay as they are."""

        def chosen(picked: Picked | None) -> None:
            if picked:
                self._filter(replace(self._wanted, **{picked.name: picked.value}))

        self.app.push_screen(FilterDialog(filter_facets(self._queue, self._wanted, self._words), self._words), chosen)

    # The rest

    def action_read_again(self) -> None:
        self.say(self._words("status.seeking"))
        self._line.read_queue(self._wanted)
        self._line.read_colleagues()

    def action_leave(self) -> None:
        """Quit; a decision that is being saved is waited for, and a failure to save it keeps the screen."""
        if self._is_saving:
            self._is_leaving = True
            self.say(self._words("status.wait"))
        else:
            self.app.exit()
