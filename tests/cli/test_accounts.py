from __future__ import annotations

import json
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.cli.main import run
from pedcorpus.records import Role
from pedcorpus.settings import Workspace
from tests.cli.test_commands import ward

__all__ = ["ward"]


def test_a_token_is_printed_once_and_its_hash_alone_kept(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reviewers", "add", "wang", "--role", "adjudicator"]) == 0
    token = capsys.readouterr().out.strip()
    stored = (ward / "accounts.json").read_text(encoding="utf-8")
    assert token not in stored
    assert token.replace("-", "") not in stored
    found = flow.account_of_token(flow.accounts(Workspace(ward)), token)
    assert found is not None
    assert (found.name, found.role) == ("wang", Role.ADJUDICATOR)


def test_accounts_are_listed_without_their_hashes(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reviewers", "add", "wang"]) == 0
    assert run(["reviewers", "role", "wang", "steward"]) == 0
    capsys.readouterr()
    assert run(["reviewers", "list", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["name"], row["role"], set(row)) == ("wang", "steward", {"name", "role", "issued"})
    assert run(["reviewers", "list"]) == 0
    assert "steward" in capsys.readouterr().out


def test_a_removed_account_is_gone_and_said_to_have_been_the_last(
    ward: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["reviewers", "add", "wang"]) == 0
    assert run(["reviewers", "remove", "wang"]) == 0
    assert "no account is left" in capsys.readouterr().err
    assert run(["reviewers", "remove", "wang"]) == 2


def test_a_workspace_named_before_the_last_word_is_taken(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elsewhere = ward.parent / "elsewhere"
    elsewhere.mkdir()
    assert run(["reviewers", "-w", str(elsewhere), "add", "wang"]) == 0
    assert flow.role_of(Workspace(elsewhere), "wang") is Role.REVIEWER
    assert not (ward / "accounts.json").exists()
