"""Two answers to one question: which cannot both be right, and over which words."""

from __future__ import annotations

import pytest

from pedcorpus.curate.contradictions import clashes


@pytest.mark.parametrize(
    ("first", "second", "over", "mine", "theirs"),
    [
        ("布洛芬每次5～10 mg/kg口服。", "布洛芬每次15～20 mg/kg口服。", "amount", "5～10 mg/kg", "15～20 mg/kg"),
        ("布洛芬每次10 mg/kg口服。", "布洛芬每次0.1 g/kg口服。", "amount", "10 mg/kg", "0.1 g/kg"),
        ("首次发作多见于6个月至5岁。", "首次发作多见于8岁至10岁。", "amount", "6个月至5岁", "8岁至10岁"),
        ("疗程一般为7～10天。", "疗程一般为14天。", "amount", "7～10天", "14天"),
        ("头孢曲松静脉滴注，疗程7天。", "头孢曲松静脉滴注，疗程至少14天。", "amount", "7天", "至少14天"),
        ("不推荐使用激素。", "推荐使用激素治疗。", "denial", "不推荐使用激素", "推荐使用激素治疗"),
        ("不可以，一岁内不喝。", "可以，少量没关系。", "stance", "不可以", "可以"),
        ("不能。", "能。", "stance", "不能", "能"),
        (
            "Antibiotics are not recommended for bronchiolitis.",
            "Antibiotics are recommended for bronchiolitis.",
            "denial",
            "Antibiotics are not recommended for bronchiolitis",
            "Antibiotics are recommended for bronchiolitis",
        ),
    ],
)
def test_a_clash_names_the_words_of_both(first: str, second: str, over: str, mine: str, theirs: str) -> None:
    found = [(one.over, first[slice(*one.first)], second[slice(*one.second)]) for one in clashes(first, second)]
    assert (over, mine, theirs) in found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("布洛芬每次5～10 mg/kg。", "布洛芬每次10 mg/kg。", id="ranges overlap"),
        pytest.param("布洛芬每次10 mg/kg。", "对乙酰氨基酚每次15 mg/kg。", id="another drug"),
        pytest.param("首剂阿奇霉素10 mg/kg。", "维持量阿奇霉素5 mg/kg。", id="another dose of a course"),
        pytest.param("地西泮静脉注射0.3 mg/kg。", "地西泮直肠给药0.5 mg/kg。", id="another route"),
        pytest.param("头孢曲松每次50 mg/kg。", "头孢曲松每日100 mg/kg。", id="one dose and one day"),
        pytest.param("布洛芬可用5～10 mg/kg，或15～20 mg/kg。", "布洛芬15～20 mg/kg。", id="one says both"),
        pytest.param("无脱水者不需要静脉补液。", "重度脱水者需要静脉补液。", id="other children"),
        pytest.param("体温超过38.5℃时用退热药。", "体温超过38℃时用退热药。", id="both bounds may hold"),
        pytest.param("不推荐使用激素。", "推荐使用布洛芬。", id="another thing is advised"),
        pytest.param("不要吃辛辣刺激的食物。", "少吃辛辣刺激的食物。", id="denied by halves"),
        pytest.param("可以，少量没关系。", "可以喝。", id="both say yes"),
        pytest.param("热性惊厥预后良好。", "热性惊厥预后良好。", id="the same"),
        pytest.param("", "推荐使用激素。", id="an empty answer"),
    ],
)
def test_what_may_both_be_right_does_not_clash(first: str, second: str) -> None:
    assert clashes(first, second) == clashes(second, first) == ()


def test_yes_and_no_clash_only_over_the_same_words_of_a_question() -> None:
    assert clashes("不可以。", "可以。", is_same_question=False) == ()


def test_sides_change_places_with_the_answers() -> None:
    first, second = "疗程一般为7～10天。", "疗程一般为14天。"
    ((one,), (other,)) = clashes(first, second), clashes(second, first)
    assert (one.first, one.second) == (other.second, other.first)
