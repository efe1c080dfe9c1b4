"""The voters' application: one screen over one ballot."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual.app import App

from pedcorpus.evaluation import Ballot
from pedcorpus.screens.vote_screen import VoteScreen
from pedcorpus.screens.vote_words import VoteWords
from pedcorpus.screens.words import Language

__all__ = ["VoteApp", "run_vote"]


class VoteApp(App[None]):
    """A doctor's ballot in a terminal, or in a browser through textual-serve."""

    CSS_PATH = ["review.tcss", "vote.tcss"]  # noqa: RUF012 - Textual's own declaration
    TITLE = "pedcorpus vote"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self, ballot: Ballot, *, language: Language = "zh", clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`clock` gives seconds from any origin; it times votes."""
        super().__init__()
        self._ballot = ballot
        self._words = VoteWords(language)
        self._clock = clock

    def on_mount(self) -> None:
        self.push_screen(VoteScreen(self._ballot, self._words, clock=self._clock))


def run_vote(ballot: Ballot, *, language: Language = "zh") -> int:
    """Open the ballot on this terminal and return when the voter leaves; 0, unless the app fell over."""
    app = VoteApp(ballot, language=language)
    app.run()
    return app.return_code or 0
