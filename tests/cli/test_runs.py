import json
from pathlib import Path

import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from tests.training.test_runs import a_run, done


@pytest.fixture
def place(tmp_path: Path) -> Path:
    a_run(tmp_path / "runs", done("cpt"), done("mue", adapter=True))
    return tmp_path


def test_runs_are_listed_with_what_came_of_them(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["runs", "-w", str(place)]) == ExitCode.DONE
    assert "0001-v1  finished  v1" in capsys.readouterr().out
    run(["runs", "--json", "-w", str(place)])
    assert json.loads(capsys.readouterr().out)[0]["id"] == "0001-v1"


def test_no_run_says_how_one_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["runs", "-w", str(tmp_path)]) == ExitCode.DONE
    assert "pedcorpus train" in capsys.readouterr().err


def test_one_run_is_shown_with_its_curves(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = place / "runs/0001-v1/cpt"
    folder.mkdir()
    (folder / "metrics.jsonl").write_text('{"step": 1, "loss": 2.0}\n')
    assert run(["runs", "show", "0001-v1", "-w", str(place)]) == ExitCode.DONE
    assert capsys.readouterr().out.startswith("# Run 0001-v1\n")
    assert (place / "runs/0001-v1/curves.png").is_file()


def test_a_run_that_is_not_there_is_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["runs", "show", "0009-v1", "-w", str(place)]) == ExitCode.WRONG_USAGE
    assert "is no run folder" in capsys.readouterr().err


def test_going_on_takes_no_other_settings(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train", "--resume", "last", "--phase", "sft", "-w", str(place)]) == ExitCode.WRONG_USAGE
    assert "takes no other settings" in capsys.readouterr().err
