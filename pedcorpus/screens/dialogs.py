"""The small questions that stand over the review: why rejected, and are these changes meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_lowercase
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from pedcorpus.screens.key_bar import KeyBar
from pedcorpus.screens.page import Block
from pedcorpus.screens.plain import half_width, plain
from pedcorpus.screens.text_pane import TextPane
from pedcorpus.screens.words import Words
from pedcorpus.tasks import Label

__all__ = ["DiffDialog", "ReasonDialog"]

_NUMBER_KEYS = f"1234567890{ascii_lowercase}"
"""The tenth reason is 0, then letters; what a stranger's task lists beyond them is chosen with the arrows."""


class ReasonDialog(ModalScreen[str | None]):
    """The task's reasons as a numbered list; a number decides."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, reasons: Mapping[str, Label], words: Words) -> None:
        super().__init__()
        self._reasons = reasons
        self._words = words

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = Content(self._words("reject.title"))
            yield OptionList(*self._options(), id="reasons", markup=False)
            yield KeyBar(
                [
                    ("↑↓ Enter", self._words("key.choose"), "choose"),
                    ("Esc", self._words("key.cancel"), "dismiss(None)"),
                ]
            )

    def _options(self) -> list[Option]:
        keys = _NUMBER_KEYS.ljust(len(self._reasons))
        return [
            Option(Content.assemble((f" {key} ", "bold"), f" {plain(label[self._words.language])}"), id=code)
            for key, (code, label) in zip(keys, self._reasons.items(), strict=False)
        ]

    def on_key(self, event: Key) -> None:
        place = _NUMBER_KEYS.find(half_width(event.character)) if event.character else -1
        if 0 <= place < len(self._reasons):
            event.stop()
            self.dismiss(list(self._reasons)[place])

    def action_choose(self) -> None:
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)


class DiffDialog(ModalScreen[bool]):
    """The changes in colour and with signs, before they are taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(True)", show=False),
        Binding("escape", "dismiss(False)", show=False),
    ]

    def __init__(self, blocks: Sequence[Block], words: Words) -> None:
        super().__init__()
        self._blocks = blocks
        self._words = words

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog wide") as box:
            box.border_title = Content(self._words("diff.title"))
            yield TextPane(id="diff")
            hints = [
                ("Enter", self._words("key.take"), "dismiss(True)"),
                ("Esc", self._words("key.back"), "dismiss(False)"),
            ]
            yield KeyBar(hints)

    def on_mount(self) -> None:
        self.query_one(TextPane).show(self._blocks)
