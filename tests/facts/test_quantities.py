import pytest

from pedcorpus.facts import read


@pytest.mark.parametrize(
    ("text", "low", "high", "dimension", "per", "bound"),
    [
        pytest.param("每次0.3～0.5毫克/公斤", 0.3, 0.5, ("mass", "kg"), "dose", "", id="a range in words"),
        pytest.param("10 mg/(kg·d)", 10, 10, ("mass", "kg"), "day", "", id="per day in brackets"),
        pytest.param("每公斤体重每日50毫克", 50, 50, ("mass", "kg"), "day", "", id="what it is divided by comes first"),
        pytest.param("5 ml/(kg·h)", 120, 120, ("volume", "kg"), "day", "", id="an hourly rate is a daily one"),
        pytest.param("单次不超过2克", 2000, 2000, ("mass",), "dose", "below", id="a ceiling"),
        pytest.param("20万U/kg", 200000, 200000, ("activity", "kg"), "", "", id="ten thousands of units"),
        pytest.param("101.3℉", 38.5, 38.5, ("celsius",), "", "", id="fahrenheit"),
        pytest.param("三分之一", 100 / 3, 100 / 3, ("percent",), "", "", id="a share in words"),
        pytest.param("q8h", 3, 3, ("times",), "day", "", id="every eight hours"),
        pytest.param("一日三次", 3, 3, ("times",), "day", "", id="three times a day"),
        pytest.param("in two divided doses", 2, 2, ("times",), "day", "", id="divided doses"),
    ],
)
def test_a_quantity_is_read_in_its_own_unit(text, low, high, dimension, per, bound):
    (found,) = read(text).quantities
    assert (found.low, found.high) == pytest.approx((low, high))
    assert (found.dimension, found.per, found.bound) == (dimension, per, bound)


@pytest.mark.parametrize("text", ["1岁半", "18个月", "一岁半", "eighteen months"])
def test_one_age_is_one_value_however_it_is_written(text):
    (found,) = read(text).quantities
    assert found.low == pytest.approx(18 * 365.25 / 12)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("6个月以上", "above"), ("小于6个月", "below"), ("不超过6个月", "below"), ("不少于6个月", "above"),
        ("6个月以内", "within"), ("at least 6 months", "above"), ("under the age of 6 months", "below"),
    ],
)  # fmt: skip
def test_a_bound_is_read_on_either_side(text, bound):
    (found,) = read(text).quantities
    assert found.bound == bound


def test_a_dose_belongs_to_the_drug_named_last_before_it():
    reading = read("地西泮0.3 mg/kg静注；苯巴比妥20 mg/kg肌注。")
    owners = [reading.owners(item.start, "drug") for item in reading.quantities]
    assert owners == [frozenset({"地西泮"}), frozenset({"苯巴比妥"})]


def test_respective_doses_go_to_their_drugs_in_order():
    reading = read("对乙酰氨基酚和布洛芬的剂量分别为15 mg/kg和10 mg/kg。")
    owners = [reading.respective_owner(item.start) for item in reading.quantities]
    assert owners == [frozenset({"对乙酰氨基酚"}), frozenset({"布洛芬"})]
