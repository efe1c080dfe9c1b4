"""A real server on a loopback port, over the tiny model."""

import asyncio
import threading
from contextlib import contextmanager

import pytest

pytest.importorskip("torch", reason="needs the [train] extra")
pytest.importorskip("fastapi", reason="needs the [serve] extra")

from pedcorpus.inference import load_assistant
from pedcorpus.inference.serve import ServerSettings, open_service
from pedcorpus.inference.serve.server import run

MODEL = "tiny"


class Running:
    """A server in a thread of its own."""

    def __init__(self, service, settings):
        self.service, self.settings = service, settings
        self.url = ""
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def start(self):
        self._thread.start()
        assert self._ready.wait(20)

    def stop(self):
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join()

    def client(self, key="none", **settings):
        from openai import OpenAI

        return OpenAI(base_url=f"{self.url}v1", api_key=key, max_retries=0, **settings)

    def _run(self):
        asyncio.run(self._serve())

    async def _serve(self):
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        await run(self.service, self.settings, stopped=self._stopped, ready=self._note)

    def _note(self, url):
        self.url = url
        self._ready.set()


@contextmanager
def serving(assistant, *, settings=None, **service):
    server = Running(open_service(assistant, name=MODEL, **service), settings or ServerSettings(port=0))
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def assistant(model_folder):
    return load_assistant(model_folder)


@pytest.fixture(scope="session")
def server(assistant):
    with serving(assistant) as running:
        yield running


@pytest.fixture
def client(server):
    with server.client() as client:
        yield client
