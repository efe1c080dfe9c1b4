"""What an exchange is about is read from its words: children by their names, ages and diseases."""

from __future__ import annotations

import pytest

from pedcorpus.parse.paediatric import domain_of, paediatric_score


def domain(
    question: str, answer: str = "建议到医院检查，明确诊断后治疗。", department: str = "", **changes: object
) -> str:
    return domain_of(asked=[question], answered=[answer], department=department, **changes).domain  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "question",
    [
        "宝宝发热三天怎么办？",
        "患儿，男，8个月，腹泻2天，考虑什么诊断？",
        "出生5天的新生儿皮肤发黄",
        "我家孩子咳嗽，需要吃药吗？",
        "女孩，5岁，喘息反复发作",
        "小儿肺炎的治疗",
        "手足口病几天能好？",
        "早产儿支气管肺发育不良如何预防？",
        "我今年35岁，孩子3岁，他发热怎么办？",  # a parent's age beside the child's
        "我15岁，一直咳嗽是怎么回事？",
        "我是癫痫患者的妈妈，儿子七岁，又抽搐了",
        "My 2 year old has a fever, what should I do?",
        "What is the treatment of neonatal sepsis?",
    ],
)
def test_a_child_s_illness_is_paediatric(question: str) -> None:
    assert domain(question) == "paediatric"


@pytest.mark.parametrize(
    "question",
    [
        "高血压患者能吃党参吗？",
        "我父亲68岁，头晕，血压高",
        "怀孕3个月感冒了能吃药吗？",
        "我想要孩子，输卵管不通怎么治疗？",
        "咳嗽3个月了，是什么病？",  # a duration is no age
        "结婚三年没怀上孩子，是不孕症吗？",
        "试管婴儿的成功率是多少？",
        "女儿25岁，痛经怎么治疗？",
        "过敏性荨麻疹有什么症状？",
        "我15岁时得过肺炎，今年37岁，又咳嗽了",  # a childhood long past
        "癫痫会遗传给孩子吗？",
        "患者男，年龄：28，腰疼怎么治疗",
        "I am a 45 year old man with chest pain.",
    ],
)
def test_an_adult_s_illness_is_not(question: str) -> None:
    assert domain(question) == "general_medical"


@pytest.mark.parametrize(
    ("question", "answer"),
    [("写一首关于秋天的诗", "秋风起，落叶黄。"), ("1+1等于几？", "等于2。"), ("给孩子们讲个故事", "从前有座山。")],
)
def test_what_is_not_medicine_is_general(question: str, answer: str) -> None:
    assert domain(question, answer) == "general"


def test_what_says_nothing_is_other() -> None:
    assert domain("？", "") == "other"
    assert domain("你是谁？", "我是助手。", is_about_itself=True) == "other"


def test_a_department_tells_what_words_do_not() -> None:
    assert domain("总是睡不好怎么办？", department="儿科") == "paediatric"
    assert domain("总是睡不好怎么办？", department="男科") == "general_medical"


def test_an_answer_alone_makes_no_child() -> None:
    assert domain("感冒了吃什么好？", "儿童、婴幼儿、新生儿和患儿要慎用。") == "general_medical"


def test_the_threshold_decides() -> None:
    score = paediatric_score("我女儿总是咳嗽")
    assert 0.2 < score < 0.8
    assert domain("我女儿总是咳嗽", threshold=score - 0.1) == "paediatric"
    assert domain("我女儿总是咳嗽", threshold=score + 0.1) == "general_medical"


def test_the_longest_texts_cost_no_more_than_their_beginning() -> None:
    assert 0 <= paediatric_score("孩子" * 200_000, "宝宝" * 200_000) <= 1
