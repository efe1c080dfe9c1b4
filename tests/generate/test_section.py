import re

import pytest

from pedcorpus.generate.section import GENERATOR
from pedcorpus.settings import GenerateSettings
from tests.generate.shelf import FRAGMENT, book


def drafts(material=FRAGMENT, task=None, **settings):
    return [d for d in GENERATOR.drafts(material, GenerateSettings(**settings)) if task in (None, d.task)]


def test_the_fragment_of_the_examples_gives_all_three_tasks():
    assert {draft.task for draft in drafts()} == {"medkqa", "evidiag", "trerecom"}


def test_numbering_never_leaks_into_a_question():
    assert not any(re.search(r"第[一二三四五六七八九十]+[章节]", draft.user_text()) for draft in drafts())


def test_the_case_lies_inside_the_ranges_of_the_source():
    for case in drafts(task="evidiag", seed=3):
        assert case.patient.age_months is None or 6 <= case.patient.age_months <= 36
        assert (case.diagnosis, case.subtype) == ("热性惊厥", "单纯型")


def test_a_value_of_the_case_cites_the_range_it_lies_in():
    case = drafts(task="evidiag")[0]
    support = next(s for s in case.supporting_evidence if s.finding.startswith("持续约"))
    assert support.criterion == "持续时间短于15分钟"
    assert support.criterion in case.evidence[support.evidence].quote


def test_the_plan_computes_the_dose_and_keeps_the_ceiling():
    plan = drafts(task="trerecom")[0]
    order = plan.drugs[0]
    assert plan.findings == ("发作超过5分钟",)
    assert order.name == "地西泮"
    assert order.computed_high == pytest.approx(0.5 * plan.patient.weight_kg)
    assert order.computed_high <= 10


def test_the_plan_ends_with_the_fixed_safety_line():
    assert drafts(task="trerecom")[0].follow_up[-1].basis == "safety"


def test_more_phrasings_are_made_when_asked_for():
    assert len(drafts(task="medkqa", questions_per_aspect=3)) > len(drafts(task="medkqa", questions_per_aspect=1))


def test_a_section_without_treatment_makes_no_plan():
    assert drafts(book(("囟门膨隆，头围增大，落日征。", "脑积水", "临床表现")), task="trerecom") == []


def test_an_english_section_is_asked_in_english():
    material = book(
        ("Croup is a viral infection of the larynx.", "Croup"), ("Give oxygen.", "Croup", "Treatment"), language="en"
    )
    found = drafts(material)
    assert found
    assert all(draft.question.isascii() for draft in found)
