import pytest

from pedcorpus.generate.scene_words import contradiction
from pedcorpus.records import Patient

TODDLER = Patient(age_months=18, weight_kg=11)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我家宝宝18个月，烧退了还要喂药吗？", ""),
        ("我家宝宝6个月，烧退了还要喂药吗？", "宝宝6个月"),
        ("2岁男孩抽搐，怎么办？", "2岁男孩"),
        ("1.5岁的孩子抽搐，怎么办？", ""),
        ("体重22斤，地西泮打多少？", ""),
        ("体重22 kg，地西泮打多少？", "体重22 kg"),
        ("孩子3天前开始发热，6个月以下能用吗？", ""),
        ("My 18-month-old had a seizure.", ""),
        ("My 3-year-old had a seizure.", "3-year-old"),
        ("She weighs 11 kg.", ""),
    ],
    ids=["age", "other age", "older boy", "in years", "jin", "twice", "days ago", "en", "en older", "en weight"],
)
def test_a_child_other_than_the_planned_one_is_found(text, found):
    assert contradiction(text, TODDLER) == found


def test_where_no_age_was_planned_any_may_be_told():
    assert contradiction("我家孩子5岁", Patient(sex="male")) == ""
    assert contradiction("我家孩子5岁", None) == ""
