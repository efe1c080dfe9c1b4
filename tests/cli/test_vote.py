from __future__ import annotations

import json
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from pedcorpus.evaluation import Ballot
from pedcorpus.records import Dimension
from pedcorpus.settings import Workspace
from tests.evaluation.votes_by_hand import row, write_run

IDS = [f"q{number}" for number in range(4)]


@pytest.fixture
def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A workspace with two runs; the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PEDCORPUS_WORKSPACE", raising=False)
    assert run(["init"]) == ExitCode.DONE
    write_run(tmp_path / "base.jsonl", [row(each, "多喝水", model="base[7B]") for each in IDS])
    write_run(tmp_path / "report", [row(each, "就医", model="dfpo") for each in [*IDS, "q9"]])
    capsys.readouterr()
    return tmp_path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Ballot]:
    """The ballots that were opened on a terminal; nobody votes on them."""
    ballots: list[Ballot] = []
    monkeypatch.setattr("pedcorpus.screens.run_vote", lambda ballot, **_: ballots.append(ballot) or 0)
    return ballots


def vote(ward: Path, voter: str, model_reply: str) -> None:
    ballot = flow.open_ballot(Workspace(ward), voter)
    for pair in ballot.pairs:
        side = "left" if pair.left == model_reply else "right"
        ballot.cast(pair.id, dict.fromkeys(Dimension, side), seconds=9.0)  # type: ignore[arg-type] - a side, of two
    ballot.hand_in()


def test_two_runs_open_a_ballot_and_what_is_left_out_is_told(
    ward: Path, opened: list[Ballot], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["vote", "base.jsonl", "./report", "--reviewer", "wang"]) == ExitCode.DONE
    assert [(ballot.voter, len(ballot.pairs)) for ballot in opened] == [("wang", 4)]
    assert "1 answered by the second run alone, left out: report:5" in capsys.readouterr().err


def test_doctors_need_not_name_the_runs(ward: Path, opened: list[Ballot], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["vote", "prepare", "base.jsonl", "./report"]) == ExitCode.DONE
    pairing = capsys.readouterr().err.split("--pairing ")[1].split()[0]
    assert run(["vote"]) == run(["vote", "--reviewer", "li", "--pairing", pairing]) == ExitCode.DONE
    assert len(opened) == 2


def test_runs_that_changed_are_told(ward: Path, opened: list[Ballot], capsys: pytest.CaptureFixture[str]) -> None:
    run(["vote", "prepare", "base.jsonl", "./report"])
    vote(ward, "wang", "就医")
    write_run(ward / "base.jsonl", [row(each, "多喝温水") for each in IDS])
    capsys.readouterr()
    assert run(["vote", "base.jsonl", "./report"]) == ExitCode.DONE
    assert "replies have changed since 4 pairs were judged" in capsys.readouterr().err


def test_the_report_is_a_table_json_and_a_picture(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["vote", "prepare", "base.jsonl", "./report"])
    vote(ward, "wang", "就医")
    capsys.readouterr()
    assert run(["vote", "report", "--png", "votes.png"]) == ExitCode.DONE
    out, err = capsys.readouterr()
    assert "base[7B] against dfpo" in out
    assert "4 (100.0%)" in out
    assert "4 of 4 pairs judged (4 by 1)" in err
    assert (ward / "votes.png").read_bytes().startswith(b"\x89PNG")
    assert run(["vote", "report", "./report", "base.jsonl", "--json"]) == ExitCode.DONE
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["names"], found["overall"]["win"]["pairs"]) == (["dfpo", "base[7B]"], 4)
    assert found["dimensions"]["safety"]["win"]["share"]["estimate"] == 1.0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["vote", "base.jsonl"], "expected two runs", id="one run"),
        pytest.param(["vote", "base.jsonl", "nowhere.jsonl"], "nowhere.jsonl: cannot be read", id="no such file"),
        pytest.param(["vote", "report"], "vote prepare RUN_A RUN_B", id="nothing to report"),
        pytest.param(["vote", "--nonsense"], "--nonsense", id="an unknown option"),
    ],
)
def test_wrong_usage_is_told_before_a_screen_opens(
    ward: Path, opened: list[Ballot], arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == ExitCode.WRONG_USAGE
    assert told in capsys.readouterr().err
    assert opened == []


def test_a_picture_is_of_one_pairing_and_into_a_file_that_can_be_written(
    ward: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["vote", "prepare", "base.jsonl", "./report"])
    assert run(["vote", "report", "--png", "no/such.png"]) == ExitCode.WRONG_USAGE
    write_run(ward / "mue.jsonl", [row(each, "观察") for each in IDS])
    run(["vote", "prepare", "base.jsonl", "mue.jsonl"])
    capsys.readouterr()
    assert run(["vote", "report", "--png", "votes.png"]) == ExitCode.WRONG_USAGE
    assert "--pairing" in capsys.readouterr().err
