import logging
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from pedcorpus.errors import PedcorpusError, UsageError
from pedcorpus.llm import Endpoint, Reply, ReplyStore, check_endpoint, collect_batches, submit_batches
from tests.llm.asks import ask, door, endpoint, outcome, outcomes, prose
from tests.llm.server import Answer, ScriptedServer

KEY = "sk-very-secret-0123456789"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def whole_story(error: BaseException) -> str:
    """All that a traceback, a debugger or a report of this error could print."""
    story, seen = "".join(traceback.format_exception(error)), [error]
    while seen:
        each = seen.pop()
        story += repr(each) + repr(vars(each))
        seen += [other for other in (each.__cause__, each.__context__) if other is not None]
    return story


def test_the_key_of_the_environment_is_sent(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.key = KEY
    assert isinstance(outcome(server, store), Reply)


def test_a_refused_key_is_told_by_the_name_of_its_variable_only(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.key = "another"
    with pytest.raises(PedcorpusError, match="set OPENAI_API_KEY") as caught:
        outcomes(door(server, store), range(3))
    assert "Incorrect API key provided: (the key)" in str(caught.value)
    assert KEY not in whole_story(caught.value)


@pytest.mark.parametrize(
    "work",
    [
        lambda at, _: check_endpoint(at),
        lambda at, store: submit_batches(at, store, [ask(2)]),
        lambda at, store: collect_batches(at, store),
    ],
    ids=["check", "submit", "collect"],
)
def test_no_other_way_in_shows_the_key_either(
    server: ScriptedServer, store: ReplyStore, work: Callable[[Endpoint, ReplyStore], object]
) -> None:
    submit_batches(endpoint(server), store, [ask(1)])
    server.script.key = "another"
    with pytest.raises(PedcorpusError) as caught:
        work(endpoint(server), store)
    assert KEY not in whole_story(caught.value)


def test_no_log_line_shows_the_key(
    server: ScriptedServer, store: ReplyStore, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    outcomes(door(server, store), range(3))
    server.script.answer = lambda _: Answer(status=500, error=f"bad key {KEY}")
    with pytest.raises(UsageError):
        check_endpoint(endpoint(server))
    assert KEY not in caplog.text + "".join(capfd.readouterr())


def test_a_server_that_repeats_the_key_does_not_get_it_into_the_store(
    server: ScriptedServer, store: ReplyStore
) -> None:
    server.script.answer = lambda _: f"Your key is {KEY}."
    got = outcome(server, store, prose)
    assert isinstance(got, Reply)
    assert got.text == "Your key is (the key)."
    files = store.path.parent.glob("replies.sqlite*")
    assert all(KEY.encode() not in Path(file).read_bytes() for file in files)


@pytest.mark.parametrize("key", ["钥匙", "two words", "line\nbreak"])
def test_what_cannot_be_a_key_is_told_without_showing_it(
    server: ScriptedServer, store: ReplyStore, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", key)
    with pytest.raises(UsageError, match="OPENAI_API_KEY") as caught:
        outcomes(door(server, store), range(1))
    assert key not in whole_story(caught.value)


def test_neither_endpoint_nor_door_holds_the_key(server: ScriptedServer, store: ReplyStore) -> None:
    a_door = door(server, store)
    outcomes(a_door, range(2))
    assert KEY not in repr(a_door.endpoint) + repr(vars(a_door))


def test_a_key_that_is_an_ordinary_word_spoils_no_reply(
    server: ScriptedServer, store: ReplyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "an")
    server.script.answer = lambda _: "an infant"
    got = outcome(server, store, prose)
    assert isinstance(got, Reply)
    assert "an infant" in got.text
