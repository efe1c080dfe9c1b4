from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pedcorpus.flow import Account
from pedcorpus.records import Role
from pedcorpus.web.sessions import Sessions
from tests.web.conftest import Clock


def account(name: str = "wang", *, role: Role = Role.REVIEWER, token_hash: str = "0" * 64) -> Account:
    return Account(name=name, role=role, token_hash=token_hash, issued=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock) -> Sessions:
    return Sessions(idle_s=60, longest_s=600, clock=clock)


def test_a_login_is_found_by_its_secret_alone(sessions: Sessions) -> None:
    secret = sessions.open(account())
    found = sessions.find(secret, [account()])
    assert found is not None
    assert found.name == "wang"
    assert len(secret) >= 43  # 256 bits
    assert secret not in repr(vars(sessions))
    for other in ("", secret[:-1], secret.lower(), "\ud800"):
        assert sessions.find(other, [account()]) is None


def test_a_login_ends_by_rest_unless_somebody_is_there(sessions: Sessions, clock: Clock) -> None:
    secret = sessions.open(account())
    clock.now += 59
    found = sessions.find(secret, [account()])
    assert found is not None
    sessions.touch(found)
    clock.now += 59
    assert sessions.find(secret, [account()])
    clock.now += 1
    assert sessions.find(secret, [account()]) is None


def test_a_login_ends_by_age_however_busy(sessions: Sessions, clock: Clock) -> None:
    secret = sessions.open(account())
    for _ in range(19):
        clock.now += 30
        found = sessions.find(secret, [account()])
        assert found is not None
        sessions.touch(found)
    clock.now += 30
    assert sessions.find(secret, [account()]) is None


@pytest.mark.parametrize("known", [[], [account("li")], [account(token_hash="1" * 64)], [account(role=Role.STEWARD)]])
def test_a_login_ends_with_its_account_token_and_role(sessions: Sessions, known: list[Account]) -> None:
    secret = sessions.open(account())
    assert sessions.find(secret, known) is None
    assert sessions.find(secret, [account()]) is None, "and it does not come back"


def test_what_has_ended_is_forgotten(sessions: Sessions, clock: Clock) -> None:
    sessions.open(account())
    clock.now += 61
    sessions.open(account("li"))
    sessions.sweep([account(), account("li")])
    assert len(sessions) == 1


def test_one_account_cannot_fill_the_memory(sessions: Sessions, clock: Clock) -> None:
    secrets = []
    for _ in range(20):
        clock.now += 0.1
        secrets.append(sessions.open(account()))
    assert len(sessions) == 8
    assert sessions.find(secrets[-1], [account()])
    assert sessions.find(secrets[0], [account()]) is None
