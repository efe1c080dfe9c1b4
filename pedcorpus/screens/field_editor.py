"""Where a field's text is written: a text area that wraps and grows, and stays quick in a very long text."""

from __future__ import annotations

from collections.abc import Iterable

from rich.containers import Lines
from rich.text import Span, Text
from textual.events import Key
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import TextArea

__all__ = ["FieldEditor"]

_Divided = tuple[tuple[str, tuple[Span, ...], tuple[int, ...]], Lines]


class FieldEditor(TextArea):
    """A text that wraps and grows; Enter goes on to the next field unless the text has lines of its own."""

    def __init__(self, text: str, *, has_lines: bool) -> None:
        super().__init__(text, soft_wrap=True, tab_behavior="focus", compact=True)
        self._has_lines = has_lines
        self._divided: _Divided | None = None

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)

    def render_lines(self, crop: Region) -> list[Strip]:
        """A removed editor may be drawn once more before the screen is laid out anew; it has no styles by then."""
        if not self.is_attached:
            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)

    def get_line(self, line_index: int) -> Text:
        """As a text that is divided once for all the rows it is drawn in."""
        return _Line(self, super().get_line(line_index).plain)

    def divided(self, line: Text, offsets: tuple[int, ...]) -> Lines:
        """`line` at `offsets`, remembered until another line or division is asked for."""
        key = (line.plain, tuple(line.spans), offsets)
        if self._divided is None or self._divided[0] != key:
            self._divided = key, Text.divide(line, offsets)
        return self._divided[1]

    async def on_key(self, event: Key) -> None:
        if event.key == "enter" and not self._has_lines:
            event.prevent_default()
            event.stop()
            self.screen.focus_next()


class _Line(Text):
    """A line of the text; a text area divides it anew for each row that it draws of it."""

    def __init__(self, editor: FieldEditor, text: str) -> None:
        super().__init__(text, end="", no_wrap=True)
        self._editor = editor

    def divide(self, offsets: Iterable[int]) -> Lines:
        return self._editor.divided(self, tuple(offsets))
