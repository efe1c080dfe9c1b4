"""What stands where on the voters' screen, and how it is brought in line with the state; decides nothing."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Static

from pedcorpus.evaluation import BlindPair, Paper
from pedcorpus.records import Dimension
from pedcorpus.screens.answer_pane import AnswerPane, QuestionPane, answer_blocks, question_blocks
from pedcorpus.screens.help_dialog import HelpDialog
from pedcorpus.screens.key_bar import KeyBar
from pedcorpus.screens.page import Block, Piece
from pedcorpus.screens.plain import plain
from pedcorpus.screens.vote_row import VoteRow
from pedcorpus.screens.vote_words import VoteWords

__all__ = ["VotePanes"]

_SMALLEST = (72, 20)
"""Columns and rows below which nothing is shown."""
_HINTS = (
    ("1", "all_left", "judge_all('left')"),
    ("0", "all_tie", "judge_all('tie')"),
    ("2", "all_right", "judge_all('right')"),
    ("⏎", "next", "next"),
    ("⌫", "back", "back"),
    ("s", "scroll", "toggle_together"),
    ("^S", "hand_in", "hand_in"),
    ("l", "language", "language"),
    ("?", "help", "help"),
)


class VotePanes(Screen[None]):
    """Question on top, two answers side by side, or one above the other where the terminal is narrow, rows below."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual's own declaration

    def __init__(self, words: VoteWords, *, voter: str) -> None:
        super().__init__()
        self._words = words
        self._voter = voter

    def compose(self) -> ComposeResult:
        with Container(id="question-box"):
            yield QuestionPane(id="question")
        with Container(id="answers"):
            yield AnswerPane(id="left")
            yield AnswerPane(id="right")
        with Vertical(id="rows"):
            for dimension in Dimension:
                yield VoteRow(dimension, self._words)
        yield Static("", id="too-small", markup=False)
        yield Static("", id="notice", markup=False)
        with Container(id="foot"):
            yield KeyBar([(key, self._words(f"key.{name}"), action) for key, name, action in _HINTS], id="vote-keys")
            yield KeyBar([("q", self._words("key.quit"), "leave")], id="done-keys")
            with Horizontal(id="last-line"):
                yield Static("", id="progress", markup=False)
                yield Static("", id="status", markup=False)

    def on_mount(self) -> None:
        for side in ("left", "right"):
            self.query_one(f"#{side}").border_title = Content(self._words(f"side.{side}"))

    def on_resize(self, event: Resize) -> None:
        """Where the answers could not be read side by side with what is asked, say so instead of showing half of it."""
        (width, height), (least_width, least_height) = event.size, _SMALLEST
        self.set_class(self.is_too_small, "-too-small")
        here = self._words("small.title", width=width, height=height)
        least = self._words("vote.small", least_width=least_width, least_height=least_height)
        self.query_one("#too-small", Static).update(f"{here}\n\n{least}")

    @property
    def is_too_small(self) -> bool:
        """Whether the terminal is too small to judge anything on it."""
        return self.size.width < _SMALLEST[0] or self.size.height < _SMALLEST[1]

    def show_pair(self, pair: BlindPair) -> None:
        """Show one question with its answers."""
        self.query_one("#question", AnswerPane).show(question_blocks(pair, self._words))
        self.query_one("#left", AnswerPane).show(answer_blocks(pair.left, self._words))
        self.query_one("#right", AnswerPane).show(answer_blocks(pair.right, self._words))

    def show_paper(self, paper: Paper, pair: BlindPair) -> None:
        """Show what was said of the pair in view, and how far the voter is."""
        for row in self.query(VoteRow):
            row.show(paper.here.get(row.dimension), is_current=row.dimension is paper.row)
        place = self._words("pair.place", place=paper.place + 1, pairs=len(paper.pairs))
        title = " · ".join(part for part in (place, pair.task, pair.topic) if part)
        self.query_one("#question-box").border_title = Content(plain(title))
        judged = self._words("pair.judged", judged=paper.judged, pairs=len(paper.pairs))
        self.query_one("#progress", Static).update(judged)

    def show_done(self) -> None:
        """Show that the session is handed in, and nothing else."""
        self.set_class(True, "-done")
        self.query_one("#question-box").border_title = None
        lines = (Piece(self._words("done.title"), "pane--strong"), Piece(""), Piece(self._words("done.next")))
        self.query_one("#question", AnswerPane).show(Block((line,)) for line in lines)
        self.query_one("#progress", Static).update("")
        self.say("")

    def say(self, status: str, *, notice: str = "") -> None:
        """Put `status` in the last line, and `notice`, if any, on a line of its own until the next word."""
        parts = [status, self._words("status.voter", name=self._voter)]
        self.query_one("#status", Static).update(plain("  ".join(part for part in parts if part)))
        line = self.query_one("#notice", Static)
        line.update(plain(notice))
        line.set_class(bool(notice), "-shown")

    def action_toggle_theme(self) -> None:
        self.app.theme = "textual-light" if self.app.current_theme.dark else "textual-dark"

    def action_help(self) -> None:
        self.app.push_screen(HelpDialog(self._words))
