"""One row of a vote: a dimension with its three answers; each can be clicked, the chosen one is filled."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from pedcorpus.evaluation import Side
from pedcorpus.records import Dimension
from pedcorpus.screens.vote_words import VoteWords

__all__ = ["VoteRow"]

_ARROWS: dict[Side, str] = {"left": "←", "tie": "=", "right": "→"}


class VoteRow(Horizontal):
    """Shows what was said in one dimension; tells when another answer is clicked."""

    class Chosen(Message):
        """Somebody clicked an answer."""

        def __init__(self, dimension: Dimension, side: Side) -> None:
            super().__init__()
            self.dimension = dimension
            self.side = side

    def __init__(self, dimension: Dimension, words: VoteWords) -> None:
        super().__init__(id=f"row-{dimension}", classes="vote-row")
        self.dimension = dimension
        self._words = words

    def compose(self) -> ComposeResult:
        yield Static("", classes="vote-name", markup=False)
        yield from self._sides()

    def _sides(self) -> Iterator[VoteSide]:
        for side in _ARROWS:
            yield VoteSide(self.dimension, side, f"{_ARROWS[side]} {self._words(f'better.{side}')}")

    def show(self, chosen: Side | None, *, is_current: bool) -> None:
        """Fill what was chosen, and point at the row where the keys go."""
        name = self._words(f"dimension.{self.dimension}")
        self.query_one(".vote-name", Static).update(f"{'▸' if is_current else ' '} {name}")
        self.set_class(is_current, "-current")
        for each in self.query(VoteSide):
            each.fill(is_chosen=each.side == chosen)


class VoteSide(Static):
    """One answer of a row."""

    def __init__(self, dimension: Dimension, side: Side, word: str) -> None:
        super().__init__(classes=f"vote-side -{side}")
        self._dimension = dimension
        self.side = side
        self._word = word

    def fill(self, *, is_chosen: bool) -> None:
        """Show whether this is the answer: by its mark, not by colour alone."""
        self.update(Content(f"{'●' if is_chosen else '○'} {self._word}"))
        self.set_class(is_chosen, "-chosen")

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(VoteRow.Chosen(self._dimension, self.side))
