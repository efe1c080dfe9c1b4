"""The server started and stopped: its socket, its signals, and that replies in work come to an end."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pedcorpus.addresses import is_loopback, url_of
from pedcorpus.errors import MissingExtra, UsageError
from pedcorpus.inference.serve.limits import Limits

if TYPE_CHECKING:
    import uvicorn

    from pedcorpus.inference.serve.service import Service

__all__ = ["ServerSettings", "check_reach", "run", "serve"]

_LAST_WORDS_S = 5
"""Seconds beyond the replies' own that connections have to take what was told."""


@dataclass(frozen=True)
class ServerSettings:
    """Where to serve, and to whom."""

    host: str = "127.0.0.1"
    port: int = 8000
    """0 takes a free one."""
    key: str | None = field(default=None, repr=False)
    limits: Limits = field(default_factory=Limits)


def check_reach(settings: ServerSettings) -> None:
    """Tells whether the server may be started so.

    Raises:
        UsageError: others than this machine could come in without a key.
        MissingExtra: the server's own libraries are not installed.
    """
    if settings.key is None and not is_loopback(settings.host):
        raise UsageError(
            f"at {settings.host} others could come in; give a key that clients have to send: "
            "--api-key KEY, or PEDCORPUS_API_KEY in the environment"
        )
    try:
        import fastapi  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise MissingExtra("pedcorpus serve", "serve") from error


def serve(service: Service, settings: ServerSettings, *, ready: Callable[[str], None]) -> None:
    """Serves until Ctrl-C or SIGTERM; replies in work have a while to end.

    Args:
        service: what answers.
        settings: where.
        ready: is told the address once the server listens.

    Raises:
        UsageError: the address or the port cannot be had, or others could come in without a key.
    """
    check_reach(settings)

    async def until_signal() -> None:
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stopped.set)
        await run(service, settings, stopped=stopped, ready=ready)

    asyncio.run(until_signal())


async def run(
    service: Service, settings: ServerSettings, *, stopped: asyncio.Event, ready: Callable[[str], None]
) -> None:
    """Serves until `stopped` is set; the engine is stopped too, and what works beside the server.

    Raises:
        UsageError: the address or the port cannot be had.
    """
    door = _bound(settings)
    server = _uvicorn(service, settings)
    beside = ExitStack()
    for each in service.hooks.beside:
        beside.enter_context(each)
    serving = asyncio.create_task(server.serve(sockets=[door]))
    try:
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        ready(url_of(settings.host, door.getsockname()[1]))
        waiting = asyncio.create_task(stopped.wait())
        await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
    finally:
        server.should_exit = True
        left = asyncio.to_thread(beside.close)
        await asyncio.gather(asyncio.to_thread(service.engine.stop, grace_s=settings.limits.grace_s), left)
        await serving


def _bound(settings: ServerSettings) -> socket.socket:
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((settings.host, settings.port), family=family, backlog=1024)
    except OSError as error:
        raise UsageError(
            f"cannot listen at {settings.host}, port {settings.port}: {error.strerror or error}; "
            "choose others with --host and --port"
        ) from error


def _uvicorn(service: Service, settings: ServerSettings) -> uvicorn.Server:
    import uvicorn

    from pedcorpus.inference.serve.app import create_app
    from pedcorpus.inference.serve.connections import Door, SignalFreeServer

    config = uvicorn.Config(
        create_app(service, limits=settings.limits, key=settings.key),
        http=Door(settings.limits).protocol(),
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=int(settings.limits.silent_s),
        timeout_graceful_shutdown=int(settings.limits.grace_s) + _LAST_WORDS_S,
    )
    return SignalFreeServer(config)
