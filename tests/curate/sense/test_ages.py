import pytest

from pedcorpus.curate.sense.ages import find_ages


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("3岁", 36, 48, id="years last a year"),
        pytest.param("3岁半", 42, 48, id="half a year"),
        pytest.param("2岁6个月", 30, 31, id="years and months"),
        pytest.param("两岁", 24, 36, id="in words"),
        pytest.param("9月龄", 9, 10, id="months of age"),
        pytest.param("宝宝6个月,发热", 6, 7, id="a baby's months"),
        pytest.param("女婴,5个月,咳嗽", 5, 6, id="after the sex"),
        pytest.param("a 2-year-old boy", 24, 36, id="English"),
        pytest.param("aged 6 months", 6, 7, id="aged"),
        pytest.param("35岁", 420, 432, id="grown up"),
    ],
)
def test_an_age_is_read_with_how_long_it_lasts(text: str, low: float, high: float) -> None:
    (age,) = find_ages(text)
    assert (age.low, age.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    "text",
    ["3岁以上", "1~3岁以下", "不满3岁", "病程3个月", "3个月后复查", "3月发病", "随访6个月", "超过2岁"],
)
def test_bounds_and_durations_are_nobodys_age(text: str) -> None:
    assert list(find_ages(text)) == []
