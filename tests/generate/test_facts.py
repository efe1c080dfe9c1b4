import pytest

from pedcorpus.generate.facts import condition_of, find_fact, speaks_of_another, subtype_of
from pedcorpus.generate.phrasing import can_ask


@pytest.mark.parametrize(
    ("sentence", "aspect", "key"),
    [
        ("首次发作多见于6个月至3岁。", None, "onset_age"),
        ("患病率为3%～5%。", None, "rate"),
        ("冬春两季发病较多。", None, "season"),
        ("潜伏期多为3～5天。", None, "incubation"),
        ("经飞沫传播。", None, "transmission"),
        ("本病由轮状病毒引起。", None, "cause"),
        ("以发热、咳嗽为主要特征。", None, "feature"),
        ("2岁以下儿童禁用洛哌丁胺。", "treatment", "avoid"),
        ("出现抽搐应立即就诊。", "care", "emergency"),
        ("饮食宜清淡。", "care", "care_diet"),
        ("居室要通风。", "care", "care_room"),
        ("密切观察面色和呼吸。", "care", "care_watch"),
        ("本病预后良好。", "manifestation", "prognosis"),
        ("患儿精神好。", "manifestation", None),
    ],
)
def test_sentences_answer_questions(sentence, aspect, key):
    fact = find_fact(sentence, aspect, language="zh")
    assert (fact.key if fact else None) == key
    assert fact is None or can_ask(fact.key, language="zh")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("单纯型发作呈全面性。", "单纯型"),
        ("1. 单纯型热性惊厥约占70%。", "单纯型"),
        ("中毒型多见于2～7岁儿童。", "中毒型"),
        ("血型不合可致黄疸。", ""),
        ("发作呈全面性。", ""),
    ],
)
def test_types_are_named_by_the_sentence_that_describes_them(sentence, name):
    assert subtype_of(sentence) == name


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("发作超过5分钟者，可静脉缓慢注射地西泮。", "发作超过5分钟"),
        ("没有静脉通路者，用咪达唑仑。", "没有静脉通路"),
        ("患儿因发热不适时，可用布洛芬。", "发热不适"),
        ("2岁以上者可用硫酸镁。", ""),  # an age is no state
        ("急性支气管炎以对症治疗为主。", ""),
    ],
)
def test_conditions_of_a_treatment_are_read(sentence, condition):
    assert condition_of(sentence) == condition


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("流行性乙型脑炎由蚊虫传播。", True),
        ("病毒性脑炎多见于夏秋季。", False),
        ("本病多见于婴儿。", False),
        ("首次发病多见于婴儿。", False),
    ],
)
def test_facts_of_another_disease_are_not_the_sections_own(sentence, expected):
    assert speaks_of_another(sentence, "病毒性脑炎") is expected
