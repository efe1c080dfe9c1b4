from __future__ import annotations

from pathlib import Path

import pytest

from pedcorpus.errors import UsageError
from pedcorpus.evaluation import Run, pair_runs, read_run
from tests.evaluation.votes_by_hand import row, write_run


def run_of(folder: Path, name: str, *rows: dict[str, object]) -> Run:
    return read_run(write_run(folder / f"{name}.jsonl", rows))


def test_pairs_are_the_ids_of_both_and_what_is_left_out_is_told_with_its_line(tmp_path: Path) -> None:
    a = run_of(tmp_path, "a", row("发热", "甲"), row("惊厥", "甲"))
    b = run_of(tmp_path, "b", row("腹泻", "乙"), row("惊厥", ""))
    made = pair_runs(a, b)
    assert made.pairs == ["惊厥"]
    assert made.left_out == [
        "1 answered by the first run alone, left out: a.jsonl:1",
        "1 answered by the second run alone, left out: b.jsonl:1",
        "1 replies of the second run are empty, shown as such: b.jsonl:2",
    ]


def test_a_pairing_is_the_same_whichever_run_is_named_first(tmp_path: Path) -> None:
    a, b = run_of(tmp_path, "a", row("发热", "甲")), run_of(tmp_path, "b", row("发热", "乙"))
    assert pair_runs(a, b).id == pair_runs(b, a).id


def test_what_a_model_was_told_about_itself_is_no_part_of_the_question(tmp_path: Path) -> None:
    user = {"role": "user", "content": "发热怎么办？"}
    a = run_of(tmp_path, "a", {"id": "1", "messages": [{"role": "system", "content": "你是甲"}, user], "reply": "甲"})
    b = run_of(tmp_path, "b", {"id": "1", "messages": [user], "reply": "乙"})
    assert pair_runs(a, b).pairs == ["1"]


def test_one_id_for_two_questions_is_refused_with_both_places(tmp_path: Path) -> None:
    a = run_of(tmp_path, "a", row("1", "甲", question="发热？"))
    b = run_of(tmp_path, "b", row("1", "乙", question="惊厥？"))
    with pytest.raises(UsageError, match=r"1 ids stand for another question.*a.jsonl:1 and b.jsonl:1"):
        pair_runs(a, b)


def test_runs_without_a_common_id_are_refused(tmp_path: Path) -> None:
    a, b = run_of(tmp_path, "a", row("发热", "甲")), run_of(tmp_path, "b", row("惊厥", "乙"))
    with pytest.raises(UsageError, match="'发热', the second '惊厥'"):
        pair_runs(a, b)


def test_a_run_is_not_compared_with_itself(tmp_path: Path) -> None:
    a, b = run_of(tmp_path, "a", row("发热", "甲")), run_of(tmp_path, "b", row("发热", "甲", model="b"))
    with pytest.raises(UsageError, match="same replies"):
        pair_runs(a, b)
