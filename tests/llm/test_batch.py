import json

import pytest

from pedcorpus.errors import EndpointError
from pedcorpus.llm import Fault, Reply, ReplyStore, collect_batches, submit_batches
from pedcorpus.llm import batch as batch_module
from tests.llm.asks import ask, door, endpoint, number_of, outcomes
from tests.llm.server import Answer, ScriptedServer

ASKS = [ask(number) for number in range(6)]


def test_a_batch_is_submitted_collected_and_never_paid_twice(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.answer = lambda payload: f'{{"answer": "{number_of(payload)}"}}'
    submitted = submit_batches(endpoint(server), store, ASKS)
    assert [(batch.id, batch.requests, batch.state) for batch in submitted] == [("batch-0", 6, "open")]
    report = collect_batches(endpoint(server), store)
    assert (report.replies, report.states, dict(report.unanswered)) == (6, {"batch-0": "completed"}, {})
    got = outcomes(door(server, store), range(6))
    assert [each.data.answer for each in got if isinstance(each, Reply) and each.data] == list("012345")
    assert all(each.is_cached for each in got)
    assert set(server.paid.values()) == {1}


def test_a_later_process_waits_and_collects(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.batch_polls = 3
    submit_batches(endpoint(server), store, ASKS)
    with ReplyStore(store.path) as later:
        assert collect_batches(endpoint(server), later).states == {"batch-0": "in_progress"}
        assert [batch.state for batch in later.batches()] == ["open"]
    with ReplyStore(store.path) as much_later:
        collect_batches(endpoint(server), much_later)
        assert collect_batches(endpoint(server), much_later).replies == 6
        assert [(batch.state, batch.requests) for batch in much_later.batches()] == [("collected", 6)]
        assert collect_batches(endpoint(server), much_later).states == {}


def test_what_waits_in_a_batch_is_not_asked_beside_it(server: ScriptedServer, store: ReplyStore) -> None:
    submit_batches(endpoint(server), store, ASKS[:2])
    got = outcomes(door(server, store), range(3))
    assert [getattr(each, "reason", "") for each in got] == ["not_cached", "not_cached", ""]
    assert isinstance(got[0], Fault)
    assert "batch-0" in got[0].detail
    assert submit_batches(endpoint(server), store, ASKS[:3]) == []


@pytest.mark.parametrize(("ends", "done", "replies"), [("expired", 4, 4), ("cancelled", 2, 2), ("failed", None, 0)])
def test_what_a_batch_did_not_answer_is_asked_by_the_next_run(
    server: ScriptedServer, store: ReplyStore, ends: str, done: int | None, replies: int
) -> None:
    server.script.batch_ends, server.script.batch_done = ends, done  # type: ignore[assignment]  # a literal
    submit_batches(endpoint(server), store, ASKS)
    report = collect_batches(endpoint(server), store)
    assert (report.replies, report.unanswered.total()) == (replies, 6 - replies)
    assert all(isinstance(each, Reply) for each in outcomes(door(server, store), range(6)))
    assert set(server.paid.values()) == {1}
    assert len(server.payloads) == 6 - replies


def test_lines_that_failed_keep_their_reason(server: ScriptedServer, store: ReplyStore) -> None:
    too_long = Answer(status=400, error="maximum context length is 4096")
    server.script.answer = lambda payload: (
        {0: too_long, 1: Answer(status=500)}.get(number_of(payload)) or '{"answer": "ok"}'
    )
    submit_batches(endpoint(server), store, ASKS)
    assert collect_batches(endpoint(server), store).unanswered == {"status_500": 1}
    replayed = outcomes(door(server, store, replay=True), range(6))
    assert [getattr(each, "reason", "") for each in replayed] == ["too_long", "not_cached", "", "", "", ""]


def test_a_batch_whose_id_was_never_learnt_is_found_again(server: ScriptedServer, store: ReplyStore) -> None:
    batch = submit_batches(endpoint(server), store, ASKS)[0]
    store.change_batch(batch.token, id=None, state="open")  # as a kill right after submitting leaves it
    assert collect_batches(endpoint(server), store).replies == 6


def test_a_batch_that_never_reached_the_provider_is_asked_live(server: ScriptedServer, store: ReplyStore) -> None:
    batch = submit_batches(endpoint(server), store, ASKS)[0]
    store.change_batch(batch.token, id=None, state="open")
    server._batches.clear()
    assert collect_batches(endpoint(server), store).unanswered == {"never_submitted": 6}
    assert all(isinstance(each, Reply) for each in outcomes(door(server, store), range(6)))


def test_many_requests_become_several_files(
    server: ScriptedServer, store: ReplyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_module, "_MOST_LINES", 4)
    assert [batch.requests for batch in submit_batches(endpoint(server), store, ASKS)] == [4, 2]
    assert collect_batches(endpoint(server), store).replies == 6


def test_the_file_holds_the_requests_as_a_live_run_sends_them(server: ScriptedServer, store: ReplyStore) -> None:
    submit_batches(endpoint(server), store, ASKS[:1])
    outcomes(door(server, store), [0, 9])
    line = json.loads(server._files["file-0"])
    assert (line["method"], line["url"]) == ("POST", "/v1/chat/completions")
    assert line["body"] == {**server.payloads[0], "messages": [{"role": "user", "content": "question 0"}]}


def test_an_endpoint_without_batch_files_is_told(
    server: ScriptedServer, store: ReplyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_file", lambda *_: (404, {}, b"{}"))
    with pytest.raises(EndpointError, match="has no batch files"):
        submit_batches(endpoint(server), store, ASKS)
    assert store.batches() == []
