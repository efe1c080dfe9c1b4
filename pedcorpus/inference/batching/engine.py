"""Continuous batching: one thread steps all replies at once; requests join between steps and leave when they end.

The rows are the batch's; here are the queue, the replies' text and how they end. Torch is not needed to import this.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from pedcorpus.inference.batching.batch import JOINT_TOKENS, Batch, Chooses, Row
from pedcorpus.inference.batching.decoder import Decoder
from pedcorpus.inference.batching.text import ReplyText, Spelling
from pedcorpus.inference.batching.wanted import Ending, EngineStopped, Piece, QueueFull, Tell, Wanted

__all__ = ["Engine", "Load", "Reply"]

_PIECE_TOKENS = 256
"""So many tokens of prompts are read between two steps: a long prompt in pieces, so that replies in work get a token
after each. On a core, half as many make the reading of a long prompt a tenth longer, twice as many double the wait."""
_IDLE_S = 30.0
"""After so long without a request the decoder gives its memory up."""


class Load(NamedTuple):
    """How busy an engine is."""

    running: int
    waiting: int


@dataclass(eq=False)
class Reply(Row):
    """A reply that was asked for; `leave` when nobody wants it any more."""

    tell: Tell
    text: ReplyText
    left: threading.Event = field(default_factory=threading.Event, init=False)

    def leave(self) -> None:
        """Ends the reply at the next step; its place goes to another."""
        self.left.set()


class Engine:
    """Replies of one model. Close it with `stop`."""

    def __init__(
        self,
        decoder: Decoder,
        chooser: Chooses,
        spelling: Spelling,
        *,
        ends: frozenset[int],
        queue: int,
        piece: int = _PIECE_TOKENS,
    ) -> None:
        """Starts without work.

        Args:
            decoder: the model.
            chooser: picks each next token.
            spelling: makes text of tokens.
            ends: tokens that end a reply.
            queue: how many requests may wait for a row.
            piece: tokens of prompts that are read between two steps of replies in work.
        """
        self._decoder, self._spelling = decoder, spelling
        self._batch: Batch[Reply] = Batch(decoder, chooser)
        self._ends, self._queue, self._piece = ends, queue, piece
        self._waiting: deque[Reply] = deque()
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
        return Load(len(self._batch.rows), len(self._waiting))

    def submit(self, wanted: Wanted, tell: Tell) -> Reply:
        """Puts a request into the queue; `tell` gets its pieces.

        Raises:
            QueueFull: too many wait.
            EngineStopped: nothing is taken any more.
        """
        most = min(wanted.generation.max_new_tokens, self._decoder.context - len(wanted.prompt))
        reply = Reply(wanted.prompt, wanted.generation, most, tell, ReplyText(self._spelling, wanted.stop))
        with self._change:
            if self._stopped:
                raise EngineStopped
            if len(self._waiting) >= self._queue + self._batch.free:
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
            if self._batch.rows:
                self._guarded(self._step)

    def _has_work(self) -> bool:
        with self._change:
            while not self._batch.rows and not self._waiting and not self._stopped:
                if not self._change.wait(_IDLE_S):
                    self._decoder.clear()
            return bool(self._batch.rows or self._waiting)

    def _guarded(self, work: Callable[[], None]) -> None:
        """An error of the model ends what is in work, and nothing else."""
        try:
            work()
        except Exception as error:  # noqa: BLE001  # told to all who wait for these replies
            failed = self._batch.clear()
            if self._waiting:
                self._waiting[0].read = 0  # what was read of it is gone with the rest
            for reply in failed:
                _tell_end(reply, Ending.FAILED, _line(error))

    def _let_go(self) -> None:
        """Those who left or are cut make room."""
        for reply in tuple(self._batch.rows):
            if self._cut or reply.left.is_set():
                self._end(reply, Ending.LEFT if reply.left.is_set() else Ending.CUT)
        with self._change:
            gone = [reply for reply in self._waiting if self._cut or reply.left.is_set()]
            for reply in gone:
                self._waiting.remove(reply)
        for reply in gone:
            _tell_end(reply, Ending.LEFT if reply.left.is_set() else Ending.CUT)

    def _admit(self) -> None:
        """Reads of the prompts that wait, in their order, what replies in work can well wait for."""
        tokens = self._piece if self._batch.rows else JOINT_TOKENS
        with self._change:
            newcomers = self._batch.take(self._waiting, tokens=tokens)
            first = self._waiting[0] if self._waiting and self._batch.free else None
        if newcomers:
            self._join(newcomers)
        elif first is not None:
            self._read(first, tokens)

    def _join(self, newcomers: list[Reply]) -> None:
        try:
            self._batch.join(newcomers)
        except Exception as error:  # noqa: BLE001  # told to whom it concerns
            if len(newcomers) > 1:  # perhaps one of them alone cannot be read, or all of them are too much
                for reply in newcomers:
                    self._join([reply])
            else:
                _tell_end(newcomers[0], Ending.FAILED, _line(error))

    def _read(self, first: Reply, tokens: int) -> None:
        try:
            self._batch.read(first, tokens=tokens)
        except Exception as error:  # noqa: BLE001  # told to whom it concerns
            with self._change:
                self._waiting.remove(first)
            _tell_end(first, Ending.FAILED, _line(error))

    def _step(self) -> None:
        for reply, token in self._batch.step():
            if token is None:
                self._end(reply, Ending.FAILED, "the model's scores are no numbers")
                continue
            if token in self._ends:
                self._end(reply, Ending.STOP)
                continue
            text = reply.text.add(token)
            if text:
                reply.tell(Piece(text, reply.tokens))
            if reply.text.stopped:
                self._end(reply, Ending.STOP)
            elif reply.tokens >= reply.most:
                self._end(reply, Ending.LENGTH)

    def _end(self, reply: Reply, ending: Ending, error: str = "") -> None:
        self._batch.leave(reply)
        _tell_end(reply, ending, error)


def _tell_end(reply: Reply, ending: Ending, error: str = "") -> None:
    reply.tell(Piece(reply.text.end(), reply.tokens, ending, error))


def _line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
