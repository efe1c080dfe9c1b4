import pytest

from pedcorpus.generate.recommendation import guideline_topic, read_recommendations
from pedcorpus.records import PassageKind
from tests.generate.shelf import passage


def read(text, *following):
    rows = [passage(text, "退热治疗", kind=PassageKind.RECOMMENDATION)]
    rows += [passage(other, "退热治疗", position=index) for index, other in enumerate(following, 1)]
    return next(read_recommendations(rows))


@pytest.mark.parametrize(
    ("text", "condition", "action", "is_against"),
    [
        ("推荐11：不推荐对乙酰氨基酚与布洛芬联合使用（1B）。", "", "对乙酰氨基酚与布洛芬联合使用", True),
        ("推荐10：6个月以上儿童也可使用布洛芬5～10 mg/kg，口服（1A）。", "6个月以上儿童", "使用布洛芬", False),
        (
            "推荐意见5：3～6个月婴儿体温达到39℃者，应在当日由医师面诊（证据等级2b）。",
            "3～6个月婴儿体温达到39℃者",
            "在当日由医师面诊",
            False,
        ),
        ("推荐意见16　2岁以下患儿，应留取清洁尿标本。", "2岁以下患儿", "留取清洁尿标本", False),
        ("推荐1：单纯型热性惊厥患儿，不应常规做脑电图（强推荐）。", "单纯型热性惊厥患儿", "常规做脑电图", True),
    ],
)
def test_recommendations_are_taken_apart(text, condition, action, is_against):
    found = read(text)
    assert (found.condition, found.action, found.is_against) == (condition, action, is_against)


def test_a_grade_in_a_passage_of_its_own_belongs_to_it():
    assert [line.text for line in read("推荐1　应复诊。", "证据等级：B；推荐级别：强推荐").lines] == [
        "应复诊。",
        "证据等级：B；推荐级别：强推荐",
    ]


def test_the_explanation_that_follows_is_its_reason():
    assert [line.text for line in read("推荐1　应复诊。", "理由：病情会变化。").reasons] == ["病情会变化。"]


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("儿童急性发热门急诊处理指南（样例）", "急性发热"),
        ("中国儿童支气管哮喘诊断与治疗指南（2020年版）", "支气管哮喘"),
    ],
)
def test_the_topic_comes_from_the_title(title, topic):
    assert guideline_topic([passage("甲", title)], "x") == topic
