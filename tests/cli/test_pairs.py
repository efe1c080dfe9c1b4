"""`pedcorpus pairs` tells what it would ask, and what it lacks."""

from pathlib import Path

import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from pedcorpus.settings import Workspace
from tests.chapter import copied


@pytest.fixture
def ward(accepted: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An accepted chapter, in the current folder."""
    monkeypatch.chdir(copied(accepted, tmp_path).root)
    monkeypatch.delenv("PEDCORPUS_WORKSPACE", raising=False)
    return tmp_path


def test_a_dry_run_tells_answers_and_cost_of_both_models(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (ward / "pedcorpus.toml").write_text(
        '[llm]\nmodel = "big"\noutput_price = 10.0\n[llm.weak]\nmodel = "small"\n', encoding="utf-8"
    )
    capsys.readouterr()
    assert run(["pairs", "--dry-run", "--limit", "2"]) == ExitCode.DONE
    talk = capsys.readouterr().err
    assert "2 answers: big puts them into humane words, small answers the same prompts" in talk
    assert "nothing was sent" in talk


def test_without_a_weak_model_it_says_where_to_name_one(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pairs", "--model", "big"]) == ExitCode.WRONG_USAGE
    assert "--weak-model" in capsys.readouterr().err
