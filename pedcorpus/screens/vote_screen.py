"""Voting: a key says which answer is better and is stored at once. What stands where is `vote_panes`."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen

from pedcorpus.evaluation import Ballot, BlindPair, Paper, Side
from pedcorpus.records import Dimension
from pedcorpus.screens.answer_pane import AnswerPane
from pedcorpus.screens.hand_in_dialog import HandInDialog
from pedcorpus.screens.vote_line import BallotFailed, BallotLine, HandedIn, VoteStored
from pedcorpus.screens.vote_panes import VotePanes
from pedcorpus.screens.vote_row import VoteRow
from pedcorpus.screens.vote_words import VoteWords

__all__ = ["VoteScreen"]

_WHEN_DONE = frozenset({"leave", "help", "toggle_theme", "language"})
_WHEN_SMALL = frozenset({"leave", "language"})


class VoteScreen(VotePanes):
    """Shows one pair at a time; the next stands there only when all votes on this one are durable."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # priority: taken in the order typed, whatever has the focus
        Binding(keys, action, show=False, priority=True)
        for keys, action in (
            ("left", "judge('left')"),
            ("right", "judge('right')"),
            ("equals_sign,＝", "judge('tie')"),
            ("1,１", "judge_all('left')"),
            ("2,２", "judge_all('right')"),
            ("0,０", "judge_all('tie')"),
            ("up", "row(-1)"),
            ("down", "row(1)"),
            ("enter,n", "next"),
            ("backspace,p", "back"),
            ("end", "first_open"),
            ("pagedown,space", "page(1)"),
            ("pageup", "page(-1)"),
            ("s", "toggle_together"),
            ("ctrl+s", "hand_in"),
            ("l", "language"),
            ("T", "toggle_theme"),
            ("question_mark,？", "help"),
            ("q,ctrl+q", "leave"),
        )
    ]

    def __init__(
        self, ballot: Ballot, words: VoteWords, *, clock: Callable[[], float], paper: Paper | None = None
    ) -> None:
        """`paper` is where the voter was before the screen was drawn in another language."""
        super().__init__(words, voter=ballot.voter)
        self._ballot = ballot
        self._clock = clock
        self._shown_at = clock()
        self._pairs = {pair.id: pair for pair in ballot.pairs}
        self._is_first_look = paper is None
        self._paper = paper or Paper.of(list(self._pairs), ballot.judged())
        self._line = BallotLine(ballot, self)
        self._unsaved = 0
        self._has_failed = False
        self._then: Callable[[], None] | None = None
        self._is_handing_in = False
        self._together = True

    def on_mount(self) -> None:
        if self._ballot.handed_in:
            self.show_done()
            return
        changed = self._ballot.earlier if self._is_first_look and not self._ballot.judged() else 0
        self.say("", notice=self._words("notice.changed", count=changed) if changed else "")
        self._show_pair()
        self.query_one("#left").focus()

    # What is shown

    @property
    def _pair(self) -> BlindPair:
        return self._pairs[self._paper.pairs[self._paper.place]]

    def _show_pair(self) -> None:
        self.show_pair(self._pair)
        self._shown_at = self._clock()
        self._show_paper()

    def _show_paper(self) -> None:
        self.show_paper(self._paper, self._pair)

    def _move(self, paper: Paper) -> None:
        self._paper = paper
        self.say("")
        self._show_pair()

    # What the ballot says

    @on(VoteStored)
    def _vote_stored(self, message: VoteStored) -> None:
        self._unsaved -= 1
        if self._has_failed:  # what came after the failure is stored all the same
            self._paper = self._paper.knowing(message.pair_id, message.said)
            self._show_paper()
        elif not self._unsaved:
            self.say(self._words("status.saved_vote"))
            self._go_on()

    def _go_on(self) -> None:
        """Do what waited until everything was stored."""
        then, self._then = self._then, None
        if then:
            then()

    @on(HandedIn)
    def _handed_in(self) -> None:
        self._unsaved -= 1
        self.show_done()

    @on(BallotFailed)
    def _ballot_failed(self, message: BallotFailed) -> None:
        self._unsaved -= 1
        self._has_failed = True
        self._then = None
        self._is_handing_in = False
        if message.handed_in:
            self.show_done()
            return
        self._paper = Paper(self._paper.pairs, message.said, self._paper.place, self._paper.row)
        self.say("", notice=self._words("notice.not_saved", error=self._words.trouble(message.trouble, message.error)))
        self._show_paper()

    # Judging

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's own signature
        """After the hand-in there is nothing to judge; while something waits for being stored, nothing else begins."""
        if hasattr(Screen, f"action_{action}"):
            return True
        if self._ballot.handed_in:
            return action in _WHEN_DONE
        if self.is_too_small:
            return action in _WHEN_SMALL
        return self._is_waiting_for_keys

    @property
    def _is_waiting_for_keys(self) -> bool:
        return self._then is None and not self._is_handing_in and not self._ballot.handed_in

    def _judge(self, said: dict[Dimension, Side]) -> None:
        self._paper = self._paper.marked(said)
        self._unsaved += 1
        self._has_failed = False
        self.say(self._words("status.saving"))
        self._show_paper()
        seconds = round(max(self._clock() - self._shown_at, 0.0), 1)
        self._line.cast(self._pair.id, said, seconds=seconds)

    def action_judge(self, side: Side) -> None:
        self._judge({self._paper.row: side})

    def action_judge_all(self, side: Side) -> None:
        self._judge(dict.fromkeys(Dimension, side))

    @on(VoteRow.Chosen)
    def _chosen(self, message: VoteRow.Chosen) -> None:
        if self._is_waiting_for_keys:
            self._judge({message.dimension: message.side})

    def action_row(self, steps: int) -> None:
        self._paper = self._paper.row_moved(steps)
        self._show_paper()

    # Moving

    def _when_stored(self, then: Callable[[], None]) -> None:
        """Now, if everything is stored; else as soon as it is, and never if that fails."""
        if self._unsaved:
            self._then = then
            self.say(self._words("status.saving"))
        else:
            then()

    def action_next(self) -> None:
        if missing := [row for row in Dimension if row not in self._paper.here]:
            rows = " ".join(self._words(f"dimension.{row}") for row in missing)
            self.say(self._words("status.judge_first", rows=rows))
        else:
            self._when_stored(self._next)

    def _next(self) -> None:
        if self._paper.is_last:
            open_place = self._paper.first_open
            self._ask_to_hand_in() if open_place is None else self._move(self._paper.at(open_place))
        else:
            self._move(self._paper.at(self._paper.place + 1))

    def action_back(self) -> None:
        if self._paper.place:
            self._when_stored(lambda: self._move(self._paper.at(self._paper.place - 1)))
        else:
            self.say(self._words("status.is_first"))

    def action_first_open(self) -> None:
        place = self._paper.first_open
        if place is not None:
            self._when_stored(lambda: self._move(self._paper.at(place)))

    # Scrolling

    def _panes(self, turned: AnswerPane | None) -> list[AnswerPane]:
        """The panes that scroll with the one that was turned."""
        answers = list(self.query("#answers AnswerPane").results(AnswerPane))
        if turned is not None and (turned not in answers or not self._together):
            return [turned]
        return answers

    def action_page(self, way: int) -> None:
        focused = self.focused if isinstance(self.focused, AnswerPane) else None
        for pane in self._panes(focused):
            pane.move(way * max(pane.scrollable_content_region.height - 1, 1))

    @on(AnswerPane.Wheeled)
    def _wheeled(self, message: AnswerPane.Wheeled) -> None:
        for pane in self._panes(message.pane):
            pane.move(message.lines)

    def action_toggle_together(self) -> None:
        self._together = not self._together
        self.say(self._words("status.together" if self._together else "status.apart"))

    # The rest

    def action_hand_in(self) -> None:
        self._when_stored(self._ask_to_hand_in)

    def _ask_to_hand_in(self) -> None:
        def answered(is_meant: bool | None) -> None:
            self._is_handing_in = bool(is_meant)
            if is_meant:
                self._unsaved += 1
                self.say(self._words("status.saving"))
                self._line.hand_in()

        self._is_handing_in = True  # a key typed right after the answer is no vote any more
        judged, pairs = self._paper.judged, len(self._paper.pairs)
        self.app.push_screen(HandInDialog(judged=judged, pairs=pairs, words=self._words), answered)

    def action_language(self) -> None:
        """The same place in the other language."""
        self._when_stored(self._turn_language)

    def _turn_language(self) -> None:
        words = VoteWords("en" if self._words.language == "zh" else "zh")
        self.app.switch_screen(VoteScreen(self._ballot, words, clock=self._clock, paper=self._paper))

    def action_leave(self) -> None:
        """Quit; what is being saved is waited for, and a failure to save it keeps the screen."""
        self._when_stored(self.app.exit)
