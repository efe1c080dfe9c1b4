"""`pedcorpus pairs` tells what it would ask, and what it lacks."""

from pathlib import Path

import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from tests.chapter import CHAPTER


@pytest.fixture
def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An accepted chapter, in the current folder."""
    (tmp_path / "textbooks").mkdir()
    (tmp_path / "textbooks" / "chapter.md").write_text(CHAPTER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PEDCORPUS_WORKSPACE", raising=False)
    assert run(["ingest", "textbooks"]) == ExitCode.DONE
    assert run(["review", "--accept-all", "--reviewer", "wang"]) == ExitCode.DONE
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
