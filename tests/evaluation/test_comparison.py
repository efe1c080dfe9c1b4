from __future__ import annotations

from pathlib import Path

import pytest

from pedcorpus.errors import UsageError
from pedcorpus.evaluation import Part
from pedcorpus.evaluation.comparison import _holm
from tests.evaluation.evaluated_by_hand import asked, compared, contestant, question

BASE = contestant("base", lambda _: "不知道")
TRAINED = contestant("sft", lambda _: "先补液")


def test_each_model_has_its_figure_by_task_and_measure(tmp_path: Path) -> None:
    found = compared(tmp_path, BASE, TRAINED)
    cells = {(each.model, each.measure): each.interval.estimate for each in found.cells}
    assert cells == {("base", "rouge_l"): 0, ("sft", "rouge_l"): 1, ("base", "odd"): 0, ("sft", "odd"): 1}


def test_a_measure_counts_the_questions_that_it_applies_to(tmp_path: Path) -> None:
    found = compared(tmp_path, BASE, TRAINED)
    counted = {each.measure: each.questions for each in found.cells}
    assert counted == {"rouge_l": 6, "odd": 3}


def test_models_are_tested_against_the_first(tmp_path: Path) -> None:
    found = compared(tmp_path, BASE, TRAINED, contestant("mue", lambda text: "先补液" if "第1" in text else "？"))
    assert {(each.model, each.against) for each in found.tested} == {("sft", "base"), ("mue", "base")}
    test = found.test(Part("medkqa"), "rouge_l", "sft")
    assert test is not None
    assert (test.difference.interval.estimate, test.difference.p < 0.1) == (1, True)
    assert found.test(Part("medkqa"), "rouge_l", "base") is None


def test_one_model_alone_is_not_tested(tmp_path: Path) -> None:
    found = compared(tmp_path, TRAINED)
    assert (list(found.tested), len(found.cells)) == ([], 2)


def test_topics_that_were_trained_on_are_told_apart(tmp_path: Path) -> None:
    mixed = asked(*(question(number, is_held_out=number < 4) for number in range(6)))
    found = compared(tmp_path, BASE, TRAINED, asking=mixed)
    assert found.parts == [Part("medkqa"), Part("medkqa", True), Part("medkqa", False)]
    cell = found.cell(Part("medkqa", False), "rouge_l", "sft")
    assert cell is not None
    assert cell.questions == 2


def test_only_what_all_answered_is_compared_and_who_did_not_is_told(tmp_path: Path) -> None:
    shy = contestant("shy", lambda text: None if "第2" in text else "补液")
    found = compared(tmp_path, TRAINED, shy)
    assert [each.id for each in found.asked.questions] == ["q0", "q1", "q3", "q4", "q5"]
    assert found.unanswered == {"sft": 0, "shy": 1}


def test_nothing_that_all_answered_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no question of v1 was answered by every model"):
        compared(tmp_path, TRAINED, contestant("mute", lambda _: None))


def test_two_models_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="two models are called 'sft'"):
        compared(tmp_path, TRAINED, TRAINED)


def test_holms_correction_by_hand() -> None:
    assert _holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert _holm([0.5, 0.6]) == pytest.approx([1.0, 1.0])
