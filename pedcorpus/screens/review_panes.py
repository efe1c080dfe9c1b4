"""What stands where on the review screen, and how it is brought in line with the state; decides nothing."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Input, Static

from pedcorpus.review import ReviewItem, Worklist
from pedcorpus.screens.edit_form import EditForm
from pedcorpus.screens.key_bar import KeyBar
from pedcorpus.screens.page import Block, Piece
from pedcorpus.screens.page_pane import PageCanvas, PagePane
from pedcorpus.screens.plain import plain
from pedcorpus.screens.queue_list import QueueList
from pedcorpus.screens.sheet_blocks import SEVERITY_MARKS, maker_name, sheet_blocks
from pedcorpus.screens.source_blocks import source_blocks
from pedcorpus.screens.text_pane import TextPane
from pedcorpus.screens.words import Words
from pedcorpus.tasks import task_of

__all__ = ["ReviewPanes"]

_SMALLEST = (72, 20)
"""Columns and rows below which nothing is shown."""


class ReviewPanes(Screen[None]):
    """Queue, instruction and source side by side, or folded where the terminal is narrow; keys and status below."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (150, "-vast")]  # noqa: RUF012 - Textual's own declaration

    def __init__(self, words: Words, *, reviewer: str, adjudicates: bool = False) -> None:
        super().__init__()
        self._words = words
        self._reviewer = reviewer
        self._adjudicates = adjudicates

    def compose(self) -> ComposeResult:
        words = self._words
        with Horizontal(id="desk"):
            yield QueueList(words, id="queue")
            with Container(id="item"):
                with Container(id="centre"):
                    yield TextPane(id="sheet")
                yield TextPane(id="source")
                yield PagePane(words, id="page")
        yield Static("", id="too-small", markup=False)
        yield Input(placeholder=words("search.prompt"), id="search", compact=True)
        yield Static("", id="notice", markup=False)
        with Container(id="foot"):
            names = ("accept", "reject", "edit", "defer", "flag", "undo", "search", "filter", "page", "help")
            keys = zip("aredfu/sp?", names, strict=True)
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
                role = "status.adjudicator" if self._adjudicates else "status.reviewer"
                yield Static(plain(words(role, name=self._reviewer)), id="reviewer", markup=False)

    def on_mount(self) -> None:
        self.add_class(f"-{self._words.language}")
        self.query_one("#source").border_title = Content(self._words("source.title"))
        self.say("")
        self.query_one("#sheet").focus()

    def on_resize(self, event: Resize) -> None:
        """Where nothing could be read in full, say so instead of showing half of it."""
        width, height = event.size
        least_width, least_height = _SMALLEST
        self.set_class(self.is_too_small, "-too-small")
        here, least = {"width": width, "height": height}, {"least_width": least_width, "least_height": least_height}
        said = (self._words("small.title", **here), "", self._words("small.what", **least))
        self.query_one("#too-small", Static).update("\n".join(said))

    @property
    def is_too_small(self) -> bool:
        """Whether the terminal is too small to judge anything on it."""
        return self.size.width < _SMALLEST[0] or self.size.height < _SMALLEST[1]

    def show_queue(self, worklist: Worklist, progress: str, sample: str) -> None:
        """Show the queue at its cursor, with the progress above, and the filter or the share of the sample below."""
        queue = self.query_one(QueueList)
        queue.show(worklist)
        queue.border_title = Content(progress)
        queue.border_subtitle = Content(plain(self._filter_text(worklist) or sample))
        self.query_one("#progress", Static).update(" · ".join(part for part in (progress, sample) if part))

    def show_item(self, item: ReviewItem) -> None:
        """Show one instruction beside its source."""
        record, centre = item.instruction, self.query_one("#centre")
        title = [type(record).__name__, record.topic, *self._worst(item), maker_name(record, self._words)]
        centre.border_title = Content(plain(" · ".join(title)))
        meaning = task_of(record.task).title[self._words.language]
        origin = [meaning, record.generator, record.license, record.tier]
        centre.border_subtitle = Content(plain(" · ".join(origin)))
        self.query_one("#sheet", TextPane).show(sheet_blocks(item, self._words, reader=self._reviewer))
        self.show_source(item)

    def show_source(self, item: ReviewItem, *, notice: str = "") -> None:
        """Show the text of the item's source, `notice` above it."""
        above = [Block((Piece(plain(notice), "pane--warning"),)), Block((Piece(""),))] if notice else []
        self.query_one("#source", TextPane).show([*above, *source_blocks(item.contexts, self._words)])

    @property
    def is_page_open(self) -> bool:
        """Whether a page stands where the source's text would."""
        return self.has_class("-page")

    def unfold_page(self, title: str) -> None:
        """Put the page in the place of the source's text and of the queue; keys that move then move the page."""
        self.query_one(PagePane).entitle(title)
        if not self.is_page_open:
            self.set_class(True, "-page")
            if not self.is_editing:
                self.query_one(PageCanvas).focus()

    def fold_page(self) -> None:
        """Show the source's text instead of the page."""
        if self.is_page_open:
            self.set_class(False, "-page")
            if not self.is_editing:
                self.query_one("#sheet").focus()

    def show_no_item(self, blocks: list[Block]) -> None:
        """Show `blocks` where an instruction would stand."""
        centre = self.query_one("#centre")
        centre.border_title = centre.border_subtitle = None
        self.query_one("#sheet", TextPane).show(blocks)
        self.query_one("#source", TextPane).show(())

    def _worst(self, item: ReviewItem) -> list[str]:
        """`! 剂量`, so that a finding far down a long answer is announced where the eye begins."""
        worst = item.findings[:1]
        return [f"{SEVERITY_MARKS[finding.severity]} {self._words.reason(finding.reason)}" for finding in worst]

    def say_loading(self) -> None:
        """Say that something is being read."""
        self.show_no_item([Block((Piece(self._words("sheet.loading")),))])

    def say_no_match(self) -> None:
        """Say that the filter hides everything."""
        self.show_no_item([Block((Piece(self._words("empty.filter")),))])

    def say_others_have_the_rest(self) -> None:
        """Say that what waits is on others' screens."""
        self.show_no_item([Block((Piece(self._words("empty.held")),))])

    def say_all_done(self) -> None:
        """Say that nothing waits, and what to do next."""
        words = self._words
        blocks = [
            Block((Piece(words("empty.done"), "pane--strong"),)),
            Block((Piece(""),)),
            Block((Piece(words("empty.done_next")),)),
            Block((Piece(words("empty.export"), "pane--command"),), indent=4),
            Block((Piece(words("empty.more")),)),
        ]
        self.show_no_item(blocks)

    def _filter_text(self, worklist: Worklist) -> str:
        wanted = worklist.filter
        task = task_of(wanted.task).record.__name__ if wanted.task else ""
        finding = self._words.reason(wanted.reason) if wanted.reason else ""
        parts = [finding, wanted.topic, task, wanted.source]
        parts.append(self._words("queue.filter_text", text=wanted.text) if wanted.text else "")
        chosen = [part for part in parts if part]
        if not chosen:
            return ""
        count = self._words("queue.shown", shown=worklist.matching, all=worklist.waiting)
        return " · ".join([*chosen, count])

    def say_status(self, status: str) -> None:
        """Put `status` in the line of keys; a notice that stands stays."""
        self.query_one("#status", Static).update(plain(status))

    def say(self, status: str, *, notice: str = "") -> None:
        """Put `status` in the line of keys, and `notice`, if any, on a line of its own until the next word."""
        self.say_status(status)
        line = self.query_one("#notice", Static)
        line.update(plain(notice))
        line.set_class(bool(notice), "-shown")

    @property
    def is_editing(self) -> bool:
        """Whether the fields stand open."""
        return bool(self.query("#form"))

    @property
    def is_searching(self) -> bool:
        """Whether the search line is written in."""
        return self.focused is self.query_one("#search")

    async def open_form(self, item: ReviewItem) -> None:
        """Put the fields of `item` where its text stood."""
        self.query_one("#sheet").display = False
        self.set_class(True, "-editing")
        form = EditForm(item, self._words)
        await self.query_one("#centre").mount(form)
        form.begin()

    async def close_form(self) -> None:
        if self.is_editing:
            await self.query_one("#form").remove()
            self.set_class(False, "-editing")
            sheet = self.query_one("#sheet")
            sheet.display = True
            sheet.focus()

    def open_search(self, text: str) -> None:
        """Show the search line holding `text`; the next key already goes there."""
        search = self.query_one("#search", Input)
        search.value = text
        search.set_class(True, "-shown")
        self.set_focus(search)

    def close_search(self) -> None:
        self.query_one("#search").set_class(False, "-shown")
        self.query_one("#sheet").focus()

    def action_fold_queue(self) -> None:
        is_open = self.query_one(QueueList).display and self.query_one(QueueList).size.width > 0
        self.set_class(not is_open, "-queue-open")
        self.set_class(is_open, "-queue-closed")

    def action_toggle_theme(self) -> None:
        self.app.theme = "textual-light" if self.app.current_theme.dark else "textual-dark"
