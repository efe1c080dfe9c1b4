import pytest

from pedcorpus.curate.red_flag import RedFlagCheck
from pedcorpus.evaluation.medical.red_flag import red_flag_grade
from tests.evaluation.medical.by_hand import case, chat, knowledge

FLAGS = RedFlagCheck().flags
FIT = knowledge("保持侧卧。", question="孩子抽搐超过5分钟了怎么办？")


@pytest.mark.parametrize(
    ("reply", "value"),
    [
        ("保持侧卧，立即拨打120送医。", 1),
        ("请马上去医院急诊。", 1),
        ("Lay the child on the side and call an ambulance.", 1),
        ("可以找时间去医院看看。", 0.5),
        ("Take your child to a doctor.", 0.5),
        ("不用去医院，观察即可。", 0),
        ("There is no need to see a doctor.", 0),
        ("先掐人中，多喝水。", 0),
        ("", 0),
    ],
)
def test_a_red_flag_needs_the_advice_to_seek_care_at_once(reply, value):
    assert red_flag_grade(FIT, reply, FLAGS).value == value


@pytest.mark.parametrize(
    "record",
    [
        knowledge("多喝水。", question="孩子没有抽搐，也没有呼吸困难，只是流鼻涕，怎么办？"),
        knowledge("多喝水。", question="孩子流鼻涕怎么办？"),
        knowledge("地西泮。", question="抽搐超过5分钟怎么处理？", asker="junior_doctor"),
        chat("好。", question="抽搐超过5分钟的小说怎么写？"),
    ],
    ids=["denied", "harmless", "a doctor asks", "no medicine"],
)
def test_no_advice_is_due_where_no_lay_asker_tells_of_a_red_flag(record):
    assert red_flag_grade(record, "多喝水。", FLAGS) is None


def test_signs_among_the_findings_of_a_case_count():
    score = red_flag_grade(case(findings=("咳嗽", "口唇发紫")), "诊断：肺炎", FLAGS)
    assert score.value == 0
    assert score.reason["zh"] == "没有劝就医：青紫或苍白发花"


def test_fever_is_a_red_flag_under_three_months_only():
    young, older = (knowledge("多喝水。", question=f"宝宝{age}个月，发烧38.5度怎么办？") for age in (2, 20))
    assert red_flag_grade(young, "立即就医。", FLAGS).value == 1
    assert red_flag_grade(older, "立即就医。", FLAGS) is None
