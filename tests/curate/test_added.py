import pytest

from pedcorpus.curate import added_facts

ANSWER = (
    "热性惊厥首次发作多见于6个月至3岁。"
    "发作超过5分钟者，静脉缓慢注射地西泮0.3～0.5 mg/kg，单次不超过10 mg，注意呼吸抑制。"
)
KIND = (
    "孩子突然抽起来，哪位家长看了都会害怕。热性惊厥第一次发作多见于6个月至3岁的孩子。"
    "如果发作超过5分钟，要静脉缓慢注射地西泮0.3～0.5 mg/kg，单次不超过10 mg，同时注意呼吸抑制。"
)


def test_kind_words_around_the_same_facts_add_nothing() -> None:
    assert added_facts(ANSWER, KIND) == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("建议平时多休息。", "建议平时多休息"),
        ("您不用担心，会好的。", "不用担心"),
        ("这种情况将来3%会变成癫痫。", "3%"),
        ("也可以用苯巴比妥。", "苯巴比妥"),
    ],
    ids=["advice", "empty comfort", "number", "drug"],
)
def test_advice_comfort_and_facts_that_the_answer_lacks_are_found(more: str, words: str) -> None:
    text = KIND + more
    assert any(
        words in text[gap.start : gap.end] or text[gap.start : gap.end] in more for gap in added_facts(ANSWER, text)
    )


@pytest.mark.parametrize(
    ("said", "instead"),
    [("0.3～0.5", "3～5"), ("超过5分钟", "不到5分钟"), ("地西泮", "苯巴比妥"), ("静脉缓慢", "肌内")],
    ids=["dose", "bound", "drug", "route"],
)
def test_a_changed_fact_is_found(said: str, instead: str) -> None:
    assert added_facts(ANSWER, KIND.replace(said, instead))


def test_two_languages_cannot_be_compared() -> None:
    assert added_facts(ANSWER, "Febrile seizures happen between 6 months and 3 years.") == []
