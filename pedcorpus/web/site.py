"""What every request of the server needs: the workspace, who is logged in, which screens are open."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from aiohttp import web

from pedcorpus import flow
from pedcorpus.addresses import is_loopback
from pedcorpus.errors import UsageError
from pedcorpus.flow import Account
from pedcorpus.settings import WebSettings, Workspace
from pedcorpus.web.open_screens import OpenScreens
from pedcorpus.web.sessions import Session, Sessions
from pedcorpus.web.throttle import Throttle

__all__ = ["SITE", "Site", "Visitor"]


@dataclass(frozen=True)
class Visitor:
    """Whose screen a browser is shown."""

    name: str
    session: Session | None = None
    """The login; none where nobody has to."""

    @property
    def may_adjudicate(self) -> bool:
        """Whether disputes are for this person; where nobody has to log in they are for everybody."""
        return self.session is None or self.session.account.role.may_adjudicate


@dataclass
class Site:
    """One server's state; `command` gives the command line of somebody's screen, `disputes` of an adjudicator's."""

    workspace: Workspace
    settings: WebSettings
    reviewer: str
    """Whose screen it is while nobody has to log in."""
    command: Callable[[str], Sequence[str]]
    tell: Callable[[str], None]
    disputes: Callable[[str], Sequence[str]] | None = None
    clock: Callable[[], float] = time.monotonic
    sessions: Sessions = field(init=False)
    throttle: Throttle = field(init=False)
    screens: OpenScreens = field(init=False)
    drawing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held by whoever draws a page: the PDF library serves one at a time."""
    _needs_login: bool = False
    _trouble: str = ""

    def __post_init__(self) -> None:
        self.sessions = Sessions(
            idle_s=self.settings.idle_minutes * 60, longest_s=self.settings.session_hours * 3600, clock=self.clock
        )
        self.throttle = Throttle(self.clock)
        self.screens = OpenScreens(each=self.settings.screens_each, most=self.settings.screens)
        self._needs_login = not is_loopback(self.settings.host)

    def accounts(self) -> tuple[Account, ...]:
        """The accounts of now; none, and so nobody is let in, while their file cannot be read."""
        try:
            known = flow.accounts(self.workspace)
        except UsageError as error:
            self._needs_login = True
            if str(error) != self._trouble:
                self.tell(f"accounts: {error}")
            self._trouble = str(error)
            return ()
        self._trouble = ""
        self._needs_login |= bool(known)
        return known

    @property
    def needs_login(self) -> bool:
        """Whether anybody has to log in: from the first account that was seen, for as long as this server runs."""
        self.accounts()
        return self._needs_login

    @property
    def names(self) -> tuple[str, ...]:
        """Host names under which browsers may ask for it, besides addresses in digits."""
        return (*self.settings.names, self.settings.host, socket.gethostname())

    @property
    def cookie(self) -> str:
        """Name of the cookie; a port has its own, for browsers hold one jar for a host."""
        return f"pedcorpus-{self.settings.port}"

    def visitor(self, request: web.Request) -> Visitor | None:
        """Who asks; `None` who has to log in first."""
        known = self.accounts()
        if not self._needs_login:
            return Visitor(self.reviewer)
        secret = request.cookies.get(secure_name(self.cookie)) or request.cookies.get(self.cookie) or ""
        session = self.sessions.find(secret, known)
        return Visitor(session.name, session) if session else None

    def command_for(self, visitor: Visitor, *, disputes: bool) -> Sequence[str] | None:
        """The command line of a screen; `None` where this one is not for this person, or not here."""
        if not disputes:
            return self.command(visitor.name)
        return self.disputes(visitor.name) if self.disputes and visitor.may_adjudicate else None

    def is_welcome(self, visitor: Visitor) -> bool:
        """Whether somebody who was let in still is."""
        known = self.accounts()
        if visitor.session is None:
            return not self._needs_login
        return self.sessions.is_open(visitor.session, known)


def secure_name(cookie: str) -> str:
    """The cookie's name where browsers shall keep it to this very host and to encrypted connections."""
    return f"__Host-{cookie}"


SITE: web.AppKey[Site] = web.AppKey("site", Site)
