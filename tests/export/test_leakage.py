from __future__ import annotations

import json
from pathlib import Path

import pytest

from pedcorpus.export import Export, Release
from pedcorpus.export.leakage import leakage_report, texts_of
from pedcorpus.export.shingles import ShingleIndex, shingles
from pedcorpus.records import Address, Basis, Statement
from tests.export.sample import DISEASES, plan, release_row, sample_release
from tests.export.written import streamed

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("短文", 1), (ALPHABET[:13], 1), (ALPHABET[:14], 2), (ALPHABET, 14), (" a \n", 1)]
)
def test_a_text_has_one_shingle_for_each_run_of_13(text: str, count: int) -> None:
    hashes, of = shingles(["前", text, "后"])
    assert of.tolist() == [0, *[1] * count, 2]
    assert len(set(hashes.tolist())) == count + 2


def test_width_punctuation_and_spaces_hide_nothing() -> None:
    first, second = shingles(["０.３～０.５ mg/kg，静脉注射"])[0], shingles(["0.3~0.5mg/kg, 静脉 注射"])[0]
    assert first.tolist() == second.tolist()


@pytest.mark.parametrize("parts", [1, 3])
def test_an_overlap_counts_shingles_of_the_held_out_text(parts: int) -> None:
    held_out = [[ALPHABET, "另一段没有出现过的文字内容在这里"], [""]]
    shared, total = [0, 0, 0], [0, 0, 0]
    for part in range(parts):
        index = ShingleIndex(held_out, part=part, parts=parts)
        index.see([ALPHABET[:13], ALPHABET[:14], "x" * 40])
        more, whole = index.overlaps()
        shared = [one + other for one, other in zip(shared, more.tolist(), strict=True)]
        total = [one + other for one, other in zip(total, whole.tolist(), strict=True)]
    assert (shared, total) == ([2, 0, 0], [14, 4, 0])


def test_the_sample_leaks_no_answer(sample_export: Export) -> None:
    report = json.loads((sample_export.root / "reports" / "leakage.json").read_bytes())
    assert report["test"]["rows"] == 4
    assert report["test"]["answers_in_train_answers"]["shared_shingles"] == 0
    assert report["test"]["shared"] == {"groups": 0, "clusters": 0, "topics": 0}


def test_the_mix_of_tasks_is_told_for_each_split(sample_export: Export) -> None:
    report = json.loads((sample_export.root / "reports" / "leakage.json").read_bytes())
    assert set(report["task_shares"]) == {"train", "validation", "test"}
    assert report["task_shares"]["test"] == {"evidiag": 0.25, "medkqa": 0.5, "trerecom": 0.25}


def planted(release: Release, folder: Path) -> Release:
    """With an answer of the test split on a page that is trained on."""
    streamed(release, folder)
    answer = next(texts_of(folder / "instructions" / "test.parquet", "answer"))[0]
    page = release.passages[0]
    pages = [
        page.model_copy(
            update={"address": Address(heading_path=(f"附录{n}",)), "position": n, "text": f"{n}：{answer}"}
        )
        for n in range(20)
    ]
    return sample_release(passages=pages)


def test_a_planted_answer_is_counted(tmp_path: Path) -> None:
    release = planted(sample_release(), tmp_path / "first")
    streamed(release, tmp_path / "second")
    found = leakage_report(tmp_path / "second", left_out=0)["test"]["answers_in_pretraining_text"]
    assert (found["rows_with_any"], found["rows_whole"]) == (1, 1)


def test_the_fixed_safety_line_is_no_leak(tmp_path: Path) -> None:
    line = Statement(text="如症状不缓解或加重，请立即就医。", basis=Basis.SAFETY)
    row = release_row(plan(DISEASES[0]).model_copy(update={"follow_up": (line,)}))
    streamed(sample_release(rows=[row]), tmp_path)
    ((told,),) = texts_of(tmp_path / "instructions" / "train.parquet", "answer")
    assert line.text in row.instruction.answer_text()
    assert line.text not in told


def test_what_is_forgotten_was_not_seen() -> None:
    index = ShingleIndex([[ALPHABET], [ALPHABET[:13], ALPHABET[:13] * 2]])
    index.see([ALPHABET])
    first, _ = index.overlaps()
    index.forget()
    index.see([ALPHABET[:13]])
    assert (first.tolist(), index.overlaps()[0].tolist()) == ([14, 1, 1], [1, 1, 1])


@pytest.mark.parametrize("held_chars", [1 << 24, 60])
def test_validation_and_test_are_told_apart_however_many_parts(
    sample_export: Export, monkeypatch: pytest.MonkeyPatch, held_chars: int
) -> None:
    monkeypatch.setattr("pedcorpus.export.leakage._HELD_CHARS", held_chars)
    found = leakage_report(sample_export.root, left_out=0)
    for split in ("validation", "test"):
        answers = [
            text for batch in texts_of(sample_export.root / f"instructions/{split}.parquet", "answer") for text in batch
        ]
        assert found[split]["answers_in_train_answers"]["shingles"] == sum(
            len(set(shingles([text])[0].tolist())) for text in answers
        )
