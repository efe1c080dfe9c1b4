"""The reviewers' application: one screen over one desk."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual.app import App

from pedcorpus.review import Desk
from pedcorpus.screens.adjudication_screen import AdjudicationScreen
from pedcorpus.screens.review_screen import ReviewScreen
from pedcorpus.screens.words import Language, Words

__all__ = ["ReviewApp", "run_review"]


class ReviewApp(App[None]):
    """A reviewer's desk in a terminal, or in a browser through textual-serve."""

    CSS_PATH = "review.tcss"
    TITLE = "pedcorpus review"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, desk: Desk, *, language: Language = "zh", clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds from any origin; it times decisions and the pace."""
        super().__init__()
        self._desk = desk
        self._words = Words(language)
        self._clock = clock

    def on_mount(self) -> None:
        screen = AdjudicationScreen if self._desk.adjudicates else ReviewScreen
        self.push_screen(screen(self._desk, self._words, clock=self._clock))


def run_review(desk: Desk, *, language: Language = "zh") -> int:
    """Open the review on this terminal and return when the reviewer leaves; 0, unless the app fell over."""
    app = ReviewApp(desk, language=language)
    try:
        app.run()
    finally:
        desk.close()
    return app.return_code or 0
