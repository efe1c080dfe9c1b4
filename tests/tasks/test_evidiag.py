import pytest

from pedcorpus.records import Address, Asker, Basis, Evidence, Patient
from pedcorpus.tasks.evidiag import TASK, Differential, EviDiag, Support, care_advice

QUOTE = Evidence(
    source="s",
    document="d",
    origin="passage",
    origin_id="p",
    address=Address(heading_path=("热性惊厥",)),
    quote="单纯型发作呈全面性，持续时间短于15分钟",
)


def case(**changes):
    fields = {
        "task": "evidiag",
        "topic": "热性惊厥",
        "asker": "student",
        "question": "诊断是什么？",
        "patient": Patient(age_months=18, sex="male"),
        "findings": ("发作呈全面性", "持续约2分钟"),
        "diagnosis": "热性惊厥",
        "subtype": "单纯型",
        "supporting_evidence": (
            Support(finding="发作呈全面性", criterion="单纯型发作呈全面性", evidence=0),
            Support(finding="持续约2分钟", criterion="持续时间短于15分钟", evidence=0),
        ),
        "differentials": (Differential(disease="癫痫", distinction="无热发作", evidence=0),),
        "evidence": (QUOTE,),
        "language": "zh",
        "license": "CC0-1.0",
        "tier": "open",
        "generator": "rule.section@1",
    }
    return EviDiag(**(fields | changes))


def test_the_case_is_told_before_its_question():
    assert case().user_text() == "男孩，18个月，发作呈全面性，持续约2分钟。诊断是什么？"


def test_the_answer_shows_the_range_a_value_lies_in():
    assert case().answer_text().splitlines() == [
        "诊断：热性惊厥（单纯型）",
        "依据：",
        "1. 发作呈全面性",
        "2. 持续约2分钟：符合“持续时间短于15分钟”",
        "需鉴别：",
        "- 癫痫：无热发作",
    ]


def test_an_unknown_child_is_still_a_child():
    assert case(patient=Patient()).user_text().startswith("患儿，")


def test_an_english_case_opens_with_its_findings():
    text = case(language="en", findings=("fever", "rash"), question="What is it?").user_text()
    assert text == "Fever, rash in a boy, 18 months. What is it?"


def test_diagnosis_subtype_and_every_criterion_are_claims():
    paths = [claim.path for claim in case().claims()]
    assert paths[:3] == ["diagnosis", "subtype", "supporting_evidence.0.criterion"]
    assert "differentials.0.distinction" in paths


@pytest.mark.parametrize("asker", [Asker.PARENT, Asker.GRANDPARENT, Asker.PATIENT])
def test_a_lay_asker_is_sent_to_a_doctor_by_the_fixed_line(asker):
    advised = case(asker=asker, advice=care_advice(asker, language="zh"))
    assert advised.answer_text().splitlines()[-2:] == ["就医：", f"- {TASK.safety_lines['zh']}"]
    assert advised.claims()[-1].basis is Basis.SAFETY


@pytest.mark.parametrize("asker", [Asker.STUDENT, Asker.JUNIOR_DOCTOR, Asker.NURSE])
def test_a_colleague_is_told_a_diagnosis_alone(asker):
    assert care_advice(asker, language="en") == ()


def test_a_case_without_advice_is_the_case_it_was_before_there_was_any():
    assert "advice" not in case().body()
    assert "advice" in case(advice=care_advice(Asker.PARENT, language="zh")).body()
