import pytest

from pedcorpus.facts import stands_in


@pytest.mark.parametrize(
    ("words", "quote", "expected"),
    [
        pytest.param("可静脉缓慢注射", "可静脉 缓慢注射地西泮", True, id="spaces aside"),
        pytest.param("5 mg/kg", "0.5 mg/kg", False, id="cut out of a number"),
        pytest.param("10 mg", "10 mg/kg", False, id="cut off what it is divided by"),
        pytest.param("6个月", "6个月以下", False, id="cut off its bound"),
        pytest.param("推荐使用激素", "不推荐使用激素", False, id="cut off its denial"),
        pytest.param("Give antidiarrhoeal drugs", "Do not give antidiarrhoeal drugs.", False, id="English denial"),
    ],
)
def test_words_stand_in_a_quote_only_whole(words, quote, expected):
    assert stands_in(words, quote) is expected
