from __future__ import annotations

import pytest

from pedcorpus.export import Export, View, write_export
from pedcorpus.export.release import select_rows
from pedcorpus.export.views import shown_pairs
from pedcorpus.records import Preference, Tier
from pedcorpus.settings import ExportSettings
from tests.export.sample import DISEASES, cause_question, release_row, sample_release

SPLITS = ("train", "validation", "test")


def contents(rows: list[dict[str, str]]) -> str:
    return "\n".join(row["content"] for row in rows)


@pytest.mark.parametrize("view", ["instructions", "cpt", "sft", "dfpo", "mue"])
def test_the_datasets_library_loads_every_view(sample_export: Export, view: View, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets")
    loaded = datasets.load_dataset(str(sample_export.root), view, cache_dir=str(tmp_path))
    assert set(loaded) == {split for split in SPLITS if sample_export.view_file(view, split)}
    for split, table in loaded.items():
        assert list(table) == list(sample_export.rows(view, split))


def test_row_n_of_sft_is_row_n_of_instructions(sample_export: Export) -> None:
    for record, example in zip(
        sample_export.rows("instructions", "train"), sample_export.rows("sft", "train"), strict=True
    ):
        assert example["prompt"] + example["completion"] == record["messages"]


def test_mue_tells_the_task_of_each_row(sample_export: Export) -> None:
    rows = list(sample_export.rows("mue", "train"))
    assert {row["task"] for row in rows} == {"medkqa", "evidiag", "trerecom"}
    assert [{name: row[name] for name in ("prompt", "completion")} for row in rows] == list(
        sample_export.rows("sft", "train")
    )


def test_pretraining_holds_text_of_all_three_kinds_and_sections_apart(sample_export: Export) -> None:
    rows = {split: list(sample_export.rows("cpt", split)) for split in SPLITS}
    assert {row["kind"] for row in rows["train"]} == {"passage", "statement", "instruction"}
    headings = {
        split: {row["text"].split("\n")[0] for row in rows[split] if row["kind"] == "passage"} for split in SPLITS
    }
    assert not headings["train"] & (headings["validation"] | headings["test"])


def test_no_held_out_answer_is_in_a_training_table(sample_export: Export) -> None:
    held_out = [
        contents(row["completion"]) for split in ("validation", "test") for row in sample_export.rows("sft", split)
    ]
    seen = "\n".join(row["text"] for row in sample_export.rows("cpt", "train"))
    seen += "\n".join(contents(row["chosen"] + row["rejected"]) for row in sample_export.rows("dfpo", "train"))
    assert held_out
    assert not [answer for answer in held_out if answer in seen]


def test_a_preference_is_prompt_chosen_and_rejected_as_messages(sample_export: Export) -> None:
    row = next(sample_export.rows("dfpo", "train"))
    assert [message["role"] for message in row["prompt"]] == ["user"]
    assert [message["role"] for message in row["chosen"] + row["rejected"]] == ["assistant", "assistant"]


def pair_of(rejected_from: str) -> Preference:
    good = cause_question(DISEASES[0])
    return Preference(
        task="medkqa",
        topic=good.topic,
        prompt=good.messages[:1],
        chosen=good.answer_text(),
        rejected="不知道。",
        chosen_from=good.id,
        rejected_from=rejected_from,
    )


@pytest.mark.parametrize(
    ("rejected_from", "tier", "count"),
    [
        ("llm.weak@1:qwen:0.5b", Tier.OPEN, 1),
        ("instruction:of-what-was-edited", Tier.OPEN, 1),  # rests on the works of its edit
        (f"rule.neighbour@1:{cause_question(DISEASES[1]).id}", Tier.OPEN, 1),
        ("rule.neighbour@1:of-a-row-not-here", Tier.INTERNAL, 1),
        ("rule.neighbour@1:of-a-row-not-here", Tier.OPEN, 0),  # its tier is not known
    ],
)
def test_a_rejected_answer_obeys_the_tier_of_its_row(rejected_from: str, tier: Tier, count: int) -> None:
    rows = [release_row(cause_question(disease)) for disease in DISEASES[:2]]
    settings = ExportSettings(validation_share=0, test_share=0)
    release = sample_release(rows=rows, preferences=[pair_of(rejected_from)], tier=tier, settings=settings)
    assert len(list(shown_pairs(release, select_rows(release)))) == count


def test_pairs_of_rows_that_are_not_in_the_export_stay_out() -> None:
    release = sample_release(rows=[release_row(cause_question(DISEASES[5]))], preferences=[pair_of("llm.weak@1")])
    assert not list(shown_pairs(release, select_rows(release)))


def test_reviewers_edits_come_first_then_models_pairs_then_rules(tmp_path) -> None:
    rows = [release_row(cause_question(disease)) for disease in DISEASES[:2]]
    origins = [f"rule.neighbour@1:{cause_question(DISEASES[1]).id}", "llm.weak@1:small", "instruction:edited"]
    settings = ExportSettings(validation_share=0, test_share=0)
    pairs = [pair_of(origin) for origin in origins]
    release = sample_release("v1", rows=rows, preferences=pairs, settings=settings)
    found = [pair.rejected_from for _, pair in shown_pairs(release, select_rows(release))]
    assert found == origins[::-1]
    export = write_export(release, tmp_path / "v1")
    assert export.manifest.counts["preferences"] == {"edit": 1, "model": 1, "rule": 1}
    assert "| `edit` | a reviewer's edit" in (export.root / "README.md").read_text("utf-8")


def test_a_view_without_rows_has_no_file_and_no_config(tmp_path) -> None:
    export = write_export(sample_release("v1", preferences=()), tmp_path / "v1")
    assert not (export.root / "dfpo").exists()
    assert "config_name: dfpo" not in (export.root / "README.md").read_text("utf-8")
    assert list(export.rows("dfpo", "train")) == []
