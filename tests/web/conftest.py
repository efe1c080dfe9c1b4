from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from pedcorpus import flow
from pedcorpus.settings import WebSettings, Workspace
from pedcorpus.web.connections import Connections
from pedcorpus.web.server import served
from pedcorpus.web.site import Site

FAKE_SCREEN = Path(__file__).with_name("fake_screen.py")


@dataclass
class Clock:
    """Seconds that pass when a test says so."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Ward:
    """A server over an empty workspace, and a browser."""

    site: Site
    url: str
    browser: aiohttp.ClientSession
    clock: Clock
    log: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return self.url.rstrip("/")

    async def log_in(self, token: str, **options: object) -> aiohttp.ClientResponse:
        headers = {"Origin": self.origin} | options.pop("headers", {})
        return await self.browser.post(
            f"{self.url}login", data={"token": token}, headers=headers, allow_redirects=False, **options
        )

    async def log_out(self) -> aiohttp.ClientResponse:
        return await self.browser.post(f"{self.url}logout", headers={"Origin": self.origin}, allow_redirects=False)

    async def status(self, path: str = "", **options: object) -> int:
        async with self.browser.get(f"{self.url}{path}", allow_redirects=False, **options) as answer:
            return answer.status

    def socket(self, query: str = "", *, origin: str | None = None) -> AbstractAsyncContextManager:
        return self.browser.ws_connect(f"{self.url}ws{query}", origin=self.origin if origin is None else origin)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


@pytest.fixture
def ward(place: Workspace) -> Callable[..., AbstractAsyncContextManager[Ward]]:
    """Starts a server: `async with ward(idle_minutes=5) as at:`."""

    @asynccontextmanager
    async def start(
        *more: str, connections: Connections | None = None, workspace: Workspace = place, **settings: object
    ) -> AsyncIterator[Ward]:
        clock, log = Clock(), []
        site = Site(
            workspace,
            WebSettings(**{"port": 0, **settings}),
            "nobody",
            lambda name: [sys.executable, "-S", str(FAKE_SCREEN), *more, f"--reviewer={name}"],
            log.append,
            lambda name: [sys.executable, "-S", str(FAKE_SCREEN), "--adjudicate", f"--reviewer={name}"],
            clock,
        )
        jar = aiohttp.CookieJar(unsafe=True)  # of an address in digits, too
        async with served(site, connections=connections) as url, aiohttp.ClientSession(cookie_jar=jar) as browser:
            yield Ward(site, url, browser, clock, log)

    return start


@pytest.fixture
def token(place: Workspace) -> str:
    return flow.add_account(place, "wang")
