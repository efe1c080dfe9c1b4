"""pedcorpus generate with a model: what it says before, while nothing is sent, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from pedcorpus.settings import Workspace
from tests.chapter import copied, write_two_chapters
from tests.generate.scripted_model import good_reply
from tests.llm.server import Answer, ScriptedServer, serving

MODEL = ["generate", "--generator", "llm", "--model", "scripted"]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with serving() as started:
        started.script.answer = good_reply
        yield started


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two chapters read, drafted by rule, made once."""
    place = tmp_path_factory.mktemp("drafted")
    workspace = Workspace(place / "ward")
    flow.build(workspace, [write_two_chapters(place)])
    return workspace


@pytest.fixture
def ward(drafted: Workspace, tmp_path: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: two chapters read, drafted by rule."""
    monkeypatch.chdir(copied(drafted, tmp_path).root)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("PEDCORPUS_LLM__BASE_URL", server.base_url)
    monkeypatch.delenv("PEDCORPUS_WORKSPACE", raising=False)
    return tmp_path


def test_a_model_drafts_what_is_checked_at_once(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run([*MODEL, "--task", "evidiag", "--limit", "50"]) == ExitCode.DONE
    said = capsys.readouterr().err
    assert "drafted from" in said
    assert "evidiag" in said
    assert "0 errors" in said


def test_a_dry_run_sends_nothing(ward: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run([*MODEL, "--dry-run"]) == ExitCode.DONE
    told = capsys.readouterr()
    assert "medkqa" in told.out
    assert "prompt tokens" in told.out
    assert "nothing was sent" in told.err
    assert not server.asked


def test_a_cap_is_said(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*MODEL, "--max-requests", "1"]) == ExitCode.DONE
    assert "the requests allowed are used up" in capsys.readouterr().err


def test_faults_end_with_1(ward: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str]) -> None:
    server.script.answer = lambda _: Answer('{"drafts": [', finish="length")
    assert run([*MODEL, "--max-requests", "1"]) == ExitCode.SOME_FAILED
    assert "truncated" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["generate", "--limit", "5"], "--limit"),
        (["generate", "--max-cost", "0"], "--max-cost"),
        (["generate", "--generator", "nobody", "--model", "m"], "nobody"),
        (["generate", "--generator", "llm"], "llm.model"),
        ([*MODEL, "--retry", "mood"], "mood"),
        (["generate", "--generator", "llm", "--model", "wrong"], "wrong"),
    ],
)
def test_wrong_usage_is_one_line(
    ward: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], named: str
) -> None:
    capsys.readouterr()
    assert run(arguments) == ExitCode.WRONG_USAGE
    assert named in capsys.readouterr().err.splitlines()[-1]
