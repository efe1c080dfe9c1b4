import pytest

from pedcorpus.generate.ages import AgeRange, age_limits, onset_range


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("首次发作多见于6个月至3岁", 6, 36),
        ("本病多见于4～10个月婴儿", 4, 10),
        ("以6～12岁儿童最多", 72, 144),
        ("5岁以下儿童多发", 20, 59.4),
    ],
)
def test_ages_of_onset_are_read(sentence, low, high):
    assert onset_range(sentence) == AgeRange(low, pytest.approx(high))


@pytest.mark.parametrize("sentence", ["疗程5～7天", "病程3～5天，多见咳嗽", "体温38～39℃多见"])
def test_durations_and_temperatures_are_no_ages_of_onset(sentence):
    assert onset_range(sentence) is None


def test_an_order_limits_the_age():
    assert age_limits("6个月以上患儿用布洛芬").low == 6
    assert age_limits("2岁以下儿童禁用").high == 24
    assert age_limits("患儿用布洛芬") == AgeRange(0, 216)
