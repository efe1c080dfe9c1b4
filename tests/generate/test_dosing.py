from pedcorpus.generate.ages import AgeRange
from pedcorpus.generate.doses import find_doses
from pedcorpus.generate.dosing import child_for, drug_orders

DIAZEPAM = "可静脉缓慢注射地西泮0.3～0.5 mg/kg，单次最大量10 mg。"


def test_every_dose_of_the_child_stays_under_its_ceiling():
    doses = tuple(find_doses(DIAZEPAM))
    for number in range(30):
        age, weight = child_for(doses, DIAZEPAM, AgeRange(6, 144), number)
        assert age is not None
        assert weight * 0.5 <= 10


def test_the_age_keeps_to_the_limits_of_the_order():
    text = "6个月以上患儿用布洛芬5～10 mg/kg。"
    ages = [child_for(tuple(find_doses(text)), text, AgeRange(1, 24), number)[0] for number in range(20)]
    assert min(ages) >= 6


def test_without_any_range_no_age_is_invented():
    assert child_for(tuple(find_doses(DIAZEPAM)), DIAZEPAM, None, 1)[0] is None


def test_orders_are_worked_out_for_the_weight():
    order = drug_orders(tuple(find_doses(DIAZEPAM)), evidence=0, weight_kg=12)[0]
    assert (order.computed_low, order.computed_high) == (3.6, 6)
    assert order.computed_text() == "3.6～6 mg"


def test_a_dose_above_its_ceiling_is_not_worked_out():
    order = drug_orders(tuple(find_doses(DIAZEPAM)), evidence=0, weight_kg=30)[0]
    assert order.computed_low is None
