import subprocess
import sys

import pytest

from benchmarks.medical_sense import cases, findings_of
from pedcorpus.curate import Subject, check_id
from pedcorpus.curate.growth import CHECK, GrowthCheck
from pedcorpus.records import Finding, Instruction, Patient, Severity
from pedcorpus.settings import CurateSettings
from tests.by_hand import question, treatment


def judge(record: Instruction, check: GrowthCheck = CHECK) -> list[Finding]:
    return [finding for finding in check.verdicts([Subject(record, {})]) if finding.severity is not Severity.PASS]


def asked(words: str, answer: str = "多饮水。") -> Instruction:
    return question(answer, question=words)


def test_every_planted_size_is_a_finding() -> None:
    planted = [case for case in cases() if case["check"] == "growth" and case["kind"] != "clean"]
    assert [case["id"] for case in planted if not findings_of(case, "growth")] == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        pytest.param("3岁，体重140 kg", "weight_implausible", id="tenfold weight"),
        pytest.param("3岁，体重14 kg", "", id="sound weight"),
        pytest.param("3岁，体重28斤", "", id="half-kilograms"),
        pytest.param("3岁，体重280斤", "weight_implausible", id="tenfold half-kilograms"),
        pytest.param("新生儿，出生体重3300 g", "", id="grams"),
        pytest.param("足月新生儿，出生体重330 g", "weight_implausible", id="a tenth of a birth weight"),
        pytest.param("早产儿，胎龄28周，出生体重1000 g", "", id="born early"),
        pytest.param("早产儿，胎龄28周，出生体重5000 g", "weight_implausible", id="born early and too heavy"),
        pytest.param("宝宝出生时6斤8两，现在3个月", "", id="jin and liang"),
        pytest.param("A 3-year-old boy weighs 30 lb", "", id="pounds"),
        pytest.param("3岁，身高95 cm", "", id="sound height"),
        pytest.param("3岁，身高9.5 cm", "height_implausible", id="a tenth of a height"),
        pytest.param("3岁，身高1米9", "height_implausible", id="metres"),
        pytest.param("3岁，体重１４０ｋｇ", "weight_implausible", id="full width"),
        pytest.param("三岁半，体重140公斤", "weight_implausible", id="age in words"),
        pytest.param("体重140 kg的3岁男孩", "weight_implausible", id="weight before age"),
        pytest.param("体重140 kg", "", id="no age"),
        pytest.param("30岁，体重140 kg", "", id="grown up"),
        pytest.param("孩子3岁，妈妈体重80 kg", "", id="the mother's"),
        pytest.param("3岁，体重减轻了1 kg", "", id="a change"),
        pytest.param("3岁，体重超过80 kg者", "", id="a bound"),
        pytest.param("宝宝3岁，出生时体重是2800克，身高是48公分", "", id="both at birth"),
    ],
)
def test_a_size_that_no_child_of_the_age_has_is_a_finding(words: str, reason: str) -> None:
    assert [finding.reason for finding in judge(asked(words))] == ([reason] if reason else [])


@pytest.mark.parametrize(
    "answer",
    [
        "1岁儿童正常体重约为90 kg。",
        "1～3岁、体重10～15 kg者每次4 ml；体重超过60 kg者每次10 ml。",
        "按公式，6岁体重=年龄×2+8 kg。",
    ],
    ids=["normal value", "dose table", "formula"],
)
def test_what_an_answer_says_of_children_at_large_is_nobodys_size(answer: str) -> None:
    assert judge(asked("孩子1岁怎么吃药？", answer)) == []


def test_the_fields_of_a_case_are_judged() -> None:
    record = treatment().model_copy(update={"patient": Patient(age_months=24, weight_kg=120)})
    (finding,) = judge(record)
    assert (finding.reason, finding.path, finding.start) == ("weight_implausible", "patient.weight_kg", None)


def test_a_finding_tells_z_and_the_plausible_range_and_points_at_the_words() -> None:
    (finding,) = judge(asked("3岁男孩，体重140 kg"))
    assert "z +" in finding.detail
    assert "plausible 6.23 to 33.2 kg" in finding.detail
    assert (finding.path, finding.start, finding.end) == ("question", 5, 13)


def test_what_is_only_wide_is_for_review_and_what_nobody_weighs_is_an_error() -> None:
    severities = [judge(asked(f"3岁，体重{weight} kg"))[0].severity for weight in (38, 140)]
    assert severities == [Severity.WARNING, Severity.ERROR]


def test_a_child_said_to_be_obese_may_weigh_more() -> None:
    assert judge(asked("3岁，重度肥胖，体重38 kg")) == []


def test_the_widest_z_is_a_setting_and_part_of_the_id() -> None:
    strict = CHECK.with_settings(CurateSettings(growth_z=3))
    assert len(judge(asked("3岁，体重28 kg"), strict)) == 1
    assert judge(asked("3岁，体重28 kg")) == []
    assert check_id(strict) == f"growth@{CHECK.version}:3"


@pytest.mark.parametrize(
    "words",
    ["体重" * 3000, "💊3岁，体重 kg", "𠮷3岁𠮷体重\x00140", "3岁，体重99999999999 kg"],
    ids=["words", "emoji", "rare", "long"],
)
def test_odd_text_is_judged_without_an_error(words: str) -> None:
    assert judge(asked(words)) == []


def test_two_hundred_thousand_characters_are_judged() -> None:
    assert len(judge(asked("3岁，体重140 kg。" + "孩子精神好，体重正常。" * 20_000))) == 1


def test_scipy_is_imported_only_where_a_child_is_measured() -> None:
    code = (
        "import sys; from pedcorpus.curate import Subject; from pedcorpus.curate.growth import CHECK; "
        "from tests.by_hand import question; list(CHECK.verdicts([Subject(question(), {})])); "
        "assert 'scipy' not in sys.modules and 'rcpchgrowth' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
