import pytest

from pedcorpus.curate.contamination.runs import Run, Seed, common_runs, covered, grams_found

PART = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def runs(text: str, start: int, least: int = 6) -> list[Run]:
    place = text.index(PART[start : start + least])
    return common_runs(PART, (text, ""), [Seed(0, start, 0, place)], least=least)


@pytest.mark.parametrize(
    ("text", "chars"),
    [
        pytest.param(PART, 22, id="whole"),
        pytest.param(PART.replace("卯", "X"), 21, id="a character changed"),
        pytest.param(PART.replace("卯", ""), 21, id="a character dropped"),
        pytest.param(PART.replace("卯", "卯XYZ"), 22, id="a word added"),
        pytest.param(PART.replace("卯", "XYZ"), 21, id="a word in place of a character"),
        pytest.param(PART.replace("卯", "WXYZ"), 13, id="more than a word changed"),
        pytest.param("X" + PART[1:], 21, id="the first character changed"),
        pytest.param(PART.replace("戊", "X").replace("卯", "X"), 16, id="too little beyond the first edit"),
    ],
)
def test_an_edit_costs_its_own_characters(text: str, chars: int) -> None:
    assert covered(runs(text, 6)) == chars


def test_runs_of_one_place_are_told_once() -> None:
    seeds = [Seed(0, start, 0, start) for start in range(len(PART) - 5)]
    assert common_runs(PART, (PART, ""), seeds, least=6) == [Run(0, 0, 0, 22)]


def test_a_seed_that_no_text_bears_out_is_dropped() -> None:
    assert common_runs(PART, ("X" * 40, ""), [Seed(0, 3, 0, 7)], least=6) == []


def test_characters_and_grams_that_runs_share_count_once() -> None:
    two = [Run(0, 0, 0, 8), Run(4, 0, 50, 8)]
    assert (covered(two), grams_found(two, 6)) == (12, 6)
    assert grams_found([Run(0, 0, 0, 5)], 6) == 0
