from collections.abc import Sequence

import pytest

from pedcorpus.curate import Subject, checks
from pedcorpus.curate.check import Check
from pedcorpus.plugins import load_plugin
from pedcorpus.records import Address, Basis, Finding, Instruction, Severity, Statement
from pedcorpus.settings import CurateSettings
from pedcorpus.tasks.evidiag import Differential
from tests.by_hand import PASSAGE, TEXT, evidence, question, treatment
from tests.tasks.test_evidiag import case


def judge(check: str, record: Instruction) -> list[Finding]:
    loaded: Check = load_plugin("checks", check)
    return list(loaded.verdicts([Subject(record, {PASSAGE.id: TEXT})]))


def reasons(findings: Sequence[Finding]) -> list[str]:
    return [finding.reason for finding in findings]


@pytest.mark.parametrize("record", [question(), treatment()], ids=["medkqa", "trerecom"])
@pytest.mark.parametrize("check", [check.name for check in checks()])
def test_a_sound_record_passes_every_check_with_one_verdict(check: str, record: Instruction) -> None:
    (verdict,) = judge(check, record)
    assert verdict.severity is Severity.PASS


def test_disabled_checks_do_not_run() -> None:
    assert "quote" not in {check.name for check in checks(CurateSettings(disabled_checks=("quote",)))}


@pytest.mark.parametrize(
    ("quote", "severity", "reason"),
    [
        pytest.param("发作超过5分钟者,可静脉缓慢注射", Severity.WARNING, "quote_not_exact", id="another width"),
        pytest.param("可静脉缓慢注射地西泮3～5 mg/kg", Severity.ERROR, "quote_not_found", id="tenfold dose"),
        pytest.param("首次发作多见于6个月以上", Severity.ERROR, "quote_not_found", id="bound turned round"),
    ],
)
def test_a_quote_must_stand_in_its_source(quote: str, severity: Severity, reason: str) -> None:
    (verdict,) = judge("quote", question(evidence=(evidence(quote),)))
    assert (verdict.severity, verdict.reason, verdict.path) == (severity, reason, "evidence.0.quote")


def test_evidence_from_nowhere_is_an_error() -> None:
    verdicts = judge("quote", question(evidence=(evidence("热性惊厥", origin_id="nowhere"),)))
    assert reasons(verdicts) == ["origin_missing"]


@pytest.mark.parametrize(
    ("answer", "reason", "wrong"),
    [
        pytest.param(
            "热性惊厥可以静脉注射地西泮3～5 mg/kg。", "number_not_in_evidence", "3～5 mg/kg", id="tenfold dose"
        ),
        pytest.param("热性惊厥可以静脉注射地西泮0.3～0.5 g/kg。", "unit_changed", "0.3～0.5 g/kg", id="mg to g"),
        pytest.param("首次发作多见于6个月以上。", "comparison_turned", "6个月以上", id="range to bound"),
        pytest.param("热性惊厥首次发作多见于6岁以后。", "age_changed", "6岁以后", id="months to years"),
        pytest.param(
            "热性惊厥首次发作多见于6个月至3岁，患病率为3%～5%。应常规长期口服抗癫痫药预防。",
            "not_in_evidence",
            "应常规长期口服抗癫痫药预防。",
            id="one sentence of two",
        ),
    ],
)
def test_a_fact_that_the_evidence_does_not_say_is_pointed_at(answer: str, reason: str, wrong: str) -> None:
    record = question(answer, evidence=(evidence(TEXT),))
    (verdict,) = judge("grounding", record)
    assert verdict.reason == reason
    assert answer[verdict.start : verdict.end] == wrong


def test_a_sentence_in_other_words_with_the_same_facts_passes() -> None:
    answer = "热性惊厥第一次发作大多在半岁到三岁之间。发作持续5分钟以上时，可缓慢静注地西泮，每次0.3～0.5毫克/公斤。"
    (verdict,) = judge("grounding", question(answer, evidence=(evidence(TEXT),)))
    assert verdict.severity is Severity.PASS


@pytest.mark.parametrize(("names", "reasons_found"), [((1,), []), ((), ["fact_of_another"])], ids=["named", "not"])
def test_the_head_of_a_column_says_of_whom_it_is(names: tuple[int, ...], reasons_found: list[str]) -> None:
    under_measles = Address(heading_path=("第二节 麻疹",))
    quotes = tuple(evidence(quote, address=under_measles) for quote in ("发热2日出水疱", "水痘"))
    differential = Differential(disease="水痘", distinction="发热2日出水疱", evidence=0, also=names)
    record = case(topic="麻疹", diagnosis="麻疹", subtype="", evidence=quotes)
    found = judge("grounding", record.model_copy(update={"differentials": (differential,)}))
    assert [reason for reason in reasons(found) if reason == "fact_of_another"] == reasons_found


def test_a_name_may_stand_in_the_heading_above() -> None:
    record = treatment().model_copy(update={"plan": (Statement(text="热性惊厥", evidence=(0,)),)})
    (verdict,) = judge("grounding", record)
    assert verdict.severity is Severity.PASS


def test_a_safety_line_must_be_the_fixed_one() -> None:
    follow_up = (Statement(text="多喝水即可。", basis=Basis.SAFETY),)
    verdicts = judge("grounding", treatment().model_copy(update={"follow_up": follow_up}))
    assert reasons(verdicts) == ["not_a_safety_line"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"computed_high": 60.0}, "computed_wrong", id="tenfold product"),
        pytest.param({"dose_high": 5.0, "computed_high": 60.0}, "dose_misread", id="number not in the printed dose"),
        pytest.param({"basis": "per_dose"}, "computed_wrong", id="nothing to multiply"),
    ],
)
def test_a_computed_dose_is_worked_out_anew(changes: dict[str, object], reason: str) -> None:
    assert reason in reasons(judge("computed_dose", treatment(**changes)))


def test_citing_evidence_that_is_not_there_is_an_error() -> None:
    assert reasons(judge("schema", treatment(evidence=7))) == ["evidence_index"]
