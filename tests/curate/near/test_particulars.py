import pytest

from pedcorpus.curate.near import bare, particulars_reader

READ = particulars_reader(["黏多糖贮积症Ⅱ型", "黏多糖贮积症Ⅳ型", "小儿川崎病"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("热性惊厥怎么治疗", "癫痫怎么治疗", id="disease of the tables"),
        pytest.param("黏多糖贮积症Ⅱ型如何治疗", "黏多糖贮积症Ⅳ型如何治疗", id="disease that is a topic"),
        pytest.param("可以服用布洛芬", "可以服用对乙酰氨基酚", id="drug"),
        pytest.param("3岁儿童", "3个月儿童", id="age"),
        pytest.param("体重10 kg", "体重12 kg", id="weight"),
        pytest.param("每次10 mg/kg", "每次10 mg", id="dose by weight"),
        pytest.param("首剂10 mg，维持5 mg", "首剂5 mg，维持10 mg", id="doses changed over"),
        pytest.param("服三天", "服五天", id="numeral"),
        pytest.param("0.5 mg/kg", "0.5 μg/kg", id="unit"),
        pytest.param("可以吃鸡蛋", "不可以吃鸡蛋", id="negation"),
        pytest.param("血压升高", "血压降低", id="opposite"),
        pytest.param("男孩", "女孩", id="sex"),
    ],
)
def test_texts_of_other_particulars_have_other_keys(one: str, other: str) -> None:
    assert READ(bare(one)) != READ(bare(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("对乙酰氨基酚怎么吃", "扑热息痛怎么吃", id="names of one drug"),
        pytest.param("服用1 g", "服用1000毫克", id="units of one amount"),
        pytest.param("服三天", "服3天", id="numeral and figure"),
        pytest.param("是一种热性惊厥", "是热性惊厥", id="no amount"),
        pytest.param("能不能吃鸡蛋", "能吃鸡蛋吗", id="question, not negation"),
        pytest.param("小儿川崎病怎么治", "川崎病怎么治", id="child's disease"),
        pytest.param("热性惊厥与癫痫", "癫痫与热性惊厥", id="order of names"),
    ],
)
def test_the_same_particulars_have_one_key(one: str, other: str) -> None:
    assert READ(bare(one)) == READ(bare(other))


@pytest.mark.parametrize("text", ["", "😀", "𠀀", "\ud800", "一" * 10_000, "9" * 5_000], ids=range(6))
def test_any_text_has_a_key(text: str) -> None:
    assert READ(bare(text)) == READ(bare(text))
