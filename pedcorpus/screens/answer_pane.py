"""An answer on the voters' screen: a pane whose wheel is the screen's business, because answers may scroll together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from textual.events import MouseScrollDown, MouseScrollUp
from textual.geometry import Size
from textual.message import Message

from pedcorpus.evaluation import BlindPair
from pedcorpus.screens.page import Block, Piece, lay_out
from pedcorpus.screens.plain import plain
from pedcorpus.screens.text_pane import TextPane
from pedcorpus.screens.vote_words import VoteWords

__all__ = ["AnswerPane", "QuestionPane", "answer_blocks", "question_blocks"]

_LINES = 3  # of one notch of the wheel


class AnswerPane(TextPane):
    """Tells of the wheel instead of turning with it."""

    class Wheeled(Message):
        """The wheel was turned over a pane."""

        def __init__(self, pane: AnswerPane, lines: int) -> None:
            super().__init__()
            self.pane = pane
            self.lines = lines

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self._tell(event, _LINES)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self._tell(event, -_LINES)

    def _tell(self, event: MouseScrollDown | MouseScrollUp, lines: int) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(self.Wheeled(self, lines))

    def watch_virtual_size(self) -> None:
        """Textual asks whether a scrollbar is due when the size of a pane changes, not when its text does."""
        self._refresh_scrollbars()

    def move(self, lines: int) -> None:
        """Scroll so many lines, as far as there are any."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True)


class QuestionPane(AnswerPane):
    """A pane as high as what stands in it, as far as the screen allows."""

    def show(self, blocks: Iterable[Block]) -> None:
        super().show(blocks)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's own signature
        lines, _ = lay_out(self._blocks, width - self.scrollbar_size_vertical)
        return len(lines)


def question_blocks(pair: BlindPair, words: VoteWords) -> Iterator[Block]:
    """What was asked; where it was a conversation, who said what."""
    if len(pair.messages) == 1:
        yield Block((Piece(plain(pair.messages[0].content.strip()), "pane--strong"),))
        return
    indent = max(cell_len(words(f"pair.{role}")) for role in ("user", "assistant")) + 1
    for turn in pair.messages:
        is_user = turn.role == "user"
        body = Piece(plain(turn.content.strip()), "pane--strong" if is_user else "")
        yield Block((body,), lead=(Piece(words(f"pair.{turn.role}"), "pane--label"),), indent=indent)


def answer_blocks(reply: str, words: VoteWords) -> Iterator[Block]:
    """An answer as it was given, nothing of it taken for markup."""
    if reply.strip():
        yield Block((Piece(plain(reply.strip())),))
    else:
        yield Block((Piece(words("pair.no_reply"), "pane--faint"),))
