from __future__ import annotations

from pathlib import Path

import pytest

from pedcorpus.errors import UsageError
from pedcorpus.evaluation import Answer
from pedcorpus.evaluation.reply_file import ReplyFile
from tests.evaluation.evaluated_by_hand import question

QUESTIONS = [question(number) for number in range(3)]


def keep(path: Path, *replies: str) -> None:
    with ReplyFile(path, model="sft") as kept:
        kept.append(Answer(asked, reply) for asked, reply in zip(QUESTIONS, replies, strict=False))


def standing(path: Path) -> dict[str, str]:
    with ReplyFile(path, model="sft") as kept:
        return kept.standing(QUESTIONS)


@pytest.mark.parametrize("cut", [1, 2, 40])
def test_half_a_last_line_is_cut_off_and_the_rest_stands(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "sft.jsonl"
    keep(path, "补液", "就医")
    path.write_bytes(path.read_bytes()[:-cut])
    assert standing(path) == {"q0": "补液"}
    with ReplyFile(path, model="sft") as kept:
        kept.append([Answer(QUESTIONS[1], "就医")])
    assert standing(path) == {"q0": "补液", "q1": "就医"}


def test_a_line_that_is_no_reply_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "sft.jsonl"
    path.write_text('{"id": "q0"}\n')
    with pytest.raises(UsageError, match=r"sft\.jsonl:1: .*mend the line"):
        standing(path)


def test_two_evaluations_do_not_write_one_file(tmp_path: Path) -> None:
    with (
        ReplyFile(tmp_path / "sft.jsonl", model="sft"),
        pytest.raises(UsageError, match="another evaluation writes it"),
        ReplyFile(tmp_path / "sft.jsonl", model="sft"),
    ):
        pass


def test_line_breaks_in_a_reply_stay_in_it(tmp_path: Path) -> None:
    keep(tmp_path / "sft.jsonl", "补液\n\u2028就医\r\n")
    assert standing(tmp_path / "sft.jsonl") == {"q0": "补液\n\u2028就医\r\n"}


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        ReplyFile(tmp_path / "file" / "sft.jsonl", model="sft")
