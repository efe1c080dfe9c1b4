import pytest

from pedcorpus.curate.red_flag import RedFlagCheck
from pedcorpus.evaluation.medical.grounded import grounded_grade
from tests.evaluation.medical.by_hand import case, chat, knowledge

FLAGS = RedFlagCheck().flags
SOURCE = "热性惊厥多见于6个月至3岁。发作超过5分钟可静脉注射地西泮0.3～0.5 mg/kg。不需要长期服药。"


@pytest.mark.parametrize(
    ("reply", "value"),
    [
        ("热性惊厥多见于6个月至3岁。", 1),
        ("热性惊厥多见于6岁至9岁。", 0),
        ("热性惊厥多见于6个月至3岁。发作超过5分钟可静脉注射地西泮3～5 mg/kg。", 0.5),
        ("您好！\n方案：\n1. 热性惊厥多见于6个月至3岁。\n2. 口服阿奇霉素10 mg/kg。", 0.5),
        ("热性惊厥多见于6个月至3岁。如症状加重，请立即就医。", 1),
        ("地球绕着太阳转，一年一圈。", 0),
        ("", 0),
    ],
)
def test_a_sentence_is_held_by_its_facts(reply, value):
    assert grounded_grade(knowledge(SOURCE), reply, FLAGS).value == value


def test_findings_of_the_question_may_be_repeated():
    assert grounded_grade(case(), "孩子发热，抽搐2分钟。", FLAGS).value == 1


def test_the_reason_shows_each_loose_sentence():
    reason = grounded_grade(knowledge(SOURCE), "地西泮5 mg/kg静脉注射。", FLAGS).reason["en"]
    assert reason.startswith("0 of 1 sentences; 「地西泮5 mg/kg静脉注射。」")


@pytest.mark.parametrize("reply", ["Febrile seizures are common from 6 months to 3 years.", "您好！"])
def test_another_language_or_courtesy_alone_cannot_be_held(reply):
    assert grounded_grade(knowledge(SOURCE), reply, FLAGS) is None


def test_english_is_held_against_english():
    record = knowledge("Febrile seizures last less than 15 minutes.", question="How long?", language="en")
    assert grounded_grade(record, "Febrile seizures last less than 15 minutes.", FLAGS).value == 1
    assert grounded_grade(record, "Febrile seizures last less than 50 minutes.", FLAGS).value == 0


def test_what_is_no_medicine_has_no_evidence_to_hold():
    assert grounded_grade(chat("The moon is full tonight.", question="翻译"), "The moon is full.", FLAGS) is None
