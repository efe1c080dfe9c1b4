"""The page with the terminal, what it loads, and the socket behind it."""

from __future__ import annotations

from aiohttp import web

from pedcorpus.web.app_process import AppProcess, Outcome
from pedcorpus.web.guards import refused, require_own_page
from pedcorpus.web.open_screens import Ending, OpenScreen
from pedcorpus.web.pages import ASSETS, html, language_of, message_page, review_page, terminal_assets
from pedcorpus.web.site import SITE, Site, Visitor
from pedcorpus.web.terminal import LONGEST_MESSAGE, cells, run_terminal
from pedcorpus.web.words import said

__all__ = ["open_socket", "send_asset", "show_disputes", "show_page"]

_HEARTBEAT_S = 15.0
"""A browser that does not answer for this and half as long again is gone."""
DISPUTES = "/disputes"
_OWN = ("icon.svg", "pages.css", "review.js")


async def show_page(request: web.Request) -> web.StreamResponse:
    """The terminal, or the way to the login."""
    site = request.app[SITE]
    language = language_of(request, site.workspace.settings.language)
    visitor = site.visitor(request)
    if visitor:
        # in the language of the screen below, which is the workspace's
        spoken = site.workspace.settings.language
        has_disputes = site.command_for(visitor, disputes=True) is not None
        has_login = visitor.session is not None
        is_here = request.path == DISPUTES
        return html(
            review_page(spoken, visitor.name, has_login=has_login, has_disputes=has_disputes, is_ruling=is_here)
        )
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        # a link elsewhere led here, so the browser keeps its cookie back; from our own page it shows it
        return html(message_page(language, said(language, "opening")), headers={"Refresh": "0;url=/login"})
    raise web.HTTPSeeOther("/login")


async def show_disputes(request: web.Request) -> web.StreamResponse:
    """The terminal in which adjudicators settle what readers disagree on."""
    site = request.app[SITE]
    visitor = site.visitor(request)
    if visitor and site.command_for(visitor, disputes=True) is None:
        raise refused(request, "adjudicators", 403)
    return await show_page(request)


async def send_asset(request: web.Request) -> web.StreamResponse:
    """A style, a script or a picture of our pages."""
    name = request.match_info["name"]
    path = ASSETS / name if name in _OWN else terminal_assets().get(name)
    if path is None:
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Cache-Control": "no-cache"})


async def open_socket(request: web.Request) -> web.StreamResponse:
    """Run a screen of its own for this browser, as whoever is logged in; what the browser says of that is not read."""
    require_own_page(request)
    site = request.app[SITE]
    visitor = site.visitor(request)
    if visitor is None:
        raise refused(request, "login", 401)
    command = site.command_for(visitor, disputes=request.path.startswith(DISPUTES))
    if command is None:
        raise refused(request, "adjudicators", 403)
    try:
        size = cells(request.query.get("width", "80")), cells(request.query.get("height", "24"))
    except ValueError:
        size = 80, 24
    socket = web.WebSocketResponse(heartbeat=_HEARTBEAT_S, max_msg_size=LONGEST_MESSAGE)
    await socket.prepare(request)
    ending = await site.screens.refusal_after_waiting(visitor.name) or await _run(
        socket, site, visitor, AppProcess(command), size
    )
    await socket.close(code=ending)
    return socket


async def _run(
    socket: web.WebSocketResponse, site: Site, visitor: Visitor, process: AppProcess, size: tuple[int, int]
) -> Ending:
    screen = OpenScreen(visitor.name, lambda: site.is_welcome(visitor))

    def is_there() -> None:
        if visitor.session:
            site.sessions.touch(visitor.session)

    with site.screens.keep(screen):
        is_there()
        try:
            await process.start(*size)
        except OSError as error:
            site.tell(f"no screen for {visitor.name}: {error.strerror}")
            return Ending.CRASHED
        site.tell(f"{visitor.name} opened a screen ({len(site.screens)} open)")
        ending, outcome = await run_terminal(socket, process, screen, is_there=is_there)
    site.tell(_told(visitor.name, ending, outcome))
    return ending


def _told(name: str, ending: Ending, outcome: Outcome) -> str:
    """A line for the log, with what the process said where that tells why."""
    line = f"{name}'s screen ended: {ending.name.lower().replace('_', ' ')}"
    if ending in (Ending.CRASHED, Ending.NOT_OPENED):
        return f"{line}, exit code {outcome.code}\n{outcome.said}".rstrip()
    return line
