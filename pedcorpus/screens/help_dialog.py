"""The one screen of help: all keys and marks, and how an item is read."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from pedcorpus.screens.key_bar import KeyBar
from pedcorpus.screens.page import Block, Piece
from pedcorpus.screens.text_pane import TextPane
from pedcorpus.screens.words import Words

__all__ = ["HelpDialog"]


class HelpDialog(ModalScreen[None]):
    """Stands over the review until it is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,？,q,enter", "dismiss(None)", show=False),
    ]

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog wide") as box:
            box.border_title = Content(self._words("help.title"))
            yield TextPane(id="help")
            yield KeyBar([("Esc", self._words("key.close"), "dismiss(None)")])

    def on_mount(self) -> None:
        lines = self._words("help.text").split("\n")
        self.query_one(TextPane).show(Block((_piece(line),)) for line in lines)


def _piece(line: str) -> Piece:
    return Piece(line[2:], "pane--label") if line.startswith("# ") else Piece(line)
