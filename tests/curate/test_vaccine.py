from pathlib import Path

import pytest

from benchmarks.medical_sense import cases, findings_of
from pedcorpus.curate import Subject, check_id
from pedcorpus.curate.vaccine import CHECK, VaccineCheck
from pedcorpus.records import Finding, Instruction, Severity
from pedcorpus.settings import CurateSettings
from tests.by_hand import question


def judge(record: Instruction, check: VaccineCheck = CHECK) -> list[Finding]:
    return [finding for finding in check.verdicts([Subject(record, {})]) if finding.severity is not Severity.PASS]


def test_every_planted_age_is_a_finding() -> None:
    planted = [case for case in cases() if case["check"] == "vaccine" and case["kind"] != "clean"]
    assert [case["id"] for case in planted if not findings_of(case, "vaccine")] == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param("百白破疫苗在2、4、6月龄各接种1剂。", "", id="in force"),
        pytest.param("百白破疫苗在3、4、5月龄各接种1剂。", "vaccine_old_schedule", id="before 2025"),
        pytest.param("麻腮风疫苗在2月龄接种。", "vaccine_too_early", id="too early"),
        pytest.param("麻腮风疫苗在8月龄和18月龄接种。", "", id="two ages"),
        pytest.param("一岁半接种甲肝疫苗。", "", id="in words"),
        pytest.param("甲肝疫苗在5岁接种。", "vaccine_age", id="at no age of any version"),
        pytest.param("甲肝疫苗未接种者5岁可补种。", "", id="catching up"),
        pytest.param("在美国，麻腮风疫苗在4岁接种第2剂。", "", id="another country"),
        pytest.param("2月龄接种脊灰灭活疫苗，8月龄接种麻腮风疫苗。", "", id="two vaccines"),
        pytest.param("水痘疫苗在5岁接种。", "", id="not of the programme"),
        pytest.param("麻腮风疫苗第2剂在8月龄、第1剂在18月龄接种。", "vaccine_dose_order", id="out of order"),
        pytest.param("6岁应补种卡介苗。", "vaccine_age", id="no longer given"),
        pytest.param("4岁以上不再补种卡介苗。", "", id="said not to be given"),
        pytest.param("13岁男孩应接种双价HPV疫苗。", "vaccine_sex", id="the other sex"),
        pytest.param("用丙种球蛋白后1个月后可接种麻腮风疫苗。", "vaccine_interval", id="too soon"),
        pytest.param("用丙种球蛋白后至少3个月后再接种麻腮风疫苗。", "", id="late enough"),
    ],
)
def test_an_age_is_held_against_every_version_of_the_programme(answer: str, reason: str) -> None:
    assert [finding.reason for finding in judge(question(answer))] == ([reason] if reason else [])


def test_an_age_of_an_older_version_is_for_review_with_its_last_day() -> None:
    (finding,) = judge(question("百白破疫苗在3、4、5月龄各接种1剂。"))
    assert finding.severity is Severity.WARNING
    assert "in force until 2024-12-31" in finding.detail


def test_what_a_parent_tells_of_their_child_is_not_judged() -> None:
    assert judge(question("可以。", question="宝宝5个月，昨天5月龄打了百白破疫苗，正常吗？")) == []


def test_a_hospitals_own_table_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "vaccines.toml").write_text(
        'version = 2\nnotice = "ours"\n[sources]\nX = { tier = "A", title = "our plan" }\n[[vaccine]]\ncode = "V"\n'
        'zh = "水痘疫苗"\nsources = ["X"]\n[[plan]]\nname = "ours"\nsources = ["X"]\n'
        'doses = [{ vaccine = "V", dose = 1, months = 12 }]\n',
        encoding="utf-8",
    )
    own = CHECK.with_settings(CurateSettings(medical_tables=str(tmp_path)))
    (finding,) = judge(question("水痘疫苗在5岁接种。"), own)
    assert "our plan" in finding.detail
    assert check_id(own).startswith(f"vaccine@{CHECK.version}:2-")


def test_two_hundred_thousand_characters_are_judged() -> None:
    assert len(judge(question("麻腮风疫苗在2月龄接种。" + "百白破疫苗在2月龄接种。" * 16_000))) == 1
