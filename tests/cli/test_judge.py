"""`pedcorpus judge` on two files, with a scripted server."""

import json

import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from tests.evaluation.votes_by_hand import row, write_run
from tests.flow.test_judge import preferring
from tests.llm.server import serving


@pytest.fixture
def judging(tmp_path, monkeypatch):
    """A server that prefers what speaks of water, and the command for two runs."""
    with serving() as server:
        server.script.answer = preferring("水")
        monkeypatch.setenv("PEDCORPUS_LLM__BASE_URL", server.base_url)
        monkeypatch.setenv("PEDCORPUS_LLM__MODEL", "scripted")
        files = [
            str(write_run(tmp_path / f"{name}.jsonl", [row("1", f"{name}：{said}"), row("2", said)]))
            for name, said in (("a", "多喝水。"), ("b", "吃药。"))
        ]
        yield server, ["-w", str(tmp_path), "judge", *files]


def test_two_runs_are_judged_and_drawn(judging, tmp_path, capsys):
    _, command = judging
    assert run([*command, "--json", "--png", str(tmp_path / "judge.png")]) == ExitCode.DONE
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert (told["names"], told["overall"]["win"]["pairs"]) == (["a", "b"], 2)
    assert "the reply shown first was preferred in 8 of 16 (50%, p = 1)" in err
    assert (tmp_path / "judge.png").read_bytes().startswith(b"\x89PNG")


def test_a_dry_run_tells_how_much_would_be_asked_and_sends_nothing(judging, capsys):
    server, command = judging
    assert run([*command, "--dry-run"]) == ExitCode.DONE
    assert "4 judgements of scripted to make" in capsys.readouterr().err
    assert not server.payloads


def test_what_is_missing_is_told_by_the_exit_code(judging, capsys):
    _, command = judging
    assert run([*command, "--max-requests", "1"]) == ExitCode.SOME_FAILED
    assert "3 judgements are missing; the same command goes on from here" in capsys.readouterr().err
