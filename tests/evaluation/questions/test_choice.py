from __future__ import annotations

import pytest

from pedcorpus.errors import UsageError
from pedcorpus.evaluation import chosen
from tests.evaluation.evaluated_by_hand import asked, question

MANY = asked(
    *(question(number) for number in range(40)),
    *(question(number, task="trerecom") for number in range(40, 45)),
)


def test_so_many_of_each_task_are_drawn() -> None:
    drawn = chosen(MANY, limit=7)
    assert [sum(each.task == task for each in drawn.questions) for task in ("medkqa", "trerecom")] == [7, 5]


def test_a_question_is_drawn_whoever_else_is_there() -> None:
    drawn = {each.id for each in chosen(MANY, limit=7).questions if each.task == "medkqa"}
    fewer = asked(*(each for each in MANY.questions if each.id in drawn or each.id < "q2"))
    assert drawn == {each.id for each in chosen(fewer, limit=7).questions if each.task == "medkqa"}


def test_a_larger_limit_draws_the_same_and_more() -> None:
    few, more = ({each.id for each in chosen(MANY, limit=limit).questions} for limit in (3, 9))
    assert few < more


def test_only_the_tasks_asked_for_are_asked() -> None:
    assert {each.task for each in chosen(MANY, tasks=["trerecom"]).questions} == {"trerecom"}


def test_a_task_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="of the task 'evidiag'; it has: medkqa, trerecom"):
        chosen(MANY, tasks=["evidiag"])
