"""`pedcorpus evaluate --judge`: two models, a scripted judge over real HTTP, one report."""

import json

import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode
from tests.llm.server import serving

pytestmark = pytest.mark.train
pytest.importorskip("torch", reason="needs the [train] extra")


@pytest.fixture
def command(model_folder, adapter_folder, tmp_path):
    rows = [{"id": number, "question": f"孩子发热第{number}天？", "reference": "多喝水。"} for number in range(2)]
    asked = tmp_path / "asked.jsonl"
    asked.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    models = [str(model_folder), str(adapter_folder)]
    return ["-w", str(tmp_path), "evaluate", "--data", str(asked), *models, "--max-new-tokens", "8", "--json"]


def test_the_judges_word_stands_in_the_report_and_stdout_stays_json(command, tmp_path, monkeypatch, capsys):
    verdicts = dict.fromkeys(("usefulness", "correctness", "consistency", "smoothness"), "first")
    with serving() as server:
        server.script.answer = lambda _: json.dumps({"reason": "r", **verdicts})
        monkeypatch.setenv("PEDCORPUS_LLM__BASE_URL", server.base_url)
        assert run([*command, "--judge", "--judge-model", "scripted"]) == ExitCode.DONE
        shown = [payload["messages"][-1]["content"] for payload in server.payloads]
    told = json.loads(capsys.readouterr().out)
    (judged,) = (section for key, section in told.items() if key.startswith("judge-"))
    assert (judged["judged"], judged["overall"]["flips"], judged["position"]["cases"]) == (2, 2, 16)
    assert all("[reference] 多喝水。" in text for text in shown)
    assert (tmp_path / "evaluations/asked/report.html").is_file()


def test_a_judge_that_cannot_be_asked_is_told_and_the_report_is_written(command, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PEDCORPUS_LLM__MODEL", "")
    assert run([*command, "--judge"]) == ExitCode.SOME_FAILED
    out, err = capsys.readouterr()
    assert "not judged: no model is named" in err
    assert not any(key.startswith("judge-") for key in json.loads(out))
    assert (tmp_path / "evaluations/asked/report.html").is_file()
