import pytest

from pedcorpus.errors import UsageError
from pedcorpus.llm import Budget, ReplyStore
from tests.llm.asks import door, outcomes
from tests.llm.server import Answer, ScriptedServer

PRICED = {"input_price": 1000.0, "output_price": 1000.0}  # a token costs 0.001


def test_requests_stop_at_the_cap(server: ScriptedServer, store: ReplyStore) -> None:
    a_door = door(server, store, budget=Budget(max_requests=13))
    got = outcomes(a_door, range(100))
    assert (len(got), server.paid.total(), a_door.budget.reached) == (13, 13, "max_requests")


def test_a_run_within_its_budget_does_not_reach_it(server: ScriptedServer, store: ReplyStore) -> None:
    a_door = door(server, store, at=PRICED, budget=Budget(max_requests=10, max_cost=100.0))
    assert len(outcomes(a_door, range(10))) == 10
    assert a_door.budget.reached is None


def test_the_cost_never_overshoots_the_cap(server: ScriptedServer, store: ReplyStore) -> None:
    server.script.latency_s = 0.01
    server.script.answer = lambda _: '{"answer": "' + "long " * 100 + '"}'
    a_door = door(server, store, at=PRICED, budget=Budget(max_cost=20.0))
    got = outcomes(a_door, range(200))
    assert a_door.budget.reached == "max_cost"
    assert 15 < a_door.meter.cost <= 20.0
    assert 0 < len(got) == server.paid.total() < 200


def test_the_next_run_goes_on_where_the_cap_stopped(server: ScriptedServer, store: ReplyStore) -> None:
    outcomes(door(server, store, budget=Budget(max_requests=7)), range(20))
    assert len(outcomes(door(server, store), range(20))) == 20
    assert set(server.paid.values()) == {1}


def test_cached_replies_cost_nothing(server: ScriptedServer, store: ReplyStore) -> None:
    outcomes(door(server, store), range(20))
    again = door(server, store, at=PRICED, budget=Budget(max_requests=0, max_cost=0.0))
    assert len(outcomes(again, range(20))) == 20
    assert again.budget.reached is None


def test_requests_that_were_refused_are_not_counted(server: ScriptedServer, store: ReplyStore) -> None:
    calls = iter(range(10_000))
    server.script.answer = lambda _: '{"answer": "ok"}' if next(calls) % 2 else Answer(status=500)
    a_door = door(server, store, budget=Budget(max_requests=20))
    assert len(outcomes(a_door, range(20))) == 20


def test_a_cap_on_cost_needs_prices(server: ScriptedServer, store: ReplyStore) -> None:
    with pytest.raises(UsageError, match=r"llm\.input_price"):
        door(server, store, budget=Budget(max_cost=1.0))


@pytest.mark.parametrize("cost", [0.0, 0.5])
def test_what_is_in_flight_is_waited_for_before_the_cap_is_called(cost: float) -> None:
    budget = Budget(max_cost=1.0)
    assert budget.reserve(0.8) is True
    assert budget.reserve(0.8) is None
    budget.settle(0.8, cost=cost)
    assert budget.reserve(0.8) is (cost == 0.0)
