"""The server put together, started and stopped; beyond this machine it wants accounts."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from aiohttp import web

from pedcorpus import flow
from pedcorpus.addresses import is_loopback, url_of
from pedcorpus.errors import UsageError
from pedcorpus.settings import WebSettings, Workspace
from pedcorpus.web.connections import Connections
from pedcorpus.web.guards import add_headers, guard
from pedcorpus.web.login import ask_for_token, log_in, log_out
from pedcorpus.web.pictures import send_picture
from pedcorpus.web.review_page import open_socket, send_asset, show_disputes, show_page
from pedcorpus.web.site import SITE, Site

__all__ = ["serve", "served", "site_of"]

_SWEEP_S = 1.0
_FORM_BYTES = 1 << 14
_LAST_WORDS_S = 15.0
"""Seconds that screens have to end when the server does."""


def serve(
    workspace: Workspace,
    arguments: Sequence[str],
    *,
    settings: WebSettings,
    reviewer: str,
    tell: Callable[[str], None],
    disputes: Sequence[str] = (),
) -> None:
    """Serve the screen that `pedcorpus ARGUMENTS --reviewer=NAME` opens, until Ctrl-C or SIGTERM.

    `tell` gets a line for whatever a steward may want to know; `disputes` are the arguments that open the screen for
    adjudicators, if they have one of their own.

    Raises:
        UsageError: others than this machine could come in and there is no account, or the port cannot be had.
    """
    asyncio.run(
        _serve(site_of(workspace, arguments, settings=settings, reviewer=reviewer, tell=tell, disputes=disputes))
    )


def site_of(
    workspace: Workspace,
    arguments: Sequence[str],
    *,
    settings: WebSettings,
    reviewer: str,
    tell: Callable[[str], None],
    disputes: Sequence[str] = (),
) -> Site:
    """The site that `serve` would serve.

    Raises:
        UsageError: others than this machine could come in and there is no account.
    """
    _check_reach(workspace, settings)

    # -P: nothing is imported from the folder that the server happens to stand in
    program = [sys.executable, "-P", "-m", "pedcorpus", "--workspace", str(workspace.root)]

    def command(name: str) -> list[str]:
        return [*program, *arguments, f"--reviewer={name}"]

    def ruling(name: str) -> list[str]:
        return [*program, *disputes, f"--reviewer={name}"]

    return Site(workspace, settings, reviewer, command, tell, ruling if disputes else None)


def _check_reach(workspace: Workspace, settings: WebSettings) -> None:
    known = flow.accounts(workspace)
    if known or (is_loopback(settings.host) and not settings.behind_proxy):
        return
    where = "behind a proxy" if is_loopback(settings.host) else f"at {settings.host}"
    raise UsageError(
        f"{where} others could come in, and there is no account to log in with; "
        "add one for each reviewer: pedcorpus reviewers add NAME"
    )


async def _serve(site: Site) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with served(site) as url:
        site.tell(f"open {url} in a browser; Ctrl-C stops the server")
        if site.needs_login and not site.settings.behind_proxy and not is_loopback(site.settings.host):
            site.tell("without a TLS proxy tokens and texts can be read on their way: docs/review-web.md shows one")
        await stopped.wait()
        site.tell("stopping; open screens end first")


@asynccontextmanager
async def served(site: Site, *, connections: Connections | None = None) -> AsyncIterator[str]:
    """Serve `site` while the context lasts; the address that browsers open.

    Raises:
        UsageError: the address or the port cannot be had.
    """
    connections = connections or Connections()
    runner = web.AppRunner(
        _application(site, connections), access_log=None, handle_signals=False, shutdown_timeout=_LAST_WORDS_S
    )
    await runner.setup()
    server, sweeper = None, asyncio.create_task(_sweep(site))
    try:
        server = await _listening(runner, site.settings, connections)
        port = server.sockets[0].getsockname()[1]
        site.settings = site.settings.model_copy(update={"port": port})
        yield url_of(site.settings.host, port)
    finally:
        if server:
            server.close()
        site.screens.stop()
        while len(site.screens):
            await asyncio.sleep(0.05)
        sweeper.cancel()
        with suppress(asyncio.CancelledError):
            await sweeper
        await runner.cleanup()


def _application(site: Site, connections: Connections) -> web.Application:
    app = web.Application(middlewares=[connections.notice, guard], client_max_size=_FORM_BYTES)
    app[SITE] = site
    app.add_routes(
        [
            web.get("/", show_page),
            web.get("/disputes", show_disputes),
            web.get("/login", ask_for_token),
            web.post("/login", log_in),
            web.post("/logout", log_out),
            web.get("/ws", open_socket),
            web.get("/disputes/ws", open_socket),
            web.get(r"/page/{instruction:[\w.-]{1,80}}/{number:[1-9]\d{0,3}}", send_picture),
            web.get("/static/{name}", send_asset),
        ]
    )
    app.on_response_prepare.append(add_headers)
    return app


async def _listening(runner: web.AppRunner, settings: WebSettings, connections: Connections) -> asyncio.Server:
    if runner.server is None:
        raise RuntimeError("the application was not set up")
    try:
        return await connections.listen(runner.server, settings.host, settings.port)
    except OSError as error:
        raise UsageError(
            f"cannot listen at {settings.host}, port {settings.port}: {error.strerror or error}; "
            "choose others with --host and --port"
        ) from error


async def _sweep(site: Site) -> None:
    """End what has ended: logins by rest, age or a changed account, and the screens behind them."""
    while True:
        await asyncio.sleep(_SWEEP_S)
        site.sessions.sweep(site.accounts())
        site.screens.sweep()
