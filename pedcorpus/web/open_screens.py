"""The screens that are open: how many may be, and how all or some are asked to end. Runs none itself."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum

__all__ = ["Ending", "OpenScreen", "OpenScreens"]


_WAIT_S = 0.1
_WAITS = 30


class Ending(IntEnum):
    """Why a screen ended, as the code that closes its socket; the page has words for each."""

    LEFT = 4000
    LOGGED_OUT = 4001
    CRASHED = 4002
    TOO_MANY_YOURS = 4003
    TOO_MANY = 4004
    STOPPED = 4005
    NOT_UNDERSTOOD = 4006
    LOST = 4007
    NOT_OPENED = 4008


@dataclass(eq=False)
class OpenScreen:
    """One screen of somebody; `is_welcome` says whether that person may still have it."""

    name: str
    is_welcome: Callable[[], bool]
    asked: asyncio.Future[Ending] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def ask(self, ending: Ending) -> None:
        """Have it end; the first reason counts."""
        if not self.asked.done():
            self.asked.set_result(ending)


class OpenScreens:
    """All of them; `each` for one person at most, `most` in all."""

    def __init__(self, *, each: int, most: int) -> None:
        self._each = each
        self._most = most
        self._open: set[OpenScreen] = set()

    def refusal(self, name: str) -> Ending | None:
        """Why `name` cannot have one more now."""
        if len(self._open) >= self._most:
            return Ending.TOO_MANY
        if Counter(screen.name for screen in self._open)[name] >= self._each:
            return Ending.TOO_MANY_YOURS
        return None

    async def refusal_after_waiting(self, name: str) -> Ending | None:
        """As `refusal`, but a screen that is just ending, as when a page is loaded again, is waited for."""
        for _ in range(_WAITS):
            if self.refusal(name) is None:
                return None
            await asyncio.sleep(_WAIT_S)
        return self.refusal(name)

    @contextmanager
    def keep(self, screen: OpenScreen) -> Iterator[None]:
        """Count a screen for as long as it runs."""
        self._open.add(screen)
        try:
            yield
        finally:
            self._open.discard(screen)

    def sweep(self) -> None:
        """Ask those to end whose people may have them no more."""
        for screen in list(self._open):
            if not screen.is_welcome():
                screen.ask(Ending.LOGGED_OUT)

    def stop(self) -> None:
        """Ask all to end."""
        for screen in list(self._open):
            screen.ask(Ending.STOPPED)

    def __len__(self) -> int:
        return len(self._open)
