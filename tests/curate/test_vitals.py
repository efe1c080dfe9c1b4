from pathlib import Path

import pytest

from benchmarks.medical_sense import cases, findings_of
from pedcorpus.curate import Subject, check_id
from pedcorpus.curate.vitals import CHECK, VitalsCheck
from pedcorpus.records import Finding, Instruction, Severity
from pedcorpus.settings import CurateSettings
from tests.by_hand import question


def judge(record: Instruction, check: VitalsCheck = CHECK) -> list[Finding]:
    return [finding for finding in check.verdicts([Subject(record, {})]) if finding.severity is not Severity.PASS]


def test_every_planted_sign_is_a_finding() -> None:
    planted = [case for case in cases() if case["check"] == "vitals" and case["kind"] != "clean"]
    assert [case["id"] for case in planted if not findings_of(case, "vitals")] == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        pytest.param("体温63℃", "vital_impossible", id="temperature"),
        pytest.param("体温38.5℃", "", id="fever"),
        pytest.param("发烧39度", "", id="fever in degrees"),
        pytest.param("体温102℉", "", id="fahrenheit"),
        pytest.param("水温63℃", "", id="water"),
        pytest.param("体温每升高1℃", "", id="a rise"),
        pytest.param("体温上升至63℃", "vital_impossible", id="what it rose to"),
        pytest.param("SpO2 120%", "vital_impossible", id="saturation"),
        pytest.param("血氧饱和度85%", "", id="low saturation"),
        pytest.param("中性粒细胞120%", "", id="another share"),
        pytest.param("心率1100次/分", "vital_impossible", id="tenfold rate"),
        pytest.param("3岁，心率11次/分", "vital_implausible", id="a tenth of a rate"),
        pytest.param("3岁，心率180次/分", "", id="a sick child's rate"),
        pytest.param("婴儿室上速时心率可达280次/分", "", id="tachycardia"),
        pytest.param("胸外按压100次/分", "", id="compressions"),
        pytest.param("3岁，血压90/60 mmHg", "", id="pressure"),
        pytest.param("3岁，血压900/60 mmHg", "vital_impossible", id="tenfold pressure"),
        pytest.param("3岁，收缩压12 kPa", "", id="kilopascals"),
        pytest.param("大便5次/日", "", id="stools"),
    ],
)
def test_a_childs_own_sign_is_held_to_wide_bounds(words: str, reason: str) -> None:
    found = judge(question("需要复查。", question=words))
    assert [finding.reason for finding in found] == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("answer", "severity"),
    [
        pytest.param("新生儿正常心率为120～140次/分。", None, id="sound"),
        pytest.param("新生儿正常心率为40～60次/分。", Severity.ERROR, id="apart from all sources"),
        pytest.param("7岁儿童正常心率为150～180次/分。", Severity.WARNING, id="just apart"),
        pytest.param("1～5岁呼吸频率≥40次/分为增快。", None, id="WHO's cut-off"),
        pytest.param("1～5岁呼吸频率≥20次/分为增快。", Severity.ERROR, id="half of it"),
        pytest.param("成人正常呼吸频率为12～20次/分。", None, id="grown-ups"),
        pytest.param("小儿正常体温为39～40℃。", Severity.ERROR, id="fever called normal"),
        pytest.param("5岁儿童收缩压正常值为80～110 mmHg。", None, id="pressure"),
    ],
)
def test_what_is_called_normal_is_held_against_all_sources(answer: str, severity: Severity | None) -> None:
    assert [finding.severity for finding in judge(question(answer))] == ([severity] if severity else [])


def test_a_finding_tells_the_bounds_with_their_source_and_points_at_the_words() -> None:
    (finding,) = judge(question("新生儿正常心率为40～60次/分。"))
    assert "85 to 205 /min" in finding.detail
    assert "PB13: WHO, Pocket Book" in finding.detail
    assert (finding.start, finding.end) == (5, 16)


def test_a_hospitals_own_table_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "vitals.toml").write_text(
        'version = 2\nnotice = "ours"\n[sources]\nX = { tier = "A", title = "our book" }\n[[sign]]\n'
        'name = "heart_rate"\nunit = "/min"\npossible = [0, 300]\n'
        'normal = [{ from_months = 0, to_months = 12, low = 40, high = 60, sources = ["X"] }]\n',
        encoding="utf-8",
    )
    own = CHECK.with_settings(CurateSettings(medical_tables=str(tmp_path)))
    assert judge(question("新生儿正常心率为40～60次/分。"), own) == []
    assert check_id(own).startswith(f"vitals@{CHECK.version}:2-")


@pytest.mark.parametrize(
    "words", ["体温" * 3000, "💊体温℃", "𠮷心率\x00次/分", "次/分" * 3000], ids=["words", "emoji", "rare", "units"]
)
def test_odd_text_is_judged_without_an_error(words: str) -> None:
    assert judge(question("好。", question=words)) == []


def test_two_hundred_thousand_characters_are_judged() -> None:
    assert len(judge(question("体温63℃。" + "心率正常，100次/分。" * 16_000))) == 1
