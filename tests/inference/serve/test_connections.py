"""Clients that hold the door, leave in the middle or never end what they say."""

import json
import socket
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from pedcorpus.inference.serve import Limits, ServerSettings
from pedcorpus.inference.serve.service import Prompts, Service
from tests.inference.batching.echo import echoing, ids
from tests.inference.batching.test_engine import until
from tests.inference.serve.conftest import MODEL, served, serving

pytestmark = pytest.mark.train

IDLE = 1000
QUICK = Limits(body_s=0.5, silent_s=0.7, connections=100, grace_s=0.2)
HEAD = (
    "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
    "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n"
)
ASKED = {"model": MODEL, "messages": [{"role": "user", "content": "发热？"}], "stream": True, "temperature": 1.0}


@pytest.fixture(scope="module")
def hasty(assistant):
    with serving(assistant, settings=ServerSettings(port=0, limits=QUICK)) as server:
        yield server


def connected(server):
    place = urlsplit(server.url)
    return socket.create_connection((place.hostname, place.port), timeout=10)


def test_idle_connections_keep_nobody_out_and_are_closed(hasty):
    with ExitStack() as stack, hasty.client() as client:
        idle = [stack.enter_context(connected(hasty)) for _ in range(IDLE)]
        assert client.models.list().data[0].id == MODEL
        assert all(hung_up(each) for each in idle)


def hung_up(connection):
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True


@pytest.mark.parametrize(
    "said", [b"", b"POST /v1/chat/completions HTTP/1.1\r\nHost: loc"], ids=["nothing", "half-a-head"]
)
def test_who_never_ends_a_head_is_hung_up_on(hasty, said):
    with connected(hasty) as connection:
        connection.sendall(said)
        assert hung_up(connection)


def test_who_never_ends_a_body_is_told_so(hasty):
    with connected(hasty) as connection:
        connection.sendall(HEAD.format(100).encode() + b'{"model": "ti')
        answer = b"".join(iter(lambda: connection.recv(4000), b"")).decode()
    assert answer.startswith("HTTP/1.1 408")
    assert "request_timeout" in answer


def test_a_body_in_chunks_is_bounded_too(hasty):
    head = HEAD.replace("Content-Length: {}", "Transfer-Encoding: chunked").encode()
    with connected(hasty) as connection:
        connection.sendall(head)
        answer = b""
        try:
            for _ in range(40):
                connection.sendall(b"10000\r\n" + b" " * 0x10000 + b"\r\n")
        except ConnectionError:
            pass  # the server had enough
        answer = connection.recv(4000)
    assert b"413" in answer.split(b"\r\n")[0]


@pytest.mark.parametrize("streams", [True, False])
def test_a_client_that_leaves_frees_its_place(streams, monkeypatch):
    engine, decoder = echoing()
    decoder.hold()
    replies, submit = [], engine.submit
    monkeypatch.setattr(engine, "submit", lambda *asked: replies.append(submit(*asked)) or replies[-1])
    prompts = Prompts(lambda messages: ids(messages[-1]["content"]), fitted=None, text=None)
    service = Service(engine, prompts, MODEL, created=0)
    body = json.dumps({**ASKED, "messages": [{"role": "user", "content": "x" * 50}], "stream": streams}).encode()
    with served(service) as server:
        with connected(server) as connection:
            connection.sendall(HEAD.format(len(body)).encode() + body)
            until(lambda: engine.load.running)
        until(lambda: replies[0].left.is_set())
        decoder.let()
        until(lambda: engine.load == (0, 0))
        assert decoder.steps <= 1


def test_who_leaves_in_the_middle_of_a_request_breaks_nothing(server, client):
    with connected(server) as connection:
        connection.sendall(HEAD.format(1000).encode() + b'{"model": ')
    assert client.models.list().data
