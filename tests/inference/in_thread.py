"""The server in a thread of its own, on a free port of this machine."""

from __future__ import annotations

import asyncio
import threading

from pedcorpus.inference.serve.server import run


class ServerThread:
    def __init__(self, service, settings):
        self.service, self.settings = service, settings
        self.url = ""
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    def start(self):
        self._thread.start()
        assert self._ready.wait(20)

    def stop(self):
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join()

    async def _serve(self):
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        await run(self.service, self.settings, stopped=self._stopped, ready=self._note)

    def _note(self, url):
        self.url = url
        self._ready.set()
