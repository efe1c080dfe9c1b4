from __future__ import annotations

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.errors import UsageError
from pedcorpus.records import Role
from pedcorpus.settings import Workspace


@pytest.fixture
def ward(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def test_without_accounts_everybody_may_do_everything(ward: Workspace) -> None:
    assert flow.role_of(ward, "anybody") is Role.STEWARD


def test_with_accounts_a_stranger_reviews_and_no_more(ward: Workspace) -> None:
    flow.add_account(ward, "wang", Role.ADJUDICATOR)
    assert flow.role_of(ward, "wang") is Role.ADJUDICATOR
    assert flow.role_of(ward, "li") is Role.REVIEWER


def test_a_token_has_160_random_bits(ward: Workspace) -> None:
    tokens = {flow.add_account(ward, f"doctor {number}") for number in range(50)}
    assert len(tokens) == 50
    assert all(re.fullmatch(r"([0-9a-hjkmnp-tv-z]{4}-){7}[0-9a-hjkmnp-tv-z]{4}", token) for token in tokens)


@pytest.mark.parametrize(
    "typed",
    [
        lambda token: token,
        lambda token: token.upper(),
        lambda token: f"  {token.replace('-', ' ')}\n",
        # as read from paper
        lambda token: token.replace("0", "O").replace("1", "l"),
    ],
)
def test_a_token_is_known_however_it_is_typed(ward: Workspace, typed) -> None:
    token = flow.add_account(ward, "wang")
    found = flow.account_of_token(flow.accounts(ward), typed(token))
    assert found is not None


@pytest.mark.parametrize("wrong", ["", "-", "wang", "k7mq-2b8x", "\ud800", "令牌"])
def test_a_wrong_token_is_nobodys(ward: Workspace, wrong: str) -> None:
    flow.add_account(ward, "wang")
    assert flow.account_of_token(flow.accounts(ward), wrong) is None


def test_a_new_token_ends_the_old_one_and_keeps_the_role(ward: Workspace) -> None:
    old = flow.add_account(ward, "wang", Role.STEWARD)
    new = flow.renew_token(ward, "wang")
    assert flow.account_of_token(flow.accounts(ward), old) is None
    found = flow.account_of_token(flow.accounts(ward), new)
    assert found is not None
    assert found.role is Role.STEWARD


def test_the_file_is_for_its_owner_alone(ward: Workspace) -> None:
    flow.add_account(ward, "wang")
    assert stat.S_IMODE(ward.accounts_path.stat().st_mode) == 0o600
    assert [path.name for path in ward.root.iterdir()] == ["accounts.json"]


def test_a_file_that_others_may_write_is_refused(ward: Workspace) -> None:
    flow.add_account(ward, "wang")
    ward.accounts_path.chmod(0o660)
    with pytest.raises(UsageError, match="chmod 600"):
        flow.accounts(ward)


@pytest.mark.parametrize("text", ["", "{}", "[{}]", '[{"name": "wang"}]', "\x00"])
def test_a_damaged_file_is_told_and_not_taken_for_no_accounts(ward: Workspace, text: str) -> None:
    ward.accounts_path.write_text(text, encoding="utf-8")
    ward.accounts_path.chmod(0o600)
    for reads in (lambda: flow.accounts(ward), lambda: flow.add_account(ward, "wang")):
        with pytest.raises(UsageError, match="no file of accounts"):
            reads()
    assert ward.accounts_path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", ["", " ", " wang", "-wang", "wa\nng", "wa\x1b[31mng", "wa\u202eng", "w" * 65])
def test_what_cannot_stand_on_a_line_is_no_name(ward: Workspace, name: str) -> None:
    with pytest.raises(UsageError, match="name"):
        flow.add_account(ward, name)
    assert not ward.accounts_path.exists()


def test_a_name_is_given_once_however_it_is_composed(ward: Workspace) -> None:
    flow.add_account(ward, "Jose\u0301")
    with pytest.raises(UsageError, match="has an account"):
        flow.add_account(ward, "Jos\u00e9")


@pytest.mark.parametrize(
    "change", [flow.renew_token, flow.remove_account, lambda w, n: flow.change_role(w, n, Role.STEWARD)]
)
def test_an_unknown_name_is_told_with_the_known_ones(ward: Workspace, change) -> None:
    flow.add_account(ward, "wang")
    with pytest.raises(UsageError, match="they are: wang"):
        change(ward, "li")


def test_writers_at_once_lose_no_account(ward: Workspace) -> None:
    names = [f"doctor {number}" for number in range(40)]
    with ThreadPoolExecutor(8) as writers:  # each opens the file itself, as processes do
        tokens = set(writers.map(lambda name: flow.add_account(ward, name), names))
    assert len(tokens) == 40
    assert {account.name for account in flow.accounts(ward)} == set(names)


def test_a_folder_that_cannot_be_written_is_told(ward: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    flow.add_account(ward, "wang")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UsageError, match="No space left"):
        flow.add_account(ward, "li")
    assert [account.name for account in flow.accounts(ward)] == ["wang"]
    assert [path.name for path in ward.root.iterdir()] == ["accounts.json"]
