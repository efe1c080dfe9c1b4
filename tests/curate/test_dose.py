from pathlib import Path

import pytest

from benchmarks.dose_gate import cases, findings_of
from pedcorpus.curate import Subject, check_id
from pedcorpus.curate.dose import CHECK, DoseCheck
from pedcorpus.records import Finding, Instruction, Patient, Severity
from pedcorpus.settings import CurateSettings
from tests.by_hand import question, treatment


def judge(record: Instruction, check: DoseCheck = CHECK) -> list[Finding]:
    return [finding for finding in check.verdicts([Subject(record, {})]) if finding.severity is not Severity.PASS]


@pytest.mark.parametrize("kind", sorted({case["kind"] for case in cases()} - {"clean"}))
def test_every_planted_error_of_a_kind_is_a_finding(kind: str) -> None:
    planted = [case for case in cases() if case["kind"] == kind]
    assert [case["id"] for case in planted if not findings_of(case)] == []


def test_at_most_one_sound_case_in_fifty_is_a_finding() -> None:
    sound = [case for case in cases() if case["kind"] == "clean"]
    assert sum(bool(findings_of(case)) for case in sound) * 50 <= len(sound)


def test_a_finding_says_what_was_stated_which_bound_it_broke_and_where_that_was_read() -> None:
    (finding,) = judge(question("布洛芬每次50～100 mg/kg口服。"))
    assert finding.detail.startswith("布洛芬 50～100 mg/kg: 5-10 mg/kg per dose; PB13: WHO, Pocket Book")


def test_a_finding_points_at_the_dose() -> None:
    (finding,) = judge(question("布洛芬每次50～100 mg/kg口服。"))
    assert (finding.path, finding.start, finding.end) == ("answer", 5, 17)


def test_a_dose_worked_out_beyond_the_ceiling_is_found_where_no_ceiling_is_told() -> None:
    plan = treatment(computed_low=18.0, computed_high=30.0)
    record = plan.model_copy(update={"patient": Patient(age_months=120, weight_kg=60)})
    assert [(item.reason, item.path) for item in judge(record)] == [("over_ceiling", "drugs.0.computed_high")]


@pytest.mark.parametrize(
    ("answer", "severity"),
    [
        pytest.param("可口服可待因。", Severity.ERROR, id="contraindicated under 12 years"),
        pytest.param("可口服多西环素。", Severity.WARNING, id="allowed with consent in one guideline"),
        pytest.param("可静脉滴注左氧氟沙星。", None, id="a plain age of a fluoroquinolone is not flagged"),
    ],
)
def test_an_age_is_an_error_or_for_review_as_its_sources_agree(answer: str, severity: Severity | None) -> None:
    found = judge(question(answer, question="孩子5岁，咳嗽，怎么办？"))
    assert [item.severity for item in found] == ([severity] if severity else [])


def test_aspirin_is_right_in_kawasaki_disease() -> None:
    assert judge(question("急性期阿司匹林30～50 mg/(kg·d)口服。", question="5岁，川崎病合并流感怎么办？")) == []


def test_a_hospitals_own_table_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'version = 3\nnotice = "ours"\n[sources]\nX = { tier = "A", title = "our book" }\n[[drug]]\nzh = "布洛芬"\n'
        'en = "ibuprofen"\ndoses = [{ low = 1, high = 2, unit = "mg/kg", per = "dose", sources = ["X"] }]\n',
        encoding="utf-8",
    )
    check = CHECK.with_settings(CurateSettings(formulary=str(own)))
    (finding,) = judge(question("布洛芬每次5 mg/kg口服。"), check)
    assert "our book" in finding.detail


def test_the_table_is_part_of_the_checks_id() -> None:
    assert check_id(CHECK).startswith(f"dose@{CHECK.version}:1-")


@pytest.mark.parametrize(
    "answer", ["", "💊" * 3000, "布洛芬" * 3000, "𠮷布洛芬\x00每次 mg/kg"], ids=["one", "emoji", "names", "rare"]
)
def test_odd_text_is_judged_without_an_error(answer: str) -> None:
    assert judge(question(answer or " ")) == []
