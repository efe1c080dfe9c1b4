"""The queue as a list of lines; draws only those in view, so that it may be as long as the corpus."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from pedcorpus.records import Severity
from pedcorpus.review import QueueEntry, Worklist
from pedcorpus.screens.line_styles import LineStyles
from pedcorpus.screens.page import fit
from pedcorpus.screens.plain import plain
from pedcorpus.screens.sheet_blocks import SEVERITY_MARKS
from pedcorpus.screens.words import Words
from pedcorpus.tasks import task_of

__all__ = ["QueueList"]

_TASK_CELLS = 8
_REASON_CELLS = 8
_COMPONENTS = {Severity.ERROR: "queue--error", Severity.WARNING: "queue--warning"}


class QueueList(LineStyles, can_focus=False):
    """Lines of severity, topic, task and reason; a click asks for its line."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"queue--error", "queue--warning", "queue--cursor"}

    class Picked(Message):
        """Somebody clicked the line with this place in the list."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, words: Words, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._words = words
        self._worklist = Worklist()

    def show(self, worklist: Worklist) -> None:
        """Replace the list and bring its cursor into view."""
        self._worklist = worklist
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, len(worklist.shown))
        self.scroll_to_region(Region(0, worklist.cursor, width, 1), animate=False, force=True)
        self.refresh()

    def line_text(self, entry: QueueEntry, width: int) -> str:
        """One line in exactly `width` cells: severity, topic, task, reason."""
        reason = self._reason(entry)
        task = task_of(entry.task).record.__name__
        topic_cells = max(width - 2 - _TASK_CELLS - _REASON_CELLS - 2, 4)
        mark = SEVERITY_MARKS[entry.severity]
        topic, task = fit(plain(entry.topic), topic_cells), fit(task, _TASK_CELLS)
        return fit(f"{mark} {topic} {task} {fit(plain(reason), _REASON_CELLS)}", width)

    def _reason(self, entry: QueueEntry) -> str:
        """Why it stands where it does: put off, flagged to this reviewer, its worst finding, or drawn for a sample."""
        if entry.deferred or entry.flagged:
            return self._words("queue.deferred" if entry.deferred else "queue.flagged")
        if entry.reason:
            return self._words.reason(entry.reason)
        return self._words("queue.drawn") if entry.drawn else ""

    def render_line(self, y: int) -> Strip:
        number, width = self.scroll_offset.y + y, self.size.width
        if number >= len(self._worklist.shown):
            return Strip.blank(width, self.line_style())
        entry = self._worklist.shown[number]
        is_current = number == self._worklist.cursor
        style = self.line_style("queue--cursor" if is_current else "")
        text = self.line_text(entry, width - 1)
        segments = [
            Segment("▸" if is_current else " ", style),
            Segment(text[0], style + self._severity_style(entry)),
            Segment(text[1:], style),
        ]
        return Strip(segments).adjust_cell_length(width, style)

    def _severity_style(self, entry: QueueEntry) -> Style:
        component = _COMPONENTS.get(entry.severity)
        return self.get_component_rich_style(component, partial=True) if component else Style.null()

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        place = self.scroll_offset.y + offset.y if offset else len(self._worklist.shown)
        if place < len(self._worklist.shown):
            self.post_message(self.Picked(place))
