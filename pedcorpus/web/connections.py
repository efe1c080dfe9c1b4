"""Listens, and hangs up on who connects and asks for nothing, so that nobody can hold the door."""

from __future__ import annotations

import asyncio

from aiohttp import web

from pedcorpus.web.guards import Handler

__all__ = ["Connections"]

_SILENT_S = 20.0
"""Seconds from connecting to the end of the first request's head."""
_MOST = 512


class Connections:
    """The listening end of one application."""

    def __init__(self, *, silent_s: float = _SILENT_S, most: int = _MOST) -> None:
        self._silent_s = silent_s
        self._most = most
        self._silent: set[asyncio.BaseProtocol] = set()

    @web.middleware
    async def notice(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Remember who has asked for something."""
        self._silent.discard(request.protocol)
        return await handler(request)

    async def listen(self, server: web.Server, host: str, port: int) -> asyncio.Server:
        """Take connections for `server`.

        Raises:
            OSError: the address or the port cannot be had.
        """
        loop = asyncio.get_running_loop()

        def connected() -> asyncio.BaseProtocol:
            handler = server()
            if len(server.connections) >= self._most:
                loop.call_later(0, handler.force_close)  # once it is connected
            else:
                self._silent.add(handler)
                loop.call_later(self._silent_s, self._hang_up, handler)
            return handler

        return await loop.create_server(connected, host, port)

    def _hang_up(self, handler: web.RequestHandler) -> None:
        if handler in self._silent:
            self._silent.discard(handler)
            handler.force_close()
