from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from pedcorpus.cli import evaluated_models
from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from pedcorpus.evaluation import read_run
from pedcorpus.export import write_export
from tests.export.sample import sample_release
from tests.llm.server import Answer, serving
from tests.training.test_runs import a_run, done

ROWS = [
    {"id": n, "question": f"第{n}问：腹泻怎么办？", "reference": "先补液，再观察。", "task": "medkqa"} for n in range(4)
]


class Parrot:
    """An assistant that repeats a word and counts how often it was asked."""

    def __init__(self, model: Path, adapter: Path | None) -> None:
        self.says = f"先补液，{'再观察' if adapter else model.parent.name}。"
        self.asked = 0

    def replies(self, conversations: Sequence[object], **_: object) -> Iterator[Mapping[int, str]]:
        self.asked += len(conversations)
        yield dict.fromkeys(range(len(conversations)), self.says)


@pytest.fixture
def parrots(monkeypatch: pytest.MonkeyPatch) -> list[Parrot]:
    """Every assistant that was loaded."""
    loaded: list[Parrot] = []

    def load(model: Path, adapter: Path | None, *, template: str | None) -> Parrot:
        loaded.append(Parrot(model, adapter))
        return loaded[-1]

    monkeypatch.setattr(evaluated_models, "load_assistant", load)
    return loaded


@pytest.fixture
def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a run of two phases and a file of questions; the current folder."""
    monkeypatch.chdir(tmp_path)
    made = a_run(tmp_path / "runs", done("sft"), done("mue", adapter=True))
    for folder, file in (("base", "config"), ("sft/model", "config"), ("mue/adapter", "adapter_config")):
        (made.root / folder).mkdir(parents=True)
        (made.root / folder / f"{file}.json").write_text(json.dumps({"is": folder}))
    (tmp_path / "ward.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return tmp_path


def evaluate(*arguments: str) -> int:
    return run(["evaluate", "--resamples", "100", *arguments])


def test_the_newest_run_is_compared_with_what_it_started_from(
    ward: Path, parrots: list[Parrot], capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate("--data", "ward.jsonl", "--json") == ExitCode.DONE
    told = json.loads(capsys.readouterr().out)
    assert list(told["models"]) == ["base", "0001-v1"]
    assert told["models"]["0001-v1"]["lineage"]["phases"] == "sft → mue"
    assert {path.name for path in (ward / "evaluations/ward").iterdir()} >= {"report.html", "report.md", "report.json"}


def test_a_second_time_nothing_is_asked(ward: Path, parrots: list[Parrot], capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate("--data", "ward.jsonl", "--limit", "3") == evaluate("--data", "ward.jsonl") == ExitCode.DONE
    assert [each.asked for each in parrots] == [3, 3, 1, 1]
    assert "0001-v1: 4 replies, 1 of them new" in capsys.readouterr().err


def test_phases_folders_and_base_can_be_named(
    ward: Path, parrots: list[Parrot], capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["base", "0001-v1/base", "0001-v1/sft", "runs/0001-v1/mue", "runs/0001-v1/sft/model"]
    assert evaluate(*names, "--data", "ward.jsonl", "--json") == ExitCode.DONE
    assert list(json.loads(capsys.readouterr().out)["models"]) == [*names[:-1], "model"]


def test_an_export_s_test_split_is_asked(ward: Path, parrots: list[Parrot], capsys: pytest.CaptureFixture[str]) -> None:
    write_export(sample_release("v1"), ward / "exports/v1")
    assert evaluate("0001-v1", "--export", "v1", "--overlap", "1", "--json") == ExitCode.DONE
    told = json.loads(capsys.readouterr().out)["asked"]
    assert (told["name"], sum(told["questions"].values())) == ("v1", parrots[0].asked)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["0009-v1"], "is no run of this workspace", id="no such model"),
        pytest.param(["0001-v1/dfpo"], "has no finished phase 'dfpo'; it has: sft, mue", id="no such phase"),
        pytest.param(["base", "base"], "two models are called 'base'", id="twice"),
        pytest.param(["--task", "evidiag"], "it has: medkqa", id="no such task"),
        pytest.param(
            ["--served", "http://127.0.0.1:9/v1"], "--served and --served-model go together", id="half served"
        ),
        pytest.param(["--export", "v1"], "--export and --data both name the questions", id="two sets"),
    ],
)
def test_what_cannot_be_evaluated_is_refused(
    ward: Path, parrots: list[Parrot], capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert evaluate(*arguments, "--data", "ward.jsonl") == ExitCode.WRONG_USAGE
    assert said in capsys.readouterr().err
    assert parrots == []


def test_an_adapter_for_a_model_that_is_not_here_is_refused(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (ward / "lora").mkdir()
    (ward / "lora/adapter_config.json").write_text(json.dumps({"base_model_name_or_path": "some/hub-model"}))
    assert evaluate("lora", "--data", "ward.jsonl") == ExitCode.WRONG_USAGE
    assert "is an adapter for 'some/hub-model', which is no folder here" in capsys.readouterr().err


def test_without_a_run_models_have_to_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert evaluate() == ExitCode.WRONG_USAGE
    assert "no finished run to evaluate; run `pedcorpus train`, or name a model" in capsys.readouterr().err


def test_a_served_model_is_asked_once_and_answers_well_or_badly(
    ward: Path, parrots: list[Parrot], capsys: pytest.CaptureFixture[str]
) -> None:
    def answer(payload: dict[str, Any]) -> str | Answer:
        asked = payload["messages"][-1]["content"]
        answers = {
            "第0问": Answer(status=400, error="context_length_exceeded", code="context_length_exceeded"),
            "第1问": Answer(refusal="无法回答。"),
            "第2问": Answer("先补液，再", finish="length"),
            "第3问": Answer(" "),
        }
        return answers[asked[:3]]

    with serving() as server:
        server.script.answer = answer
        asking = ("base", "--served", server.base_url, "--served-model", "scripted", "--data", "ward.jsonl")
        assert evaluate(*asking) == evaluate(*asking) == ExitCode.SOME_FAILED
        sent = [payload["max_tokens"] for payload in server.payloads]
    assert sent == [512] * 4  # what was refused with 400 is known, and not sent again
    rows = {
        row.id: row.reply for row in read_run(next(ward.glob("evaluations/ward/replies/scripted-*"))).replies.values()
    }
    assert rows == {"1": "无法回答。", "2": "先补液，再", "3": ""}
    assert "1 of 4 questions not answered by scripted" in capsys.readouterr().err
