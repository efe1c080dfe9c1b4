"""The check `length`: which answers are too short or too long, by whose bounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from pedcorpus.curate import Subject, check_id
from pedcorpus.curate.length import LengthCheck, word_count
from pedcorpus.errors import SettingsError, UsageError
from pedcorpus.records import Instruction
from pedcorpus.settings import CurateSettings, Workspace
from tests.by_hand import question, treatment


def judge(record: Instruction, **lengths: tuple[int, int]) -> tuple[str, str, str, int | None]:
    check = LengthCheck().with_settings(CurateSettings(lengths=lengths))
    (one,) = check.verdicts([Subject(record, {})])
    return one.severity, one.reason, one.path, one.end


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n，。！……", 0),
        ("热性惊厥", 4),
        ("地西泮0.3～0.5 mg/kg", 9),
        ("Fever is common.", 3),
        ("𠀀𠮷", 2),
        ("👍", 0),
    ],
)
def test_each_chinese_character_is_a_word(text: str, words: int) -> None:
    assert word_count(text) == words


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("不能", ("warning", "too_short", "answer", 2)),
        ("不能自愈", ("pass", "", "", None)),
        ("热" * 600, ("pass", "", "", None)),
        ("热" * 601, ("warning", "too_long", "answer", 601)),
    ],
)
def test_bounds_of_the_task_hold(answer: str, expected: tuple[str, str, str, int | None]) -> None:
    assert judge(question(answer)) == expected


def test_bounds_of_the_workspace_come_first() -> None:
    assert judge(question("不能自愈"), medkqa=(5, 10))[1] == "too_short"
    assert judge(question("热" * 11), medkqa=(5, 10))[1] == "too_long"


def test_a_plan_is_judged_whole() -> None:
    assert judge(treatment(), trerecom=(1, 3)) == ("warning", "too_long", "", None)


def test_other_bounds_are_another_check() -> None:
    assert check_id(LengthCheck()) != check_id(LengthCheck().with_settings(CurateSettings(lengths={"medkqa": (1, 2)})))


def test_bounds_of_no_task_are_refused() -> None:
    with pytest.raises(UsageError, match="medqa"):
        LengthCheck().with_settings(CurateSettings(lengths={"medqa": (1, 2)}))


@pytest.mark.parametrize("bounds", ["[9, 2]", "[-1, 2]", "[3]", "4"])
def test_bounds_that_are_none_are_refused(bounds: str, tmp_path: Path) -> None:
    (tmp_path / "pedcorpus.toml").write_text(f"[curate.lengths]\nmedkqa = {bounds}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"curate\.lengths\.medkqa"):
        _ = Workspace(tmp_path).settings
