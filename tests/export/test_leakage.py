from __future__ import annotations

import pytest

from pedcorpus.export.leakage import ShingleIndex, answer, leakage_report, shingles
from pedcorpus.export.release import select_rows
from pedcorpus.records import Basis, Statement
from tests.export.sample import DISEASES, plan, release_row, sample_release

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("短文", 1), (ALPHABET[:13], 1), (ALPHABET[:14], 2), (ALPHABET, 14), (" a \n", 1)]
)
def test_a_text_has_one_shingle_for_each_run_of_13(text: str, count: int) -> None:
    assert len(shingles(text)) == count


def test_width_punctuation_and_spaces_hide_nothing() -> None:
    assert shingles("０.３～０.５ mg/kg，静脉注射") == shingles("0.3~0.5mg/kg, 静脉 注射")


def test_an_overlap_counts_shingles_of_the_held_out_text() -> None:
    index = ShingleIndex([ALPHABET, "另一段没有出现过的文字内容在这里", ""])
    assert list(index.overlaps([ALPHABET[:13], ALPHABET[:14], "x" * 40])) == [(2, 14), (0, 4), (0, 0)]


def test_the_sample_leaks_no_answer() -> None:
    report = leakage_report(select_rows(sample_release()), [])
    assert report["test"]["rows"] == 4
    assert report["test"]["answers_in_train_answers"]["shared_shingles"] == 0
    assert report["test"]["shared"] == {"groups": 0, "clusters": 0, "topics": 0}


def test_a_planted_answer_is_counted() -> None:
    selection = select_rows(sample_release())
    held_out = selection.of("test")[0]
    report = leakage_report(selection, [f"前文{answer(held_out)}后文"])
    found = report["test"]["answers_in_pretraining_text"]
    assert (found["rows_with_any"], found["rows_whole"]) == (1, 1)


def test_the_fixed_safety_line_is_no_leak() -> None:
    instruction = plan(DISEASES[0])
    line = Statement(text="如症状不缓解或加重，请立即就医。", basis=Basis.SAFETY)
    row = release_row(instruction.model_copy(update={"follow_up": (line,)}))
    assert line.text in row.instruction.answer_text()
    assert line.text not in answer(row)
