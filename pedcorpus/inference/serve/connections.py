"""Connections that ask for nothing are hung up on, so that nobody can hold the door."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from pedcorpus.inference.serve.limits import Limits

__all__ = ["Door", "SignalFreeServer"]


class Door:
    """Makes the connections of one server and knows which of them are silent."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.silent: dict[_Connection, asyncio.TimerHandle] = {}
        """Connections without a request in work, the one that has been silent longest first."""

    def protocol(self) -> type[asyncio.Protocol]:
        """The class that uvicorn makes connections of."""
        return type("Connection", (_Connection,), {"door": self})


class _Connection(H11Protocol):
    door: Door

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(transport)
        self._now_silent()
        if len(self.connections) > self.door.limits.connections:
            next(iter(self.door.silent)).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._not_silent()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        before = self.cycle
        super().handle_events()
        if self.cycle is not before:  # a request's head has come; its body is the guard's to wait for
            self._not_silent()

    def on_response_complete(self) -> None:
        self._now_silent()
        super().on_response_complete()

    def _now_silent(self) -> None:
        self._not_silent()
        self.door.silent[self] = self.loop.call_later(self.door.limits.silent_s, self._hang_up)

    def _not_silent(self) -> None:
        timer: Any = self.door.silent.pop(self, None)
        if timer is not None:
            timer.cancel()

    def _hang_up(self) -> None:
        self._not_silent()
        self.transport.abort()


class SignalFreeServer(uvicorn.Server):
    """Leaves signals to whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield
