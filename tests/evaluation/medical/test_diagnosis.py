import pytest

from pedcorpus.evaluation.medical.diagnosis import diagnosis_grade
from tests.evaluation.medical.by_hand import case, knowledge


@pytest.mark.parametrize(
    ("reply", "value"),
    [
        ("诊断：热性惊厥。依据：发热，抽搐。", 1),
        ("考虑高热惊厥。", 1),
        ("The most likely diagnosis is febrile seizure, not epilepsy.", 1),
        ("不是热性惊厥，是癫痫。", 0),
        ("可排除热性惊厥，考虑癫痫。", 0),
        ("排除癫痫后，诊断为热性惊厥。", 1),
        ("诊断：癫痫\n需鉴别：\n- 热性惊厥：有发热", 0),
        ("诊断：热性惊厥\n需鉴别：\n- 癫痫：无热\n- 化脓性脑膜炎：有脑膜刺激征", 1),
        ("诊断为癫痫，需与热性惊厥、脑膜炎相鉴别。", 0),
        ("Diagnosis: epilepsy\nTo be told apart from:\n- febrile seizure: has fever", 0),
        ("Febrile seizure is unlikely. This is epilepsy.", 0),
        ("可能是热性惊厥或癫痫。", 0.5),
        ("热性惊厥、癫痫、化脓性脑膜炎、病毒性脑炎都可能。", 0.25),
        ("发热时抽搐常见。考虑热性惊厥。", 1),
        ("孩子抽搐了，多喝水。", 0),
        ("", 0),
    ],
)
def test_only_what_is_given_as_the_diagnosis_counts(reply, value):
    assert diagnosis_grade(case(), reply).value == pytest.approx(value)


def test_a_disease_that_no_table_knows_is_found_by_its_own_words():
    record = case("样例性甲状舌管囊肿")
    assert diagnosis_grade(record, "诊断：样例性甲状舌管囊肿").value == 1
    assert diagnosis_grade(record, "诊断：样例性囊肿").value == 0


@pytest.mark.parametrize(("reply", "value"), [("考虑病毒性肺炎", 0), ("考虑细菌性肺炎", 1), ("考虑肺炎", 1)])
def test_what_narrows_the_disease_may_be_missing_but_not_another(reply, value):
    assert diagnosis_grade(case("细菌性肺炎"), reply).value == value


def test_a_complication_beside_the_disease_is_no_second_diagnosis():
    assert diagnosis_grade(case("支气管肺炎"), "诊断：支气管肺炎合并心力衰竭").value == 1


def test_what_the_question_tells_is_no_second_diagnosis():
    record = case("急性胃肠炎", findings=("贫血", "腹泻"))
    assert diagnosis_grade(record, "诊断：贫血，急性胃肠炎").value == 1


def test_the_reason_says_what_was_found_and_what_was_expected():
    assert diagnosis_grade(case(), "诊断：癫痫").reason == {
        "zh": "诊断为癫痫；应为热性惊厥",
        "en": "gives 癫痫; expected 热性惊厥",
    }


def test_other_tasks_have_no_diagnosis_to_grade():
    assert diagnosis_grade(knowledge("多喝水。"), "诊断：热性惊厥") is None
