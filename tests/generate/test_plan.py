from collections import Counter

from pedcorpus.generate.fragments import fragments
from pedcorpus.generate.plan import plan_slots
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks import task_of
from tests.generate.shelf import FRAGMENT, book, sample_shelf

WRITINGS = {task: task_of(task).writing for task in ("evidiag", "medkqa", "trerecom")}
GROWTH = book(("出生时身长平均为50厘米，生后第一年增长约25厘米，第二年增长约10厘米。", "第一章 生长发育", "身长的增长"))


def planned(material, **settings):
    chosen = GenerateSettings(**settings)
    return [slot for one in fragments(material, chosen) for slot in plan_slots(one, WRITINGS, chosen, language="zh")]


def test_a_fragment_on_a_disease_with_its_treatment_is_asked_for_all_tasks():
    assert set(Counter(slot.task for slot in planned(FRAGMENT))) == set(WRITINGS)


def test_a_chapter_on_growth_is_asked_for_neither_diagnosis_nor_treatment():
    assert {slot.task for slot in planned(GROWTH)} == {"medkqa"}


def test_no_more_than_the_settings_say_is_planned():
    assert len(planned(FRAGMENT, instructions_per_fragment=3)) == 3


def test_a_short_fragment_has_fewer_slots():
    assert len(planned(GROWTH, instructions_per_fragment=10)) == 3


def test_the_plan_follows_from_content_and_seed_alone():
    assert planned(FRAGMENT) == planned(FRAGMENT)
    assert planned(FRAGMENT) != planned(FRAGMENT, seed=1)


def test_no_two_slots_of_a_fragment_are_alike():
    for material in sample_shelf():
        for one in fragments(material, GenerateSettings()):
            slots = plan_slots(one, WRITINGS, GenerateSettings(), language="zh")
            assert len({(slot.task, slot.focus, slot.kind.id) for slot in slots}) == len(slots)


def test_the_child_lies_inside_the_ages_and_ceilings_of_the_source():
    for seed in range(20):
        for slot in planned(FRAGMENT, seed=seed):
            if slot.patient is None:
                continue
            assert slot.patient.age_months is None or 6 <= slot.patient.age_months <= 36
            assert slot.patient.weight_kg is None or slot.patient.weight_kg * 0.5 <= 10


def test_a_toddler_does_not_ask_for_itself():
    askers = {slot.asker for seed in range(30) for slot in planned(FRAGMENT, seed=seed)}
    assert "patient" not in askers
    assert len(askers) == 6


def test_a_newborn_does_not_ask_for_itself():
    material = book(
        ("新生儿脐部应保持清洁干燥，每日用酒精擦拭，红肿流脓者应就医。", "第二章 新生儿疾病", "脐炎", "护理")
    )
    askers = {slot.asker for seed in range(30) for slot in planned(material, seed=seed)}
    assert "patient" not in askers


def test_a_number_is_asked_for_only_where_there_is_one():
    for material in sample_shelf():
        for one in fragments(material, GenerateSettings()):
            for slot in plan_slots(one, WRITINGS, GenerateSettings(), language="zh"):
                assert not slot.kind.needs or slot.kind.needs in one.lines[slot.focus - 1].features


def test_two_diseases_are_asked_about_as_two():
    (material,) = [one for one in sample_shelf() if one.document.path == "triples.csv"]
    for one in fragments(material, GenerateSettings()):
        for slot in plan_slots(one, WRITINGS, GenerateSettings(), language="zh"):
            line = one.lines[slot.focus - 1]
            assert (line.head == one.topic and not line.relates) or slot.kind.needs == line.relates


def test_askers_are_spread_over_the_shelf():
    counted = Counter(slot.asker for material in sample_shelf() for slot in planned(material))
    assert counted.most_common(1)[0][0] == "parent"
    assert max(counted.values()) < 0.4 * counted.total()
    assert min(counted.values()) > 0.04 * counted.total()
