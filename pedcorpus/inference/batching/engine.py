"""Continuous batching: one thread steps all replies at once; requests join between steps and leave when they end.

The model is the decoder's, the choice of tokens the chooser's; here are the queue, the rows, their text and how they
end. Torch is not needed to import this.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pedcorpus.inference.batching.decoder import Decoder
from pedcorpus.inference.batching.text import ReplyText, Spelling
from pedcorpus.inference.batching.wanted import Ending, EngineStopped, Piece, QueueFull, Tell, Wanted
from pedcorpus.inference.generation import Generation

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Engine", "Load", "Reply"]

_JOINT_TOKENS = 2048
"""Prompts join together up to this many tokens, padding included, so that a step never waits long for newcomers."""
_IDLE_S = 30.0
"""After so long without a request the decoder gives its memory up."""


class Chooses(Protocol):
    """Picks tokens from scores; `choosing.Chooser` is one."""

    def join(self, generations: Sequence[Generation]) -> None: ...
    def next(self, scores_BV: Tensor) -> list[int | None]: ...
    def leave(self, row: int) -> None: ...
    def clear(self) -> None: ...


class Load(NamedTuple):
    """How busy an engine is."""

    running: int
    waiting: int


@dataclass(eq=False)
class Reply:
    """A reply that was asked for; `leave` when nobody wants it any more."""

    wanted: Wanted
    tell: Tell
    text: ReplyText
    left: threading.Event = field(default_factory=threading.Event)
    tokens: int = 0
    most: int = 0
    """Tokens that it may have."""
    last: int = field(init=False)
    """The token to be read next."""

    def __post_init__(self) -> None:
        """Nothing is made yet: the prompt's last token is next."""
        self.last = self.wanted.prompt[-1]

    def leave(self) -> None:
        """Ends the reply at the next step; its place goes to another."""
        self.left.set()


class Engine:
    """Replies of one model. Close it with `stop`."""

    def __init__(
        self, decoder: Decoder, chooser: Chooses, spelling: Spelling, *, ends: frozenset[int], queue: int
    ) -> None:
        """`ends` are the tokens that end a reply, `queue` is how many requests may wait for a row."""
        self._decoder, self._chooser, self._spelling = decoder, chooser, spelling
        self._ends = ends
        self._queue = queue
        self._waiting: deque[Reply] = deque()
        self._running: list[Reply] = []
        self._change = threading.Condition()
        self._stopped = False  # takes nothing any more
        self._cut = False  # ends what runs
        self._thread = threading.Thread(target=self._run, name="pedcorpus-engine", daemon=True)
        self._thread.start()

    @property
    def context(self) -> int:
        """Most tokens of a prompt and its reply."""
        return self._decoder.context

    @property
    def rows(self) -> int:
        """Most replies in work at once."""
        return self._decoder.rows

    @property
    def stops(self) -> bool:
        """Whether it cuts what is in work."""
        return self._cut

    @property
    def load(self) -> Load:
        """Replies in work and in the queue."""
        return Load(len(self._running), len(self._waiting))

    def submit(self, wanted: Wanted, tell: Tell) -> Reply:
        """Puts a request into the queue; `tell` gets its pieces.

        Raises:
            QueueFull: too many wait.
            EngineStopped: nothing is taken any more.
        """
        most = min(wanted.generation.max_new_tokens, self._decoder.context - len(wanted.prompt))
        reply = Reply(wanted, tell, ReplyText(self._spelling, wanted.stop), most=most)
        with self._change:
            if self._stopped:
                raise EngineStopped
            free = max(self._decoder.rows - len(self._running), 0)
            if len(self._waiting) >= self._queue + free:
                raise QueueFull
            self._waiting.append(reply)
            self._change.notify()
        return reply

    def stop(self, *, grace_s: float = 0.0) -> None:
        """Takes nothing any more, lets what is in work go on for `grace_s`, cuts the rest; returns when all ended."""
        with self._change:
            self._stopped = True
            self._change.notify()
        self._thread.join(grace_s)
        self._cut = True
        self._thread.join()

    def _run(self) -> None:
        while self._has_work():
            self._guarded(self._let_go)
            self._guarded(self._admit)
            if self._running:
                self._guarded(self._step)

    def _has_work(self) -> bool:
        with self._change:
            while not self._running and not self._waiting and not self._stopped:
                if not self._change.wait(_IDLE_S):
                    self._decoder.clear()
            return bool(self._running or self._waiting)

    def _guarded(self, work: Callable[[], None]) -> None:
        """An error of the model ends what is in work, and nothing else."""
        try:
            work()
        except Exception as error:  # noqa: BLE001  # told to all who wait for these replies
            failed, self._running = self._running, []
            self._decoder.clear()
            self._chooser.clear()
            for reply in failed:
                _tell_end(reply, Ending.FAILED, _line(error))

    def _let_go(self) -> None:
        """Those who left or are cut make room."""
        for row in reversed(range(len(self._running))):
            reply = self._running[row]
            if self._cut or reply.left.is_set():
                self._end(row, Ending.LEFT if reply.left.is_set() else Ending.CUT)
        with self._change:
            gone = [reply for reply in self._waiting if self._cut or reply.left.is_set()]
            for reply in gone:
                self._waiting.remove(reply)
        for reply in gone:
            _tell_end(reply, Ending.LEFT if reply.left.is_set() else Ending.CUT)

    def _admit(self) -> None:
        while newcomers := self._newcomers():
            self._join(newcomers)

    def _newcomers(self) -> list[Reply]:
        """The next of the queue that may join together."""
        taken: list[Reply] = []
        longest = 0
        with self._change:
            while self._waiting and len(self._running) + len(taken) < self._decoder.rows:
                longest = max(longest, len(self._waiting[0].wanted.prompt))
                if taken and longest * (len(taken) + 1) > _JOINT_TOKENS:
                    break
                taken.append(self._waiting.popleft())
        return taken

    def _join(self, newcomers: list[Reply]) -> None:
        try:
            self._decoder.join([reply.wanted.prompt for reply in newcomers])
        except Exception as error:  # noqa: BLE001  # told to whom it concerns
            if len(newcomers) > 1:  # perhaps one of them alone cannot be read, or all of them are too much
                for reply in newcomers:
                    self._join([reply])
            else:
                _tell_end(newcomers[0], Ending.FAILED, _line(error))
            return
        self._chooser.join([reply.wanted.generation for reply in newcomers])
        self._running += newcomers

    def _step(self) -> None:
        scores = self._decoder.step([reply.last for reply in self._running])
        tokens = self._chooser.next(scores)
        for row in reversed(range(len(self._running))):  # a row that leaves is replaced by one already told
            reply, token = self._running[row], tokens[row]
            if token is None:
                self._end(row, Ending.FAILED, "the model's scores are no numbers")
                continue
            reply.tokens += 1
            reply.last = token
            if token in self._ends:
                self._end(row, Ending.STOP)
                continue
            text = reply.text.add(token)
            if text:
                reply.tell(Piece(text, reply.tokens))
            if reply.text.stopped:
                self._end(row, Ending.STOP)
            elif reply.tokens >= reply.most:
                self._end(row, Ending.LENGTH)

    def _end(self, row: int, ending: Ending, error: str = "") -> None:
        reply = self._running[row]
        self._decoder.leave(row)
        self._chooser.leave(row)
        self._running[row] = self._running[-1]
        self._running.pop()
        _tell_end(reply, ending, error)


def _tell_end(reply: Reply, ending: Ending, error: str = "") -> None:
    reply.tell(Piece(reply.text.end(), reply.tokens, ending, error))


def _line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
