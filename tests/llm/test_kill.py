import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pedcorpus.llm import Reply, ReplyStore, payload_key
from pedcorpus.llm.payload import payload_of
from tests.llm.asks import ask, door, endpoint, outcomes
from tests.llm.server import ScriptedServer, request_key

COUNT = 240
CLIENT = """
import sys
from pathlib import Path
from pedcorpus.llm import Door, Endpoint, ReplyStore
from tests.llm.asks import ask
with ReplyStore(Path(sys.argv[1])) as store:
    door = Door(Endpoint(sys.argv[2], "scripted", concurrency=8), store)
    for _ in door.ask_all(range(int(sys.argv[3])), ask_of=ask):
        pass
"""


def test_a_killed_run_pays_again_only_for_what_was_in_flight(server: ScriptedServer, tmp_path: Path) -> None:
    server.script.latency_s = 0.01
    path, moments = tmp_path / "replies.sqlite", random.Random(4)
    expected = dict.fromkeys(range(COUNT), 1)
    for _ in range(4):
        _run_and_kill(server, path, after=moments.randrange(5, 60))
        lost = _paid_but_not_kept(server, path)
        assert len(lost) <= 4 * 8
        for number in lost:
            expected[number] = server.paid[_request(number)] + 1
    with ReplyStore(path) as store:
        assert all(isinstance(each, Reply) for each in outcomes(door(server, store), range(COUNT)))
    assert {number: server.paid[_request(number)] for number in range(COUNT)} == expected


def test_an_interrupted_run_ends_soon_and_keeps_what_came(server: ScriptedServer, tmp_path: Path) -> None:
    server.script.latency_s = 0.01
    process = _started(server, tmp_path / "replies.sqlite")
    _wait_for(server, 30)
    process.send_signal(2)
    _, told = process.communicate(timeout=10)
    assert "KeyboardInterrupt" in told.decode()
    assert "was destroyed" not in told.decode()
    with ReplyStore(tmp_path / "replies.sqlite") as store:
        kept = outcomes(door(server, store, replay=True), range(COUNT))
        assert sum(isinstance(each, Reply) for each in kept) >= 10
        assert all(isinstance(each, Reply) for each in outcomes(door(server, store), range(COUNT)))


def _started(server: ScriptedServer, path: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", CLIENT, str(path), endpoint(server).base_url, str(COUNT)]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


def _wait_for(server: ScriptedServer, more: int) -> None:
    until, deadline = server.asked.total() + more, time.monotonic() + 30
    while server.asked.total() < until:
        if time.monotonic() > deadline:
            pytest.fail("the client does not ask")
        time.sleep(0.001)


def _run_and_kill(server: ScriptedServer, path: Path, *, after: int) -> None:
    process = _started(server, path)
    _wait_for(server, after)
    process.kill()
    process.communicate()
    while server._in_flight:  # these are paid for, whoever waits for them
        time.sleep(0.001)


def _paid_but_not_kept(server: ScriptedServer, path: Path) -> list[int]:
    with ReplyStore(path) as store:
        kept = store.find([payload_key(ask(number), "scripted") for number in range(COUNT)])
    numbers = [number for number in range(COUNT) if payload_key(ask(number), "scripted") not in kept]
    return [number for number in numbers if server.paid[_request(number)]]


def _request(number: int) -> str:
    return request_key(payload_of(ask(number), "scripted"))
