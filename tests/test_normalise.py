import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pedcorpus.normalise import contains_folded, find_folded, fold, language_of, split_sentences


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("０.３～０.５ ｍｇ／ｋｇ", "0.3~0.5mg/kg", id="width"),
        pytest.param("（证据等级：Ｂ）", "(证据等级:B)", id="brackets and colon"),
        pytest.param("发热，\n咳嗽", "发热,咳嗽", id="line break"),
        pytest.param("39℃", "39 ℃", id="space before a unit"),
        pytest.param("“变蒸”", '"变蒸"', id="quotation marks"),
    ],
)
def test_texts_that_read_the_same_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("0.3 mg", "3 mg", id="decimal point"),
        pytest.param("6个月以下", "6个月以上", id="comparison"),
        pytest.param("1-2次", "12次", id="range"),
        pytest.param("＜3岁", "＞3岁", id="sign"),
    ],
)
def test_texts_that_mean_something_else_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_folded_text_is_found_where_it_stands() -> None:
    text = "可予地西泮０.３～０.５ mg/kg，缓慢静注"
    start, end = find_folded("地西泮0.3~0.5mg/kg", text) or (0, 0)
    assert text[start:end] == "地西泮０.３～０.５ mg/kg"


@pytest.mark.parametrize("needle", ["", "  ", "没有"])
def test_what_is_not_there_is_not_found(needle: str) -> None:
    assert find_folded(needle, "热性惊厥") is None
    assert not contains_folded("热性惊厥", needle)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the law
@given(st.text(), st.text(min_size=1), st.text())
def test_what_was_put_in_is_found(before: str, needle: str, after: str) -> None:
    if fold(needle):
        found = find_folded(needle, before + needle + after)
        assert found is not None
        assert fold(needle) in fold((before + needle + after)[found[0] : found[1]])


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("体温39.2℃。用药3～5天；复查！", ["体温39.2℃。", "用药3～5天；", "复查！"]),
        ("他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"]),
        ("一\n\n二", ["一", "二"]),
        ("", []),
    ],
)
def test_sentences_end_at_their_mark(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("热性惊厥 febrile seizure 的处理", "zh"),
        ("febrile seizure（热性惊厥）is a convulsion with fever in a child", "en"),
        ("", "zh"),
    ],
)
def test_language_is_that_of_most_words(text: str, language: str) -> None:
    assert language_of(text) == language
