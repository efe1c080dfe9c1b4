"""The line to the ballot: calls run in threads, one at a time in the order they were made, and answer with messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from queue import SimpleQueue
from threading import Lock

from textual.message import Message
from textual.widget import Widget

from pedcorpus.errors import CorpusError, PedcorpusError
from pedcorpus.evaluation import Ballot, Side
from pedcorpus.records import Dimension

__all__ = ["BallotFailed", "BallotLine", "HandedIn", "VoteStored"]


class VoteStored(Message):
    """Votes on one pair are durable."""

    def __init__(self, pair_id: str, said: Mapping[Dimension, Side]) -> None:
        super().__init__()
        self.pair_id = pair_id
        self.said = said


class HandedIn(Message):
    """The session is closed."""


class BallotFailed(Message):
    """Something was not stored; `said` is all that is."""

    def __init__(self, error: Exception, said: Mapping[str, Mapping[Dimension, Side]], *, handed_in: bool) -> None:
        super().__init__()
        self.error = str(error) or type(error).__name__
        self.trouble = error.trouble if isinstance(error, CorpusError) else "other"
        self.said = said
        self.handed_in = handed_in


class BallotLine:
    """Calls a ballot on behalf of one widget, which gets the answers as messages."""

    def __init__(self, ballot: Ballot, listener: Widget) -> None:
        self._ballot = ballot
        self._listener = listener
        self._calls: SimpleQueue[Callable[[], Message]] = SimpleQueue()
        self._turn = Lock()

    def cast(self, pair_id: str, said: Mapping[Dimension, Side], *, seconds: float) -> None:
        def stored() -> Message:
            self._ballot.cast(pair_id, said, seconds=seconds)
            return VoteStored(pair_id, said)

        self._call(stored)

    def hand_in(self) -> None:
        def closed() -> Message:
            self._ballot.hand_in()
            return HandedIn()

        self._call(closed)

    def _call(self, call: Callable[[], Message]) -> None:
        self._calls.put(call)
        self._listener.run_worker(self._answer_next, thread=True, group="ballot")

    def _answer_next(self) -> None:
        with self._turn:  # whichever thread comes first makes the call that came first
            try:
                answer = self._calls.get()()
            except (PedcorpusError, OSError) as error:
                said = {name: dict(each) for name, each in self._ballot.judged().items()}
                answer = BallotFailed(error, said, handed_in=self._ballot.handed_in)
        self._listener.post_message(answer)
