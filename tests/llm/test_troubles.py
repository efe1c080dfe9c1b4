import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from pedcorpus.errors import EndpointError, ExitCode
from pedcorpus.llm import Endpoint, Fault, Patience, Reply, ReplyStore
from pedcorpus.llm.door import Door
from pedcorpus.llm.responses import Response, meaning_of, wait_s
from tests.llm.asks import QUICK, ask, door, number_of, outcome, outcomes, request_text
from tests.llm.server import Answer, Payload, ScriptedServer, serving

WHOLE = '{"answer": "ok"}'


class Twice:
    """Gives each question trouble the first time, or the first few."""

    def __init__(self, trouble: Answer, times: int = 1) -> None:
        self._trouble, self._times = trouble, times
        self._seen: Counter[str] = Counter()

    def __call__(self, payload: Payload) -> str | Answer:
        self._seen[request_text(payload)] += 1
        return self._trouble if self._seen[request_text(payload)] <= self._times else WHOLE


@pytest.mark.parametrize(
    "trouble",
    [
        Answer(status=429, headers={"Retry-After": "0.02"}),
        Answer(status=429),
        Answer(status=500),
        Answer(status=503),
        Answer(is_cut=True),
    ],
    ids=["429 with Retry-After", "429", "500", "503", "connection cut"],
)
def test_troubles_cost_time_and_never_rows(server: ScriptedServer, store: ReplyStore, trouble: Answer) -> None:
    server.script.answer = Twice(trouble, times=2)
    got = outcomes(door(server, store), range(40))
    assert all(isinstance(each, Reply) for each in got)
    assert set(server.paid.values()) == {1}


def test_a_server_that_takes_fewer_at_once_still_answers_all(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.in_flight, server.script.latency_s = 3, 0.01
    a_door = door(server, store, at={"concurrency": 24})
    assert all(isinstance(each, Reply) for each in outcomes(a_door, range(150)))
    assert a_door.meter.allowed < 12
    assert server.asked.total() < 3 * 150
    assert set(server.paid.values()) == {1}


def test_nothing_is_sent_while_the_server_wants_a_pause(server: ScriptedServer, store: ReplyStore) -> None:
    times = []

    def answer(payload: Payload) -> str | Answer:
        times.append(time.monotonic())
        return Answer(status=429, headers={"Retry-After": "0.6"}) if len(times) == 1 else WHOLE

    server.script.answer = answer
    outcomes(door(server, store), range(3))
    assert times[1] - times[0] >= 0.59


def test_a_question_that_always_breaks_the_server_becomes_a_fault(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.answer = lambda payload: Answer(status=500, error="boom") if number_of(payload) == 5 else WHOLE
    got = outcomes(door(server, store, patience=Patience(0.001, 0.01, tries=3), at={"concurrency": 2}), range(400))
    faults = [each for each in got if isinstance(each, Fault)]
    assert [(fault.reason, "boom" in fault.detail) for fault in faults] == [("server_error", True)]


def test_a_reply_that_never_comes_becomes_a_fault(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.answer = lambda payload: Answer(WHOLE, delay_s=5 if number_of(payload) == 1 else 0)
    got = outcomes(door(server, store, at={"timeout_s": 0.2}), range(3))
    assert [getattr(each, "reason", "") for each in got] == ["", "timed_out", ""]
    server.script.answer = lambda _: WHOLE
    assert all(isinstance(each, Reply) for each in outcomes(door(server, store), range(3)))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer(status=403, error="not for you"), "OPENAI_API_KEY"),
        (Answer(status=402, error="Insufficient Balance"), "credit"),
        (Answer(status=429, error="You exceeded your current quota", code="insufficient_quota"), "quota"),
        (Answer(status=400, error="messages: unknown role"), "unknown role"),
    ],
    ids=["forbidden", "no credit", "no quota", "bad request"],
)
def test_what_concerns_every_question_ends_the_run(
    server: ScriptedServer, store: ReplyStore, answer: Answer, told: str
) -> None:
    server.script.answer = lambda _: answer
    with pytest.raises(EndpointError, match=told) as caught:
        outcomes(door(server, store), range(100))
    assert caught.value.exit_code == ExitCode.WRONG_USAGE
    assert server.asked.total() == 1


def test_a_wrong_model_is_told_by_name(server: ScriptedServer, store: ReplyStore) -> None:
    with pytest.raises(EndpointError, match=r"gpt-99.*correct model or base_url"):
        outcomes(door(server, store, at={"model": "gpt-99"}), range(3))


def test_a_key_that_expires_half_way_loses_nothing(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.answer = lambda payload: WHOLE if number_of(payload) < 30 else Answer(status=401, error="key expired")
    with pytest.raises(EndpointError, match="key expired"):
        outcomes(door(server, store), range(60))
    server.script.answer = lambda _: WHOLE
    assert all(isinstance(each, Reply) for each in outcomes(door(server, store), range(60)))
    assert set(server.paid.values()) == {1}


def test_replies_in_flight_when_the_run_breaks_off_are_kept(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.answer = lambda payload: (
        Answer(status=401) if number_of(payload) == 5 else Answer(WHOLE, delay_s=0.3 * (number_of(payload) > 0))
    )
    with pytest.raises(EndpointError):
        outcomes(door(server, store), range(8))
    kept = outcomes(door(server, store, replay=True), range(8))
    assert sum(isinstance(each, Reply) for each in kept) == server.paid.total() == 7


def test_nobody_listening_is_told_at_once(store: ReplyStore) -> None:
    nobody = Endpoint("http://127.0.0.1:9/v1", "scripted")
    with pytest.raises(EndpointError, match="nothing answers there"):
        list(Door(nobody, store, patience=QUICK).ask_all(range(3), ask_of=ask))


def test_a_server_that_falls_silent_ends_the_run(store: ReplyStore) -> None:
    with serving() as server:
        server.script.answer = lambda payload: WHOLE if number_of(payload) < 3 else Answer(is_cut=True)
        a_door = door(server, store, patience=Patience(0.01, 0.05, silence_s=0.5))
        with pytest.raises(EndpointError, match="answered nothing for"):
            outcomes(a_door, range(10))


def test_a_server_may_be_away_for_longer_than_one_question_is_tried(server: ScriptedServer, store: ReplyStore) -> None:
    began = time.monotonic()
    server.script.answer = lambda payload: (
        WHOLE if number_of(payload) < 3 or time.monotonic() - began > 1 else Answer(is_cut=True)
    )
    got = outcomes(door(server, store, patience=Patience(0.01, 0.02, tries=4)), range(20))
    assert all(isinstance(each, Reply) for each in got)


def test_what_is_no_url_is_told(store: ReplyStore) -> None:
    with pytest.raises(EndpointError, match=r"no base URL|nothing answers"):
        list(Door(Endpoint("not a url", "m"), store, patience=QUICK).ask_all(range(1), ask_of=ask))


NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def _date(seconds: float) -> str:
    return format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": _date(90)}, 90.0),
        ({"retry-after": _date(-90)}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m30s"}, 90.0),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "20ms"}, 0.02),
        ({"x-ratelimit-remaining-requests": "5", "x-ratelimit-reset-requests": "1m"}, None),
        ({}, None),
    ],
    ids=["seconds", "ms", "date", "past", "words", "requests", "tokens", "not used up", "none"],
)
def test_how_long_a_server_wants_to_be_left_alone(headers: dict[str, str], seconds: float | None) -> None:
    assert wait_s(headers, now=NOW.timestamp()) == seconds


@pytest.mark.parametrize(
    ("status", "message", "meaning"),
    [
        (500, "CUDA out of memory", "broken"),
        (500, "context size exceeded", "too_long"),
        (500, "input is too large to process. increase the physical batch size", "too_long"),
        (501, "This server does not support embeddings", "invalid"),
        (503, "Loading model", "busy"),
        (408, "", "broken"),
        (400, "max_tokens is too large: 9000. This model supports at most 4096", "too_long"),
        (400, "The response was filtered: content_filter", "refused"),
        (400, "response_format json_schema is not supported", "no_format"),
        (400, "unknown role", "invalid"),
        (422, "messages: field required", "invalid"),
        (404, "", "unusable"),
    ],
)
def test_what_a_response_means(status: int, message: str, meaning: str) -> None:
    body = '{"error": {"message": "' + message + '"}}'
    assert meaning_of(Response(status, {}, body)) == meaning


def test_a_refusal_by_status_is_a_fault_of_one_question(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.answer = lambda _: Answer(status=400, error="content_filter", code="content_filter")
    got = outcome(server, store)
    assert isinstance(got, Fault)
    assert got.reason == "refused"
