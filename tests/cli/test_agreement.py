from __future__ import annotations

import json
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.cli.main import run
from pedcorpus.records import Verdict
from pedcorpus.settings import Workspace
from tests.cli.test_commands import ward

__all__ = ["ward"]


@pytest.fixture
def reviewed(ward: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A corpus of which two reviewers decided on two instructions, in one way on the first alone."""
    assert run(["ingest", "../textbooks"]) == 0
    first, second, *_ = (entry.id for entry in flow.open_desk(Workspace(ward), "wang").queue())
    for reviewer, verdict in (("wang", Verdict.ACCEPT), ("li", Verdict.REJECT)):
        desk = flow.open_desk(Workspace(ward), reviewer)
        desk.decide(first, Verdict.ACCEPT, seconds=20)
        desk.decide(second, verdict, reason="wrong_fact" if verdict is Verdict.REJECT else "", seconds=40)
    capsys.readouterr()
    return ward


@pytest.mark.usefixtures("reviewed")
def test_agreement_is_told_as_a_table_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreement", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["whole"]["instructions"], found["whole"]["agreed"]) == (2, 0.5)
    assert found["pairs"][0]["reviewers"] == ["li", "wang"]
    assert run(["agreement"]) == 0
    shown = capsys.readouterr().out
    assert "reason wrong_fact" in shown
    assert "50.0%" in shown


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
    assert run(["ingest", "../textbooks"]) == 0
    assert run(["review", "--accept-all", "--reviewer", "wang"]) == 0
    assert run(["agreement"]) == 0
    assert "two reviewers" in capsys.readouterr().err
