"""The question before a session is handed in; Enter alone goes back, so that a quick typist hands nothing in."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pedcorpus.screens.key_bar import KeyBar
from pedcorpus.screens.vote_words import VoteWords

__all__ = ["HandInDialog"]


class HandInDialog(ModalScreen[bool]):
    """Answers whether to hand in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,1,１", "dismiss(False)", show=False, priority=True),
        Binding("2,２", "dismiss(True)", show=False, priority=True),
    ]

    def __init__(self, *, judged: int, pairs: int, words: VoteWords) -> None:
        super().__init__()
        self._words = words
        self._said = words("hand_in.whole" if judged == pairs else "hand_in.part", judged=judged, open=pairs - judged)

    def compose(self) -> ComposeResult:
        words = self._words
        with Vertical(classes="dialog") as box:
            box.border_title = Content(words("hand_in.title"))
            yield Static(self._said, id="hand-in-said", markup=False)
            choices = (("1", words("hand_in.stay"), "stay"), ("2", words("hand_in.do"), "do"))
            options = [
                Option(Content.assemble((f" {key} ", "bold"), f" {word}"), id=code) for key, word, code in choices
            ]
            yield OptionList(*options, id="reasons", markup=False)
            yield KeyBar([("↑↓ Enter", words("key.choose"), "choose"), ("Esc", words("key.cancel"), "dismiss(False)")])

    def action_choose(self) -> None:
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id == "do")
