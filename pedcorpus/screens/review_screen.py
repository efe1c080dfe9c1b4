"""The review desk on screen: queue, instruction and source side by side; one key decides and the next item is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

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
from pedcorpus.screens.desk_line import DeskLine
from pedcorpus.screens.dialogs import DiffDialog, HelpDialog, NoteDialog, ReasonDialog
from pedcorpus.screens.diff_blocks import diff_blocks
from pedcorpus.screens.edit_form import EditForm
from pedcorpus.screens.key_bar import KeyBar
from pedcorpus.screens.messages import DecisionStored, DecisionUndone, DeskFailed, ItemRead, QueueRead
from pedcorpus.screens.page import Block, Piece
from pedcorpus.screens.plain import plain
from pedcorpus.screens.queue_list import QueueList
from pedcorpus.screens.sheet_blocks import SEVERITY_MARKS, sheet_blocks, task_name
from pedcorpus.screens.source_blocks import source_blocks
from pedcorpus.screens.text_pane import TextPane
from pedcorpus.screens.words import Words
from pedcorpus.tasks import task_of

__all__ = ["ReviewScreen"]

_DECIDING = ("accept", "reject", "edit", "defer", "flag")
_WHILE_EDITING = frozenset({"finish_edit", "cancel_edit", "next_field"})


class ReviewScreen(Screen[None]):
    """Shows one item at a time; state changes only in handlers of the desk's messages and of keys."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual's own declaration
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
            ("down,j,n", "move(1)"),
            ("up,k", "move(-1)"),
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
        super().__init__()
        self._line = DeskLine(desk, self)
        self._reviewer = desk.reviewer
        self._words = words
        self._clock = clock
        self._opened_at = self._shown_at = clock()
        self._worklist = Worklist()
        self._progress: Progress | None = None
        self._items: dict[str, ReviewItem] = {}
        self._is_saving = False
        self._is_leaving = False

    def compose(self) -> ComposeResult:
        words = self._words
        with Horizontal(id="desk"):
            yield QueueList(words, id="queue")
            with Container(id="item"):
                with Container(id="centre"):
                    yield TextPane(id="sheet")
                yield TextPane(id="source")
        yield Input(placeholder=words("search.prompt"), id="search", compact=True)
        yield Static("", id="notice", markup=False)
        with Container(id="foot"):
            names = ("accept", "reject", "edit", "defer", "flag", "undo", "search", "help")
            keys = zip("aredfu/?", names, strict=True)
            yield KeyBar([(key, words(f"key.{name}"), name) for key, name in keys], id="review-keys")
            editing = [
                ("^S", "diff", "finish_edit"),
                ("Tab", "next_field", "next_field"),
                ("Esc", "cancel", "cancel_edit"),
            ]
            yield KeyBar([(key, words(f"key.{name}"), action) for key, name, action in editing], id="edit-keys")
            with Horizontal(id="last-line"):
                yield Static("", id="progress", markup=False)
                yield Static("", id="status", markup=False)

    def on_mount(self) -> None:
        self.query_one("#source").border_title = Content(self._words("source.title"))
        self._say("")
        self.query_one("#sheet").focus()
        self._line.read_queue()

    # What is shown

    @property
    def _item(self) -> ReviewItem | None:
        """The current item, when it has been read."""
        current = self._worklist.current
        return self._items.get(current.id) if current else None

    def _show(self) -> None:
        """Bring every pane in line with the state."""
        queue = self.query_one(QueueList)
        queue.show(self._worklist)
        queue.border_title = Content(self._progress_text())
        self.query_one("#progress", Static).update(self._progress_text())
        queue.border_subtitle = Content(plain(self._filter_text()))
        self._show_item()

    def _show_item(self) -> None:
        sheet, source = self.query_one("#sheet", TextPane), self.query_one("#source", TextPane)
        current, item = self._worklist.current, self._item
        centre = self.query_one("#centre")
        if item is None:
            centre.border_title = centre.border_subtitle = None
            source.show(())
            sheet.show(self._empty_blocks() if current is None else [Block((Piece(self._words("sheet.loading")),))])
            if current:
                self._line.read_item(current.id)
            return
        record = item.instruction
        centre.border_title = Content(
            plain(" · ".join([task_name(record, self._words), record.topic, *self._worst(item)]))
        )
        centre.border_subtitle = Content(plain(f"{record.generator} · {record.license} · {record.tier}"))
        sheet.show(sheet_blocks(item, self._words))
        source.show(source_blocks(item.contexts, self._words))
        self._shown_at = self._clock()
        following = self._worklist.following
        if following and following.id not in self._items:
            self._line.read_item(following.id)

    def _worst(self, item: ReviewItem) -> list[str]:
        """`! 剂量`, so that a finding far down a long answer is announced where the eye begins."""
        worst = item.findings[:1]
        return [f"{SEVERITY_MARKS[finding.severity]} {self._words.reason(finding.reason)}" for finding in worst]

    def _empty_blocks(self) -> list[Block]:
        words = self._words
        if self._progress is None:
            return [Block((Piece(words("sheet.loading")),))]
        if self._worklist.entries:
            return [Block((Piece(words("empty.filter")),))]
        return [
            Block((Piece(words("empty.done"), "pane--strong"),)),
            Block((Piece(""),)),
            Block((Piece(words("empty.done_next")),)),
            Block((Piece(words("empty.export"), "pane--command"),), indent=4),
            Block((Piece(words("empty.more")),)),
        ]

    def _progress_text(self) -> str:
        if self._progress is None:
            return ""
        pace = pace_per_hour(self._progress.decided, elapsed_s=self._clock() - self._opened_at)
        parts = [
            self._words("queue.waiting", count=self._progress.waiting),
            self._words("queue.decided", count=self._progress.decided),
        ]
        return " · ".join([*parts, self._words("queue.pace", count=pace)] if pace is not None else parts)

    def _filter_text(self) -> str:
        wanted = self._worklist.filter
        parts = [task_of(wanted.task).record.__name__ if wanted.task else "", wanted.source]
        parts.append(self._words("queue.filter_text", text=wanted.text) if wanted.text else "")
        chosen = [part for part in parts if part]
        if not chosen:
            return ""
        count = self._words("queue.shown", shown=len(self._worklist.shown), all=len(self._worklist.entries))
        return " · ".join([*chosen, count])

    def _say(self, status: str, *, notice: str = "") -> None:
        """Put `status` in the line of keys, and `notice`, if any, on a line of its own until the next word."""
        parts = [status, self._words("status.reviewer", name=self._reviewer)]
        self.query_one("#status", Static).update(plain("  ".join(part for part in parts if part)))
        line = self.query_one("#notice", Static)
        line.update(plain(notice))
        line.set_class(bool(notice), "-shown")

    # What the desk says

    @on(QueueRead)
    def _queue_read(self, message: QueueRead) -> None:
        here = self._worklist.current
        self._progress = message.progress
        self._items.clear()
        self._take_queue(Worklist.of(message.entries), at=here.id if here else "")
        self._say("")

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
            self._show_item()

    @on(DecisionStored)
    async def _decision_stored(self, message: DecisionStored) -> None:
        decision = message.decision
        topic = self._items[decision.instruction].instruction.topic
        del self._items[decision.instruction]
        self._is_saving = False
        self._progress = message.progress
        put_off = decision.verdict is Verdict.DEFER
        step = self._worklist.deferred if put_off else self._worklist.without
        self._worklist = step(decision.instruction)
        await self._close_form()
        self._say(self._words("status.saved", what=f"{self._words(f'verdict.{decision.verdict}')} {topic}"))
        self._show()
        if self._is_leaving:
            self.app.exit()

    @on(DecisionUndone)
    def _decision_undone(self, message: DecisionUndone) -> None:
        self._is_saving = self._is_leaving = False
        self._progress = message.progress
        if message.instruction_id is None:
            self._say(self._words("status.nothing_to_undo"))
            return
        self._items.pop(message.instruction_id, None)
        self._say(self._words("status.undone"))
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
        self._say("", notice=self._words(key, error=message.error.rstrip(".。")))

    # Deciding

    def _decide(self, verdict: Verdict, *, reason: str = "", note: str = "", edited: Instruction | None = None) -> None:
        item = self._item
        if item is None or self._is_saving:
            return
        self._is_saving = True
        self._say(self._words("status.saving"))
        seconds = max(self._clock() - self._shown_at, 0.0)
        self._line.decide(
            item.instruction.id, verdict, reason=reason, note=note, edited=edited, seconds=round(seconds, 1)
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's own signature
        """While fields are edited only the edit's own keys act; while a decision is saved none decides."""
        if self.is_editing:
            return action in _WHILE_EDITING or hasattr(Screen, f"action_{action}")
        if self.focused is self.query_one("#search"):
            return action == "clear_filter" or hasattr(Screen, f"action_{action}")
        if action in ("finish_edit", "cancel_edit", "next_field"):
            return False
        if action in _DECIDING:
            return self._item is not None and not self._is_saving
        return not (action == "undo" and self._is_saving)

    def action_accept(self) -> None:
        self._decide(Verdict.ACCEPT)

    def action_defer(self) -> None:
        self._decide(Verdict.DEFER)

    def action_reject(self) -> None:
        def chosen(reason: str | None) -> None:
            if reason:
                self._decide(Verdict.REJECT, reason=reason)

        if item := self._item:
            self.app.push_screen(ReasonDialog(task_for(item.instruction).reject_reasons, self._words), chosen)

    def action_flag(self) -> None:
        def written(note: str | None) -> None:
            if note:
                self._decide(Verdict.FLAG, note=note)

        self.app.push_screen(NoteDialog(self._words), written)

    def action_undo(self) -> None:
        self._is_saving = True
        self._say(self._words("status.saving"))
        self._line.undo()

    # Editing

    @property
    def is_editing(self) -> bool:
        """Whether the fields stand open."""
        return bool(self.query("#form"))

    async def action_edit(self) -> None:
        if item := self._item:
            self.query_one("#sheet").display = False
            self.set_class(True, "-editing")
            await self.query_one("#centre").mount(EditForm(item, self._words))

    async def _close_form(self) -> None:
        if self.is_editing:
            await self.query_one("#form").remove()
            self.set_class(False, "-editing")
            sheet = self.query_one("#sheet")
            sheet.display = True
            sheet.focus()

    def action_finish_edit(self) -> None:
        self.query_one(EditForm).action_finish()

    def action_cancel_edit(self) -> None:
        self.query_one(EditForm).action_cancel()

    def action_next_field(self) -> None:
        self.focus_next()

    @on(EditForm.Refused)
    def _edit_refused(self, message: EditForm.Refused) -> None:
        words = self._words
        self._say(words("status.fix_fields", count=message.wrong) if message.wrong else words("status.unchanged"))

    @on(EditForm.Cancelled)
    async def _edit_cancelled(self) -> None:
        await self._close_form()
        self._say("")

    @on(EditForm.Finished)
    def _edit_finished(self, message: EditForm.Finished) -> None:
        item = self._item
        if item is None or self._is_saving:
            return
        edited = edited_instruction(item.instruction, message.edits)

        def taken(is_meant: bool | None) -> None:
            if is_meant:
                self._decide(Verdict.EDIT, edited=edited)

        changes = changed_fields(item.instruction, message.edits)
        blocks = diff_blocks(item.instruction, edited, changes, self._words)
        self.app.push_screen(DiffDialog(blocks, self._words), taken)

    # Moving and choosing

    def action_move(self, steps: int) -> None:
        self._worklist = self._worklist.moved(steps)
        self._show()

    @on(QueueList.Picked)
    def _picked(self, message: QueueList.Picked) -> None:
        if not self.is_editing and not self._is_saving:
            self._worklist = self._worklist.moved(message.place - self._worklist.cursor)
            self._show()

    def _filter(self, wanted: QueueFilter) -> None:
        self._worklist = self._worklist.filtered(wanted)
        self._show()

    def action_search(self) -> None:
        search = self.query_one("#search", Input)
        search.value = self._worklist.filter.text
        search.set_class(True, "-shown")
        self.set_focus(search)

    @on(Input.Submitted, "#search")
    def _search_submitted(self, message: Input.Submitted) -> None:
        self._end_search()
        self._filter(replace(self._worklist.filter, text=message.value.strip()))

    def _end_search(self) -> None:
        self.query_one("#search").set_class(False, "-shown")
        self.query_one("#sheet").focus()

    def action_clear_filter(self) -> None:
        if self.query_one("#search").has_class("-shown"):
            self._end_search()
        else:
            self._filter(QueueFilter())

    def action_next_task(self) -> None:
        names = sorted({entry.task for entry in self._worklist.entries})
        self._filter(replace(self._worklist.filter, task=_next(names, self._worklist.filter.task)))

    def action_next_source(self) -> None:
        names = sorted({entry.source for entry in self._worklist.entries})
        self._filter(replace(self._worklist.filter, source=_next(names, self._worklist.filter.source)))

    # The rest

    def action_fold_queue(self) -> None:
        is_open = self.query_one(QueueList).display and self.query_one(QueueList).size.width > 0
        self.set_class(not is_open, "-queue-open")
        self.set_class(is_open, "-queue-closed")

    def action_toggle_theme(self) -> None:
        self.app.theme = "textual-light" if self.app.current_theme.dark else "textual-dark"

    def action_read_again(self) -> None:
        self._line.read_queue()

    def action_help(self) -> None:
        self.app.push_screen(HelpDialog(self._words))

    def action_leave(self) -> None:
        """Quit; a decision that is being saved is waited for, and a failure to save it keeps the screen."""
        if self._is_saving:
            self._is_leaving = True
            self._say(self._words("status.wait"))
        else:
            self.app.exit()


def _next(names: list[str], current: str) -> str:
    """The name after `current`; after the last comes none."""
    ring = ["", *names]
    return ring[(ring.index(current) + 1) % len(ring)] if current in ring else ""
