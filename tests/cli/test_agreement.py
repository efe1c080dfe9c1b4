from __future__ import annotations

import json
from pathlib import Path

import pytest

from pedcorpus.cli.main import run
from pedcorpus.corpus import Corpus, add_decisions, instruction_ids
from pedcorpus.records import Status, Verdict
from pedcorpus.settings import Workspace
from tests.by_hand import decision
from tests.chapter import copied


@pytest.fixture
def ward(built: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of one chapter, in the current folder."""
    monkeypatch.chdir(copied(built, tmp_path / "ward").root)
    monkeypatch.delenv("PEDCORPUS_WORKSPACE", raising=False)
    return Path.cwd()


@pytest.fixture
def reviewed(ward: Path) -> Path:
    """A corpus of which two reviewers read two instructions blind, and say the same of the first alone."""
    with Corpus(Workspace(ward).corpus_path).unit() as unit:
        first, second, *_ = instruction_ids(unit, [Status.CANDIDATE])
        for reviewer, verdict in (("wang", Verdict.ACCEPT), ("li", Verdict.REJECT)):
            reason = "wrong_fact" if verdict is Verdict.REJECT else ""
            said = [
                decision(first, Verdict.ACCEPT, reviewer=reviewer, readers=2, seconds=20),
                decision(second, verdict, reviewer=reviewer, readers=2, reason=reason, seconds=40),
            ]
            add_decisions(unit, said)
    return ward


@pytest.mark.usefixtures("reviewed")
def test_agreement_is_told_as_a_table_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreement", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["whole"]["instructions"], found["whole"]["agreed"]) == (2, 0.5)
    assert found["pairs"][0]["reviewers"] == ["li", "wang"]
    assert found["disputes"]["open"] == 1
    assert run(["agreement"]) == 0
    shown, told = capsys.readouterr()
    assert "reason wrong_fact" in shown
    assert "50.0%" in shown
    assert "1 wait for an adjudicator" in told


@pytest.mark.usefixtures("reviewed")
def test_what_the_numbers_mean_is_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreement"]) == 0
    assert "alpha is 0.00 over 2 instructions: too few to tell anything" in capsys.readouterr().err


def test_reviewers_are_told_and_drawn(reviewed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = reviewed / "reviewers.png"
    assert run(["reviewers", "--json", "--png", str(picture)]) == 0
    li, wang = json.loads(capsys.readouterr().out)
    assert (li["accept_rate"], wang["accept_rate"], wang["median_seconds"]) == (0.5, 1.0, 30)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert run(["reviewers"]) == 0
    assert "accept rate" in capsys.readouterr().out


def test_a_picture_that_cannot_be_written_is_wrong_usage(reviewed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreement", "--png", str(reviewed / "no" / "such.png")]) == 2
    assert "such.png" in capsys.readouterr().err


@pytest.mark.usefixtures("ward")
def test_without_two_reviewers_there_is_nothing_to_agree_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "--accept-all", "--reviewer", "wang"]) == 0
    assert run(["agreement"]) == 0
    assert "two reviewers" in capsys.readouterr().err
