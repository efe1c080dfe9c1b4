import pytest

from pedcorpus.generate import Material
from pedcorpus.generate.guideline import GENERATOR
from pedcorpus.records import PassageKind
from pedcorpus.settings import GenerateSettings
from tests.generate.shelf import book, passage

TITLE = "儿童急性发热处理指南"


def drafts(*texts):
    rows = [
        passage(text, TITLE, "退热治疗", position=index, kind=PassageKind.RECOMMENDATION)
        for index, text in enumerate(texts)
    ]
    base = book(kind="guideline")
    return list(GENERATOR.drafts(Material(base.source, base.document, tuple(rows)), GenerateSettings()))


def test_the_answer_keeps_grade_and_polarity():
    found = drafts("推荐12：不推荐使用酒精擦浴降温（1C）。")
    assert {draft.answer for draft in found} == {"不推荐使用酒精擦浴降温（1C）。"}


def test_the_question_does_not_say_which_way_it_goes():
    against = [draft.question for draft in drafts("推荐12：不推荐使用酒精擦浴降温（1C）。")]
    for_it = [draft.question for draft in drafts("推荐12：推荐使用酒精擦浴降温（1C）。")]
    assert against == for_it
    assert not any("不推荐" in question for question in against)


def test_a_dosed_recommendation_becomes_a_plan():
    found = drafts("推荐10：6个月以上儿童可使用布洛芬5～10 mg/kg，口服，单次最大量400 mg（1A）。")
    plan = next(draft for draft in found if draft.task == "trerecom")
    assert plan.patient.age_months >= 6
    assert plan.drugs[0].computed_high == 10 * plan.patient.weight_kg <= 400


@pytest.mark.parametrize(
    ("polarity", "tasks"), [("for", {"medkqa", "trerecom"}), ("against", {"medkqa"}), ("mixed", {"medkqa"})]
)
def test_a_refusal_that_only_the_grade_tells_is_never_a_plan(polarity, tasks):
    row = passage(
        "推荐3：6个月以上儿童可使用布洛芬5～10 mg/kg，口服，单次最大量400 mg（推荐强度：弱不推荐）。",
        TITLE,
        "退热治疗",
        kind=PassageKind.RECOMMENDATION,
    ).model_copy(update={"attributes": {"polarity": polarity}})
    base = book(kind="guideline")
    found = GENERATOR.drafts(Material(base.source, base.document, (row,)), GenerateSettings())
    assert {draft.task for draft in found} == tasks


def test_a_recommendation_against_a_drug_is_never_a_plan():
    found = drafts("推荐1：不推荐使用布洛芬5～10 mg/kg预防惊厥（1A）。")
    assert {draft.task for draft in found} == {"medkqa"}
