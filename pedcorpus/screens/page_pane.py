"""The page that a quote stands on, to be moved about and enlarged; drawn in characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import MouseScrollDown, MouseScrollUp
from textual.strip import Strip
from textual.widget import Widget

from pedcorpus.records import Box
from pedcorpus.screens.key_bar import KeyBar
from pedcorpus.screens.page import fit
from pedcorpus.screens.page_cells import BLOCKS, DOTS, cell_lines
from pedcorpus.screens.page_drawing import PAGE_EDGE, DrawnPage
from pedcorpus.screens.page_window import PageWindow
from pedcorpus.screens.plain import plain
from pedcorpus.screens.words import Words

__all__ = ["PageCanvas", "PagePane"]

_ZOOM_STEP = 1.25
_WHEEL_ROWS = 3
_READABLE_PT = 3.6
"""Points a column up to which print of common size can be read."""
_EDGE = Style(bgcolor=Color.from_rgb(*PAGE_EDGE))


class PageCanvas(Widget, can_focus=True):
    """One page with boxes, seen through a window; or a line of words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "turn(-0.9)", show=False),
        Binding("pagedown,space", "turn(0.9)", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._page: DrawnPage | None = None
        self._boxes: Sequence[Box] = ()
        self._word = ""
        self._lines: list[list[Segment]] = []
        self.window: PageWindow | None = None

    def show(self, page: DrawnPage, boxes: Sequence[Box]) -> None:
        """Show `page` where `boxes` are."""
        self._page, self._boxes = page, boxes
        self.look_at_boxes()

    def say(self, word: str) -> None:
        """Show no page but a line of words."""
        self._page, self._word, self._lines, self.window = None, word, [], None
        self.refresh()

    def look_at_boxes(self) -> None:
        """Move to the boxes, at the size in which their print can be read."""
        if self._page and self.size.area:
            page = (self._page.width_pt, self._page.height_pt)
            self._look(PageWindow.around(self._boxes, page=page, cells=self.size))

    def move(self, columns: float, rows: float) -> None:
        """Move by shares of the view: 1 is a whole view to the right or down."""
        if self.window:
            self._look(self.window.moved(columns * self.size.width, rows * self.size.height))

    def zoom(self, steps: int) -> None:
        """Show the print larger, or smaller down to the whole page."""
        if self.window:
            self._look(self.window.zoomed(_ZOOM_STEP**steps))

    def action_turn(self, rows: float) -> None:
        self.move(0, rows)

    def _look(self, window: PageWindow) -> None:
        if self._page and window != self.window:
            self.window = window
            shape = DOTS if window.column_pt <= _READABLE_PT else BLOCKS
            size = (window.columns * shape[0], window.rows * shape[1])
            picture = self._page.view(window.region, size, self._boxes, has_greys=shape == BLOCKS)
            self._lines = list(cell_lines(picture, shape))
            self.refresh()

    def on_resize(self) -> None:
        if self.window and self.size.area:
            self._look(self.window.resized(*self.size))
        else:
            self.look_at_boxes()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self._turn_wheel(event, 1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self._turn_wheel(event, -1)

    def _turn_wheel(self, event: MouseScrollDown | MouseScrollUp, way: int) -> None:
        event.stop()
        if event.ctrl:
            self.zoom(-way)
        elif event.shift:
            self.move(way / 4, 0)
        elif self.size.height:
            self.move(0, way * _WHEEL_ROWS / self.size.height)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y < len(self._lines):
            return Strip(self._lines[y]).adjust_cell_length(width, _EDGE)
        if self._page is None and y == 0:
            return Strip([Segment(fit(plain(self._word), width), self.rich_style)])
        return Strip.blank(width, self.rich_style)


class PagePane(Vertical):
    """The canvas in a frame that says which page it is, above its keys."""

    def __init__(self, words: Words, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._words = words

    def compose(self) -> ComposeResult:
        keys = (("+", "zoom_in", "zoom(1)"), ("-", "zoom_out", "zoom(-1)"), ("0", "to_box", "to_box"))
        more = [("1-9", "quote", "next_quote"), ("p", "close_page", "page")]
        if self.app.is_web:
            more.append(("P", "open_page", "open_page"))
        yield PageCanvas(id="canvas")
        yield KeyBar(
            [(key, self._words(f"key.{name}"), action) for key, name, action in (*keys, *more)], id="page-keys"
        )

    def entitle(self, title: str) -> None:
        """Say which page of what it is."""
        self.border_title = Content(plain(title))
