"""A scrolling pane of laid-out paragraphs; draws only the lines in view, so that long answers cost nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from pedcorpus.screens.line_styles import LineStyles
from pedcorpus.screens.page import Block, Line, lay_out

__all__ = ["TextPane"]


class TextPane(LineStyles, can_focus=True, inherit_bindings=False):
    """Shows blocks of text of any origin; nothing in them is markup."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "pane--label",
        "pane--strong",
        "pane--faint",
        "pane--good",
        "pane--error",
        "pane--warning",
        "pane--quote",
        "pane--quote-number",
        "pane--error-span",
        "pane--warning-span",
        "pane--added",
        "pane--removed",
        "pane--command",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page_up", show=False),
        Binding("pagedown,space", "page_down", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._blocks: tuple[Block, ...] = ()
        self._lines: list[Line] = []
        self._laid_out_at = 0

    @property
    def text(self) -> str:
        """What stands in the pane, line by line."""
        return "\n".join("".join(piece.text for piece in line) for line in self._lines)

    def show(self, blocks: Iterable[Block]) -> None:
        """Replace what is shown, and scroll to its target or its top."""
        self._blocks = tuple(blocks)
        self._lay_out(scrolls=True)

    def on_resize(self) -> None:
        if self.scrollable_content_region.width != self._laid_out_at:
            self._lay_out(scrolls=True)

    def action_page_down(self) -> None:
        """At once: a movement that is drawn step by step makes a long answer slow."""
        self.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        self.scroll_page_up(animate=False)

    def _lay_out(self, *, scrolls: bool) -> None:
        self._laid_out_at = width = self.scrollable_content_region.width
        self._lines, target = lay_out(self._blocks, width)
        self.virtual_size = Size(width, len(self._lines))
        if scrolls:
            height = self.scrollable_content_region.height
            ends_below = target is not None and target >= height - 2
            self.scroll_to(y=max((target or 0) - height // 3, 0) if ends_below else 0, animate=False, force=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if not self.is_attached:  # drawn once more after its removal, when its styles are gone
            return Strip.blank(self.size.width)
        number = self.scroll_offset.y + y
        line = self._lines[number] if number < len(self._lines) else ()
        segments = [Segment(piece.text, self.line_style(piece.style)) for piece in line]
        return Strip(segments).adjust_cell_length(self.size.width, self.line_style())
