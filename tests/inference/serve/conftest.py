"""A real server on a loopback port, over the tiny model."""

from contextlib import contextmanager

import pytest

pytest.importorskip("torch", reason="needs the [train] extra")
pytest.importorskip("fastapi", reason="needs the [serve] extra")

from pedcorpus.inference import load_assistant
from pedcorpus.inference.serve import ServerSettings, open_service
from tests.inference.in_thread import ServerThread

MODEL = "tiny"


class Running(ServerThread):
    """A server that hands out OpenAI's clients."""

    def client(self, key="none", **settings):
        from openai import OpenAI

        return OpenAI(base_url=f"{self.url}v1", api_key=key, max_retries=0, **settings)


def serving(assistant, *, settings=None, **service):
    return served(open_service(assistant, name=MODEL, **service), settings)


@contextmanager
def served(service, settings=None):
    server = Running(service, settings or ServerSettings(port=0))
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
