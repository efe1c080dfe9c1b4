from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pedcorpus.evaluation import read_run
from pedcorpus.evaluation.answering import answered
from tests.evaluation.evaluated_by_hand import contestant, question

QUESTIONS = [question(number) for number in range(5)]


def test_replies_are_kept_as_a_run_that_doctors_may_vote_on(tmp_path: Path) -> None:
    replies = answered(contestant("sft", lambda text: f"答{text}"), QUESTIONS, tmp_path)
    run = read_run(replies.path)
    assert (run.model, list(run.replies)) == ("sft", [each.id for each in QUESTIONS])
    assert run.replies["q3"].reply == f"答{QUESTIONS[3].text}" == replies.by_id["q3"]


def test_what_stands_is_never_asked_again(tmp_path: Path) -> None:
    told: list[int] = []
    model = contestant("sft", lambda text: text, told=told)
    first = answered(model, QUESTIONS[:3], tmp_path)
    second = answered(model, QUESTIONS, tmp_path)
    assert told == [2, 1, 2]
    assert (first.made, second.made, len(second.by_id)) == (3, 2, 5)


def test_a_model_is_not_loaded_where_nothing_is_left_to_ask(tmp_path: Path) -> None:
    answered(contestant("sft", lambda text: text), QUESTIONS, tmp_path)
    idle = contestant("sft", lambda text: pytest.fail(text))
    assert answered(idle, QUESTIONS, tmp_path).made == 0


@pytest.mark.parametrize("change", ["identity", "generation"])
def test_another_model_or_other_settings_answer_anew(tmp_path: Path, change: str) -> None:
    model = contestant("sft", lambda text: text)
    answered(model, QUESTIONS, tmp_path)
    changed = replace(model, **{change: {"identity": "retrained", "generation": {"max_new_tokens": 9}}[change]})
    assert answered(changed, QUESTIONS, tmp_path).made == 5


def test_a_question_worded_anew_under_its_id_is_answered_anew(tmp_path: Path) -> None:
    model = contestant("sft", lambda text: text)
    answered(model, QUESTIONS, tmp_path)
    again = answered(model, [*QUESTIONS[:4], question(4, text="改写了的问题？")], tmp_path)
    assert (again.made, again.by_id["q4"]) == (1, "改写了的问题？")
    assert len(read_run(again.path).replies) == 5


def test_killed_in_the_middle_it_goes_on_from_the_last_batch(tmp_path: Path) -> None:
    def dies(text: str) -> str:
        if "第3问" in text:
            raise KeyboardInterrupt
        return text

    with pytest.raises(KeyboardInterrupt):
        answered(contestant("sft", dies), QUESTIONS, tmp_path)
    told: list[int] = []
    assert answered(contestant("sft", lambda text: text, told=told), QUESTIONS, tmp_path).made == 3
    assert told == [2, 1]


def test_a_question_that_is_not_answered_is_not_kept(tmp_path: Path) -> None:
    replies = answered(contestant("sft", lambda text: None if "第2问" in text else text), QUESTIONS, tmp_path)
    assert "q2" not in replies.by_id
    assert "q2" not in read_run(replies.path).replies


def test_progress_is_told_of_what_stood_and_what_came(tmp_path: Path) -> None:
    model = contestant("sft", lambda text: text)
    answered(model, QUESTIONS[:3], tmp_path)
    told: list[int] = []
    answered(model, QUESTIONS, tmp_path, on_reply=told.append)
    assert told == [3, 2]


def test_half_a_character_of_a_reply_that_was_cut_off_can_be_kept(tmp_path: Path) -> None:
    replies = answered(contestant("sft", lambda _: "补液\ud83d"), QUESTIONS[:1], tmp_path)
    assert replies.by_id == {"q0": "补液?"} == {name: row.reply for name, row in read_run(replies.path).replies.items()}
