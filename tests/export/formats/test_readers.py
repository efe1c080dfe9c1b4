"""Each format is read by the tool that it is for, and says there what Parquet says here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pedcorpus.export import VIEWS, Export, View
from pedcorpus.export.formats import Converted, convert_export, format_of
from pedcorpus.export.formats.format import talk_of
from tests.export.formats.handmade import TABLES, answer, handmade_export, messages
from tests.export.formats.readers import read_with


@pytest.fixture(scope="module")
def whole(sample_export: Export, tmp_path_factory: pytest.TempPathFactory) -> Converted:
    return convert_export(sample_export, format_of("jsonl"), tmp_path_factory.mktemp("jsonl") / "v1")


@pytest.mark.parametrize("view", VIEWS)
def test_datasets_reads_json_lines_as_it_reads_parquet(
    view: View, whole: Converted, sample_export: Export, tmp_path: Path
) -> None:
    datasets = pytest.importorskip("datasets", reason="pip install 'pedcorpus[train]'")
    lines, tables = (
        datasets.load_dataset(str(root), view, cache_dir=str(tmp_path)) for root in (whole.root, sample_export.root)
    )
    assert {split: rows.to_list() for split, rows in lines.items()} == {
        split: rows.to_list() for split, rows in tables.items()
    }


def carried(view: str, split: str) -> list[dict[str, Any]]:
    return [row for row in TABLES[view, split] if view == "cpt" or talk_of(row["prompt"])]  # type: ignore[index]


def seen(view: str, row: dict[str, Any]) -> dict[str, object]:
    """As LLaMA-Factory hands a row on: the system prompt apart, the answers together."""
    if view == "cpt":
        return {"prompt": messages(f"u:{row['text']}"), "response": [], "system": ""}
    system = row["prompt"][0]["content"] if row["prompt"][0]["role"] == "system" else ""
    answers = [*row["chosen"], *row["rejected"]] if view == "dfpo" else row["completion"]
    return {"prompt": row["prompt"][bool(system) :], "response": answers, "system": system}


@pytest.mark.parametrize("form", ["alpaca", "sharegpt", "llamafactory"])
def test_llamafactorys_loader_reads_every_row(form: str, converted: dict[str, Converted], tmp_path: Path) -> None:
    read = read_with("llamafactory", converted[form].root, tmp_path, cache=tmp_path)
    tables = [key for key in TABLES if key[0] in format_of(form).views]
    assert set(read) == {f"{view}_{split}" for view, split in tables}
    for view, split in tables:
        expected = [seen(view, row) for row in carried(view, split)]
        in_order = sorted(expected, key=json.dumps)  # Alpaca has a row with a history first
        assert sorted(read[f"{view}_{split}"], key=json.dumps) == in_order


def test_llamafactory_reads_a_history_that_begins_late(tmp_path: Path) -> None:
    short = {"prompt": messages("u:一"), "completion": answer("二" * 2000)}
    longer = {"prompt": messages("u:一", "a:甲", "u:三"), "completion": answer("四")}
    export = handmade_export(tmp_path / "v1", {("sft", "train"): [*[short] * 4000, longer]})
    made = convert_export(export, format_of("alpaca"), tmp_path / "out")
    read = read_with("llamafactory", made.root, tmp_path / "cache", cache=tmp_path / "cache")
    assert len(read["sft_train"]) == 4001


def test_swifts_loader_reads_every_row(converted: dict[str, Converted], tmp_path: Path) -> None:
    read = read_with("swift", converted["swift"].root, cache=tmp_path)
    for file in converted["swift"].files:
        written = (converted["swift"].root / file.path).read_text("utf-8").split("\n")[:-1]
        assert read[file.path] == [json.loads(line) for line in written]
