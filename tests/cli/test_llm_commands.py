"""The commands about a model's server, against the scripted one."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from tests.chapter import CHAPTER
from tests.generate.scripted_model import good_reply
from tests.llm.server import ScriptedServer, serving


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with serving() as started:
        started.script.answer = good_reply
        yield started


@pytest.fixture
def ward(server: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a workspace with one chapter, whose model is the scripted one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PEDCORPUS_LLM__BASE_URL", server.base_url)
    monkeypatch.setenv("PEDCORPUS_LLM__MODEL", "scripted")
    return tmp_path


def ingest(folder: Path) -> None:
    (folder / "chapter.md").write_text(CHAPTER, encoding="utf-8")
    assert run(["ingest", "chapter.md", "--only-read"]) == ExitCode.DONE


def test_check_tells_what_the_server_does(
    ward: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.script.answer = lambda _: '{"colour": "teal-7"}'
    assert run(["llm", "check", "--json"]) == ExitCode.DONE
    found = json.loads(capsys.readouterr().out)
    assert (found["is_listed"], found["honours_schema"], found["honours_json_mode"]) == (True, True, True)
    assert run(["llm", "check"]) == ExitCode.DONE
    assert re.search(r"JSON Schema +yes", capsys.readouterr().out)


def test_check_of_a_wrong_model_is_wrong_usage(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["llm", "check", "--model", "gpt-99"]) == ExitCode.WRONG_USAGE
    assert "gpt-99" in capsys.readouterr().err


def test_the_key_is_taken_from_the_named_variable(
    ward: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server.script.key, server.script.answer = "sk-of-the-ward", lambda _: "hello"
    assert run(["llm", "check"]) == ExitCode.WRONG_USAGE
    monkeypatch.setenv("WARD_KEY", "sk-of-the-ward")
    assert run(["llm", "check", "--key-variable", "WARD_KEY"]) == ExitCode.DONE
    shown = capsys.readouterr()
    assert "sk-of-the-ward" not in shown.out + shown.err


def test_a_batch_is_submitted_looked_at_collected_and_used(
    ward: Path, server: ScriptedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest(ward)
    server.script.batch_polls = 3
    assert run(["llm", "batch", "submit", "--writer", "role_play"]) == ExitCode.DONE
    capsys.readouterr()
    assert run(["llm", "batch", "status", "--json"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)[0]["state"] == "in_progress"
    assert run(["llm", "batch", "collect"]) == ExitCode.SOME_FAILED
    assert run(["llm", "batch", "collect"]) == ExitCode.DONE
    asked = server.asked.total()
    assert run(["generate", "--generator", "role_play"]) == ExitCode.DONE
    assert server.asked.total() == asked > 0
    assert set(server.paid.values()) == {1}


def test_a_batch_stays_within_its_cap(ward: Path, server: ScriptedServer) -> None:
    ingest(ward)
    assert run(["llm", "batch", "submit", "--max-requests", "1"]) == ExitCode.DONE
    assert len(server._files["file-0"].splitlines()) == 1


def test_a_cap_on_cost_needs_prices(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ingest(ward)
    assert run(["llm", "batch", "submit", "--max-cost", "1"]) == ExitCode.WRONG_USAGE
    assert "llm.input_price" in capsys.readouterr().err


@pytest.mark.llm
def test_a_local_model_is_served_until_interrupted() -> None:
    pytest.importorskip("xllamacpp", reason="the [local-llm] extra is not installed")
    command = [sys.executable, "-c", "from pedcorpus.cli import main; main()", "llm", "serve-local", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        base_url = process.stdout.readline().strip()
        with urllib.request.urlopen(f"{base_url}/models", timeout=30) as response:
            assert json.load(response)["data"][0]["id"] == "gemma-3-270m"
        process.send_signal(2)
        try:
            assert process.wait(timeout=30) == ExitCode.INTERRUPTED
        finally:
            process.kill()  # where whoever started this ignores Ctrl-C, it would be waited for without end
