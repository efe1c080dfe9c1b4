"""How many requests may be in flight: fewer when the server says it is too much, slowly more again while it copes.

Additive increase, multiplicative decrease, as TCP does it; one decrease for all that was in flight together.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque

__all__ = ["Pace"]

_DECREASE = 0.7
_LONGEST_PAUSE_S = 600.0  # a server that asks for more is asked again after this


class Pace:
    """A door that lets so many in at once, and nobody during a cool-down; of one event loop."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._allowed = float(most)
        self._inside = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._open_at = 0.0
        self._decreased_at = 0.0

    @property
    def allowed(self) -> int:
        """Requests in flight that are allowed now."""
        return max(1, int(self._allowed))

    @property
    def inside(self) -> int:
        """Requests in flight."""
        return self._inside

    async def enter(self) -> float:
        """Wait for one's turn, first come, first served; the time of entry, for `too_much`."""
        if self._waiting or self._inside >= self.allowed:
            await self._turn()
        else:
            self._inside += 1
        while (pause := self._open_at - time.monotonic()) > 0:
            await asyncio.sleep(pause)
        return time.monotonic()

    def leave(self) -> None:
        """The request is answered, or given up."""
        self._inside -= 1
        self._admit()

    async def _turn(self) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave()  # it had just been let in
            raise

    def _admit(self) -> None:
        while self._waiting and self._inside < self.allowed:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                self._inside += 1

    def went_well(self) -> None:
        """One more request was answered: allow a little more."""
        if self._allowed < self._most:
            self._allowed = min(float(self._most), self._allowed + 1 / self._allowed)

    def pause(self, seconds: float) -> None:
        """Nobody enters for so long."""
        self._open_at = max(self._open_at, time.monotonic() + min(seconds, _LONGEST_PAUSE_S))

    def too_much(self, entered_at: float) -> None:
        """The server had too much of what entered then."""
        if entered_at >= self._decreased_at:  # those sent before the last decrease say nothing about it
            self._allowed = max(1.0, self._allowed * _DECREASE)
            self._decreased_at = time.monotonic()
