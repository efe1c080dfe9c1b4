"""Pieces of a reply from the engine's thread to the event loop, one wake-up for all replies of a step."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque

from pedcorpus.inference.batching import Piece

__all__ = ["Bell", "Mailbox"]


class Bell:
    """Wakes mailboxes in one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._due: deque[asyncio.Event] = deque()
        self._rung = False

    def ring(self, event: asyncio.Event) -> None:
        """Sets `event` soon; may be called from any thread."""
        self._due.append(event)
        if not self._rung:
            self._rung = True
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
                self._loop.call_soon_threadsafe(self._answer)

    def _answer(self) -> None:
        self._rung = False  # before the first is taken: whoever comes later rings again
        while self._due:
            self._due.popleft().set()


class Mailbox:
    """Takes one reply's pieces in the engine's thread, gives them out in the event loop."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._pieces: deque[Piece] = deque()
        self._filled = asyncio.Event()

    def put(self, piece: Piece) -> None:
        """Called by the engine."""
        self._pieces.append(piece)
        self._bell.ring(self._filled)

    async def take(self) -> Piece:
        """Everything that has come since the last time, as one piece; waits for the first."""
        await self._filled.wait()
        self._filled.clear()
        taken = [self._pieces.popleft() for _ in range(len(self._pieces))]
        if not taken:
            return await self.take()
        last = taken[-1]
        return Piece("".join(piece.text for piece in taken), last.tokens, last.ending, last.error)
