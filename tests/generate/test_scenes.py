import pytest

from pedcorpus.generate.ages import AgeRange
from pedcorpus.generate.scenes import age_within, sex_for, stated_ages, usual_weight_kg, weights_within


@pytest.mark.parametrize(("months", "kg"), [(6, 7), (12, 10), (36, 14), (72, 25), (120, 37)])
def test_weights_follow_the_formulas(months, kg):
    assert usual_weight_kg(months) == kg


def test_ages_stay_within_their_range():
    assert all(6 <= age_within(AgeRange(6, 36), number) <= 36 for number in range(50))


def test_newborns_are_days_old():
    assert all(age < 1 for age in stated_ages(AgeRange(0.1, 0.9)))


@pytest.mark.parametrize("age", [3.0, 18.0, 60.0, 144.0, None])
def test_plausible_weights_are_near_the_usual(age):
    usual = usual_weight_kg(age) if age else 15
    assert weights_within(age)
    assert all(0.6 * usual <= weight <= 1.4 * usual for weight in weights_within(age))


def test_what_belongs_to_one_sex_leaves_it_unsaid():
    assert sex_for("睾丸扭转", key=(1,)) is None
    assert sex_for("肺炎", key=(1,)) in {"male", "female"}
