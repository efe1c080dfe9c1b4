"""Handing an item to a colleague: whom, and what to look at."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from pedcorpus.screens.key_bar import KeyBar
from pedcorpus.screens.plain import plain
from pedcorpus.screens.words import Words

__all__ = ["FlagDialog", "Handover"]


@dataclass(frozen=True)
class Handover:
    """What a reviewer asks of a colleague."""

    colleague: str
    """Empty for whoever comes next."""
    note: str


class FlagDialog(ModalScreen[Handover | None]):
    """Known colleagues as a list that writing narrows; then one line of note."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("down", "highlight(1)", show=False),
        Binding("up", "highlight(-1)", show=False),
    ]

    def __init__(self, colleagues: Sequence[str], words: Words) -> None:
        super().__init__()
        self._known = tuple(colleagues)
        self._words = words
        self._offered: list[str] = []
        self._chosen: str | None = None

    def compose(self) -> ComposeResult:
        words = self._words
        with Vertical(classes="dialog") as box:
            box.border_title = Content(words("flag.title"))
            yield Static(words("flag.to"), classes="field-name", markup=False)
            yield Input(placeholder=words("flag.whom"), id="colleague", compact=True)
            yield OptionList(id="colleagues", markup=False)
            yield Static(words("flag.what"), classes="field-name", markup=False)
            yield Input(placeholder=words("flag.prompt"), id="note", compact=True)
            yield Static("", id="note-problem", markup=False)
            keys = (("↑↓", "choose", "highlight(1)"), ("Enter", "next", "go_on"), ("Esc", "cancel", "back"))
            yield KeyBar([(key, words(f"key.{name}"), action) for key, name, action in keys])

    def on_mount(self) -> None:
        self.query_one("#colleagues").can_focus = False
        self._offer("")

    def _offer(self, written: str) -> None:
        """List whom `written` may mean: nobody by name at first, then who is known, then a new name."""
        sought = _level(written)
        matching = [name for name in self._known if sought in _level(name)]
        is_new = bool(sought) and all(sought != _level(name) for name in self._known)
        self._list([*([] if sought else [""]), *matching, *([written.strip()] if is_new else [])])

    def _list(self, names: list[str]) -> None:
        self._offered = names
        listed = self.query_one("#colleagues", OptionList)
        listed.clear_options()
        listed.add_options([self._line(name) for name in self._offered])
        listed.highlighted = 0

    def _line(self, name: str) -> Content:
        if not name:
            return Content(self._words("flag.anyone"))
        return Content(plain(name if name in self._known else self._words("flag.stranger", name=name)))

    @on(Input.Changed, "#colleague")
    def _colleague_changed(self, message: Input.Changed) -> None:
        if self._chosen is None or message.value != plain(self._chosen):
            self._chosen = None
            self._offer(message.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_go_on()

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self._choose()

    def action_highlight(self, way: int) -> None:
        """Up and down move in the list of colleagues; up from the note goes back to it."""
        listed = self.query_one("#colleagues", OptionList)
        if self.focused is self.query_one("#note"):
            self._offer("")
            self.query_one("#colleague").focus()
        elif way > 0:
            listed.action_cursor_down()
        else:
            listed.action_cursor_up()

    def action_go_on(self) -> None:
        """From the colleague to the note; from the note back to the review."""
        if self.focused is not self.query_one("#note"):
            self._choose()
            return
        note = self.query_one("#note", Input).value.strip()
        if note:
            self.dismiss(Handover(self._chosen or "", note))
        else:
            self.query_one("#note-problem", Static).update(self._words("flag.empty"))

    def _choose(self) -> None:
        place = self.query_one("#colleagues", OptionList).highlighted
        self._chosen = self._offered[place or 0]
        self.query_one("#colleague", Input).value = plain(self._chosen)
        self._list([self._chosen])
        self.query_one("#note").focus()

    def action_back(self) -> None:
        self.dismiss(None)


def _level(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
