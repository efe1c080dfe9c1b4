from __future__ import annotations

import pytest

from pedcorpus.web.throttle import Throttle
from tests.web.conftest import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def throttle(clock: Clock) -> Throttle:
    return Throttle(clock)


def failed(throttle: Throttle, address: str, times: int) -> float:
    for _ in range(times):
        throttle.failed(address)
    return throttle.wait_s(address)


def test_some_wrong_tokens_cost_nothing_and_each_more_costs_double(throttle: Throttle) -> None:
    assert failed(throttle, "10.0.0.1", 5) == 0
    assert failed(throttle, "10.0.0.1", 1) == pytest.approx(2)
    assert failed(throttle, "10.0.0.1", 1) == pytest.approx(4)
    assert failed(throttle, "10.0.0.1", 50) == 900
    assert throttle.wait_s("10.0.0.2") == 0


def test_a_wait_passes(throttle: Throttle, clock: Clock) -> None:
    failed(throttle, "10.0.0.1", 8)
    clock.now += 7
    assert throttle.wait_s("10.0.0.1") == pytest.approx(1)
    clock.now += 1
    assert throttle.wait_s("10.0.0.1") == 0


def test_what_went_wrong_long_ago_is_forgotten(throttle: Throttle, clock: Clock) -> None:
    failed(throttle, "10.0.0.1", 5)
    clock.now += 3600
    assert failed(throttle, "10.0.0.1", 4) == 0


def test_a_right_token_makes_up_for_wrong_ones(throttle: Throttle) -> None:
    failed(throttle, "10.0.0.1", 5)
    throttle.succeeded("10.0.0.1")
    assert failed(throttle, "10.0.0.1", 5) == 0


def test_many_addresses_together_make_strangers_wait_and_nobody_known(throttle: Throttle) -> None:
    throttle.succeeded("10.0.0.1")
    for number in range(200):
        throttle.failed(f"192.0.2.{number}")
    assert throttle.wait_s("198.51.100.1") == 30
    assert throttle.wait_s("10.0.0.1") == 0


def test_its_memory_is_bounded(throttle: Throttle) -> None:
    for number in range(10_000):
        throttle.failed(str(number))
        throttle.succeeded(f"good {number}")
    assert len(throttle._counts) == 4096
    assert len(throttle._trusted) == 1024


def test_many_failures_at_once_do_not_overflow(throttle: Throttle, clock: Clock) -> None:
    assert failed(throttle, "10.0.0.1", 5000) == 900
    clock.now += 10**9
    assert throttle.wait_s("10.0.0.1") == 0
