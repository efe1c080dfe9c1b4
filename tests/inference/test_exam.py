import json

import pytest

from pedcorpus.cli.main import run
from pedcorpus.errors import ExitCode

pytestmark = pytest.mark.train
pytest.importorskip("torch", reason="needs the [train] extra")


def test_a_model_sits_an_exam_by_letter_and_by_likelihood(model_folder, tmp_path, capsys):
    rows = [
        {
            "question": f"孩子发热第{day}天？",
            "options": {"A": "多喝水", "B": "先测体温"},
            "answer_idx": "B",
            "answer": "先测体温",
        }
        for day in range(3)
    ]
    (tmp_path / "medqa.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    command = ["-w", str(tmp_path), "exam", str(tmp_path / "medqa.jsonl"), str(model_folder), "--json"]
    assert run([*command, "--max-new-tokens", "4"]) == ExitCode.DONE
    told = json.loads(capsys.readouterr().out)
    ways = told["models"][0]["ways"]
    assert {way: result["overall"]["of"] for way, result in ways.items()} == {
        "letter": 3, "likelihood": 3, "likelihood_per_token": 3
    }  # fmt: skip
    assert (tmp_path / "evaluations/exam-medqa/report.html").is_file()


def test_a_file_that_is_no_exam_is_refused_before_a_model_is_loaded(tmp_path, capsys):
    (tmp_path / "talk.jsonl").write_text('{"question": "孩子发热？", "answer": "多喝水"}\n')
    assert run(["-w", str(tmp_path), "exam", str(tmp_path / "talk.jsonl"), "nowhere"]) == ExitCode.WRONG_USAGE
    assert "no column of options is known" in capsys.readouterr().err
