import pytest

from pedcorpus.curate.semantic import wording_of


def test_distinct_counts_different_units_over_all() -> None:
    wording = wording_of(["发热 发热", "MRI 3.5 MRI"], sample=[])
    assert wording.distinct_1 == pytest.approx(4 / 7)
    assert wording.distinct_2 == pytest.approx(4 / 5)


def test_texts_that_are_all_the_same_are_fully_alike() -> None:
    wording = wording_of(["孩子发热三天了怎么办"] * 3, sample=[0, 1, 2])
    assert (wording.self_bleu, wording.same_opening, wording.repeated) == (1.0, 1.0, pytest.approx(2 / 3))


def test_texts_without_a_unit_in_common_are_less_alike_than_others() -> None:
    apart = wording_of(["孩子发热三天了", "如何护理湿疹皮肤"], sample=[0, 1]).self_bleu
    near = wording_of(["孩子发热三天了", "孩子发热五天了"], sample=[0, 1]).self_bleu
    assert apart < 0.2 < near < 1


@pytest.mark.parametrize("texts", [[], [""], ["一"]], ids=["none", "empty", "one character"])
def test_next_to_nothing_is_measured_without_an_error(texts: list[str]) -> None:
    wording = wording_of(texts, sample=range(len(texts)))
    assert (wording.rows, wording.distinct_2, wording.self_bleu) == (len(texts), 0.0, 0.0)
