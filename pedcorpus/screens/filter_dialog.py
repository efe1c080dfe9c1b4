"""Choosing what of the queue is shown: by finding, topic, task or source, each value with how many it has."""

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
from pedcorpus.screens.page import fit
from pedcorpus.screens.plain import plain
from pedcorpus.screens.words import Words

__all__ = ["Facet", "FilterDialog", "Picked", "Value"]

_MOST_SHOWN = 200
_COUNT_CELLS = 9


@dataclass(frozen=True)
class Value:
    """One value that a part of the filter can take."""

    value: str
    label: str
    count: int
    """How many of all that waits have it."""


@dataclass(frozen=True)
class Facet:
    """One part of the filter."""

    name: str
    """As in `QueueFilter`."""
    title: str
    values: Sequence[Value]
    chosen: str = ""


@dataclass(frozen=True)
class Picked:
    """What one part of the filter is to be; an empty value lets everything through."""

    name: str
    value: str


class FilterDialog(ModalScreen[Picked | None]):
    """One list at a time; writing narrows it, Tab goes to the next part, Enter takes what is marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("tab", "turn(1)", show=False, priority=True),
        Binding("shift+tab", "turn(-1)", show=False, priority=True),
        Binding("down", "highlight(1)", show=False),
        Binding("up", "highlight(-1)", show=False),
        Binding("pagedown", "highlight(10)", show=False),
        Binding("pageup", "highlight(-10)", show=False),
    ]

    def __init__(self, facets: Sequence[Facet], words: Words) -> None:
        super().__init__()
        self._facets = tuple(facets)
        self._words = words
        self._place = next((place for place, facet in enumerate(self._facets) if facet.values), 0)
        self._offered: list[Value] = []

    @property
    def _facet(self) -> Facet:
        return self._facets[self._place]

    def compose(self) -> ComposeResult:
        words = self._words
        with Vertical(classes="dialog roomy") as box:
            box.border_title = Content(words("filter.title"))
            yield Static("", id="facets", markup=False)
            yield Input(placeholder=words("filter.prompt"), id="narrow", compact=True)
            yield OptionList(id="values", markup=False)
            yield Static("", id="rest", markup=False)
            keys = (("Tab", "filter.next", "turn(1)"), ("↑↓ Enter", "key.choose", "take"))
            close = ("Esc", "key.cancel", "dismiss(None)")
            yield KeyBar([(key, words(name), action) for key, name, action in (*keys, close)])

    def on_mount(self) -> None:
        self.query_one("#values").can_focus = False
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        """The titles with the open one in brackets, and its values."""
        titles = [f"[{facet.title}]" if facet is self._facet else f" {facet.title} " for facet in self._facets]
        self.query_one("#facets", Static).update(Content(" ".join(titles)))
        self._offer(self.query_one("#narrow", Input).value)

    def _offer(self, written: str) -> None:
        sought = _level(written)
        everything = Value("", self._words("filter.all"), -1)
        matching = [value for value in self._facet.values if sought in _level(f"{value.label} {value.value}")]
        self._offered = [*([] if sought else [everything]), *matching[:_MOST_SHOWN]]
        listed = self.query_one("#values", OptionList)
        listed.clear_options()
        listed.add_options([self._line(value) for value in self._offered])
        values = [value.value for value in self._offered]
        if values:
            listed.highlighted = values.index(self._facet.chosen) if self._facet.chosen in values else 0
        self._say_rest(len(matching) - _MOST_SHOWN)

    def _say_rest(self, hidden: int) -> None:
        """Say that nothing has the words written, or how many more values have them."""
        said = "" if self._offered else self._words("filter.none")
        if hidden > 0:
            said = self._words("filter.more", count=hidden)
        self.query_one("#rest", Static).update(said)

    def _line(self, value: Value) -> Content:
        width = max(self.query_one("#values").scrollable_content_region.width - _COUNT_CELLS, 8)
        count = "" if value.count < 0 else str(value.count)
        return Content(f"{fit(plain(value.label), width)}{count:>{_COUNT_CELLS}}")

    @on(Input.Changed, "#narrow")
    def _narrowed(self, message: Input.Changed) -> None:
        self._offer(message.value)

    @on(Input.Submitted, "#narrow")
    @on(OptionList.OptionSelected)
    def _taken(self) -> None:
        self.action_take()

    def action_turn(self, way: int) -> None:
        """The next part of the filter, with nothing written."""
        self._place = (self._place + way) % len(self._facets)
        self.query_one("#narrow", Input).value = ""
        self._show()

    def action_highlight(self, steps: int) -> None:
        listed = self.query_one("#values", OptionList)
        if self._offered:
            listed.highlighted = min(max((listed.highlighted or 0) + steps, 0), len(self._offered) - 1)

    def action_take(self) -> None:
        place = self.query_one("#values", OptionList).highlighted
        if self._offered and place is not None:
            self.dismiss(Picked(self._facet.name, self._offered[place].value))


def _level(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
