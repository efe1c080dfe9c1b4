from __future__ import annotations

from typing import Literal

import pytest

from pedcorpus.evaluation import Side, ballot_order, choice_of, left_run, side_of
from pedcorpus.records import Choice

PAIRS = [f"q{number}" for number in range(400)]


def sides(voter: str, *, runs: tuple[str, str] = ("A", "B"), salt: str = "s") -> list[str]:
    a, b = runs
    return [left_run(a, b, pair=pair, voter=voter, salt=salt) for pair in PAIRS]


def test_sides_are_the_same_again_and_others_for_another_doctor_or_salt() -> None:
    assert sides("wang") == sides("wang")
    assert len({tuple(sides("wang")), tuple(sides("li")), tuple(sides("wang", salt="t"))}) == 3


def test_each_run_stands_first_about_half_of_the_time() -> None:
    assert 160 < sides("wang").count("a") < 240


def test_naming_the_runs_the_other_way_round_moves_no_answer() -> None:
    turned = ["a" if side == "b" else "b" for side in sides("wang", runs=("B", "A"))]
    assert turned == sides("wang")


def test_the_order_is_drawn_and_the_same_from_whatever_order_the_pairs_come() -> None:
    drawn = ballot_order(PAIRS, pairing="p", salt="s")
    assert sorted(drawn) == sorted(PAIRS)
    assert drawn == ballot_order(reversed(PAIRS), pairing="p", salt="s") != PAIRS


@pytest.mark.parametrize("left", ["a", "b"])
@pytest.mark.parametrize("side", ["left", "right", "tie"])
def test_a_choice_stands_where_its_side_was(side: Side, left: Literal["a", "b"]) -> None:
    assert side_of(choice_of(side, left=left), left=left) == side


def test_the_left_side_is_the_run_that_stands_there() -> None:
    assert [choice_of("left", left="a"), choice_of("left", left="b")] == [Choice.A, Choice.B]
