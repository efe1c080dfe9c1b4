"""Textual's web driver for a screen that a server runs: it ends with its server, too."""

from __future__ import annotations

import asyncio
from typing import Any

from textual import messages
from textual.app import App
from textual.drivers.web_driver import WebDriver

__all__ = ["BrowserDriver"]


class BrowserDriver(WebDriver):
    """Leaves the app when nobody can type any more: a killed server sends no word."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._loop = asyncio.get_running_loop()

    def run_input_thread(self) -> None:
        super().run_input_thread()
        if not self.exit_event.is_set():
            asyncio.run_coroutine_threadsafe(self._app._post_message(messages.ExitApp()), self._loop)
