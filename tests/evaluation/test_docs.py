"""The page on evaluation says what runs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pedcorpus.evaluation import Answer
from tests.evaluation.evaluated_by_hand import question

PAGE = (Path(__file__).parents[2] / "docs/evaluate.md").read_text(encoding="utf-8")
SCORE, PYTHON = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_the_score_of_ones_own_scores() -> None:
    names: dict[str, object] = {}
    exec(SCORE, names)
    score = names["SCORE"]
    (found,) = score.values([Answer(question(), "去急诊")])  # type: ignore[attr-defined]
    assert found == {}
    assert [measure.name for measure in score.measures] == ["sent_to_hospital"]  # type: ignore[attr-defined]


def test_the_example_in_python_writes_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    row = {"id": 1, "question": "腹泻怎么办？", "reference": "先补液。"}
    (tmp_path / "ward.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    exec(PYTHON, {})
    assert "…腹泻怎么办？…" in (tmp_path / "report/report.md").read_text("utf-8")
