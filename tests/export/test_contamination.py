from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from pedcorpus.export import Conversations, Export, write_export
from pedcorpus.export.contamination import contamination_report
from pedcorpus.records import EvaluationSet, Overlap
from tests.export.sample import sample_release

SET = EvaluationSet(name="cmb", file="CMB-test.json", sha256="c" * 64, items=400, not_comparable=3)


class Finder:
    """Finds item 7 in every row that speaks of `word`."""

    sets = (SET,)
    compared_by = {"ngram_chars": 13, "warning_share": 0.5, "error_share": 0.8, "run_chars": 50}  # noqa: RUF012

    def __init__(self, word: str) -> None:
        self.word = word

    def of_conversations(self, rows: Conversations) -> list[Overlap]:
        spoken = zip(rows.ids, rows.tasks, rows.asked, strict=True)
        return [self._overlap(name, task, "user") for name, task, asked in spoken if self.word in asked]

    def of_texts(self, texts: Iterable[str]) -> list[Overlap]:
        return [self._overlap(f"train {n}", "cpt", "text") for n, text in enumerate(texts, 1) if self.word in text]

    def _overlap(self, row: str, task: str, said_by: Any) -> Overlap:
        sides = {"item_text": self.word, "row_text": self.word, "said_by": said_by}
        return Overlap(set="cmb", item="7", row=row, task=task, told="question", score=1, share=1, run=20, **sides)


def report(export: Export) -> dict[str, Any]:
    return json.loads((export.root / "reports" / "contamination.json").read_bytes())


def test_training_rows_and_texts_are_checked_and_no_others(sample_export: Export) -> None:
    made = contamination_report(Finder("孩子"), sample_export.root)
    trained = [row["id"] for row in sample_export.rows("instructions", "train")]
    plain = [row for row in sample_export.rows("cpt", "train") if row["kind"] != "instruction"]
    assert made["checked"] == {"rows": len(trained), "pretraining_texts": len(plain)}
    assert {each["row"] for each in made["overlaps"]} <= {*trained}


def test_matched_pairs_are_counted_by_set_and_task(sample_export: Export) -> None:
    made = contamination_report(Finder("疹"), sample_export.root)
    asked = [row for row in sample_export.rows("instructions", "train") if "疹" in row["messages"][0]["content"]]
    texts = [row for row in sample_export.rows("cpt", "train") if "疹" in row["text"] and row["kind"] != "instruction"]
    assert made["matched"] == {"rows": len(asked), "pretraining_texts": len(texts)}
    assert made["by_set"] == {"cmb": {"items": 1, "rows": len(asked) + len(texts)}}
    assert made["by_task"]["cpt"] == len(texts)
    assert sum(made["by_task"].values()) == len(asked) + len(texts)


def test_an_export_names_its_sets_by_their_bytes(tmp_path: Path) -> None:
    made = write_export(sample_release("v1", evaluation=Finder("孩子")), tmp_path / "v1")
    assert report(made)["sets"][0]["sha256"] == SET.sha256
    card = (made.root / "README.md").read_text("utf-8")
    assert "| cmb | CMB-test.json | `cccccccccccccccc` | 400 | 3 | 1 |" in card


@pytest.mark.parametrize("sets", [(), (SET,)], ids=["no set", "one set"])
def test_what_it_is_held_against_is_part_of_its_settings(tmp_path: Path, sample_export: Export, sets: Any) -> None:
    finder = Finder("孩子") if sets else None
    made = write_export(sample_release("v1", evaluation=finder), tmp_path / "v1")
    is_same = made.manifest.settings_sha256 == sample_export.manifest.settings_sha256
    assert is_same is not bool(sets)


def test_an_export_without_a_set_says_so(sample_export: Export) -> None:
    assert report(sample_export)["sets"] == report(sample_export)["overlaps"] == []
    assert "No evaluation set was given" in (sample_export.root / "README.md").read_text("utf-8")
