import time
from collections.abc import Iterator

import pytest

from pedcorpus.llm import Fault, Reply, ReplyStore
from tests.llm.asks import Verse, ask, attempts, door, number_of, outcome, outcomes, prose
from tests.llm.server import Answer, Payload, ScriptedServer


def test_outcomes_come_in_the_order_of_the_items_however_slow_each_is(
    server: ScriptedServer, store: ReplyStore
) -> None:
    def slow_when_even(payload: Payload) -> Answer:
        return Answer(f'{{"answer": "{number_of(payload)}"}}', delay_s=0.02 * (number_of(payload) % 2 == 0))

    server.script.answer = slow_when_even
    got = list(door(server, store).ask_all(range(50), ask_of=ask))
    assert [item for item, _ in got] == list(range(50))
    assert [each.data for _, each in got if isinstance(each, Reply)] == [Verse(answer=str(n)) for n in range(50)]


def test_a_reply_is_paid_for_once(server: ScriptedServer, store: ReplyStore) -> None:
    first = outcomes(door(server, store), range(20))
    second = outcomes(door(server, store), range(20))
    assert set(server.paid.values()) == {1}
    assert [each.is_cached for each in (*first, *second)] == [False] * 20 + [True] * 20


def test_the_same_question_twice_in_one_run_is_asked_once(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.latency_s = 0.05
    got = outcomes(door(server, store), [7, 7, 7])
    assert [each.is_cached for each in got] == [False, True, True]
    assert server.asked.total() == 1


def test_items_are_drawn_as_they_are_needed(server: ScriptedServer, store: ReplyStore) -> None:
    drawn = 0

    def endless() -> Iterator[int]:
        nonlocal drawn
        while True:
            yield drawn
            drawn += 1

    asking = door(server, store).ask_all(endless(), ask_of=ask)
    for _ in range(3):
        next(asking)
    asking.close()  # type: ignore[attr-defined]  # a generator behind its interface
    assert drawn <= 8 * 8 + 3


def test_all_slots_are_busy(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.latency_s = 0.02
    outcomes(door(server, store), range(60))
    assert server.most_in_flight == 8


def test_replies_received_before_an_interruption_are_kept(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.answer = lambda payload: Answer('{"answer": "ok"}', delay_s=0.01 if number_of(payload) < 20 else 60)
    started = time.monotonic()
    for item, _ in door(server, store).ask_all(range(100), ask_of=ask):
        if item == 19:
            break
    assert time.monotonic() - started < 30
    again = door(server, store, replay=True)
    assert sum(isinstance(each, Reply) for each in outcomes(again, range(100))) == 20


def test_an_error_among_the_items_reaches_the_caller(server: ScriptedServer, store: ReplyStore) -> None:
    def broken() -> Iterator[int]:
        yield from range(10)
        raise LookupError("no such fragment")

    with pytest.raises(LookupError, match="no such fragment"):
        outcomes(door(server, store), broken())


def test_replay_sends_nothing(server: ScriptedServer, store: ReplyStore) -> None:
    outcomes(door(server, store), range(3))
    got = outcomes(door(server, store, replay=True), range(4))
    assert [type(each) for each in got] == [Reply, Reply, Reply, Fault]
    assert isinstance(got[3], Fault)
    assert got[3].reason == "not_cached"
    assert server.asked.total() == 3


def test_prose_is_asked_for_without_a_schema(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.answer = lambda _: "Cough syrup is not for infants."
    got = outcome(server, store, prose)
    assert isinstance(got, Reply)
    assert got.text == "Cough syrup is not for infants."
    assert (got.data, got.steps) == (None, ())
    assert "response_format" not in server.payloads[0]


def test_a_faulty_reply_is_kept_and_asked_anew_only_on_request(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.answer = lambda _: Answer('{"answer": "half', finish="length")
    assert isinstance(outcome(server, store), Fault)
    server.script.answer = lambda _: '{"answer": "whole"}'
    assert isinstance(outcome(server, store), Fault)
    assert isinstance(outcome(server, store, retry=["refused"]), Fault)
    assert isinstance(outcome(server, store, retry=["truncated"]), Reply)
    again = outcome(server, store)
    assert isinstance(again, Reply)
    assert [turn.attempt for turn in attempts(store, again.key)] == [0, 1]
    assert server.asked.total() == 2


def test_the_meter_tells_what_was_asked_and_what_it_cost(server: ScriptedServer, store: ReplyStore) -> None:
    first = door(server, store, at={"input_price": 1.0, "output_price": 2.0})
    outcomes(first, range(4))
    second = door(server, store)
    outcomes(second, range(6))
    assert (first.meter.requests, first.meter.outcomes, first.meter.cached) == (4, 4, 0)
    assert (second.meter.requests, second.meter.outcomes, second.meter.cached) == (2, 6, 4)
    assert first.meter.prompt_tokens == 4 * len("question 0")
    assert first.meter.cost == pytest.approx((4 * 10 * 1.0 + 4 * 16 * 2.0) / 1e6)
    assert second.meter.by_tag == {"verse": 6}
