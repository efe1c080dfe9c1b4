from pathlib import Path

import pytest

from benchmarks.medical_sense import cases, findings_of
from pedcorpus.curate import Subject, check_id
from pedcorpus.curate.red_flag import CHECK, RedFlagCheck
from pedcorpus.records import Asker, Finding, Instruction, Severity
from pedcorpus.settings import CurateSettings
from pedcorpus.tasks.evidiag import EviDiag, Support, care_advice
from tests.by_hand import question

ASKED = "孩子叫不醒，怎么办？"
ANSWER = "叫不醒时让他再睡一会儿。"


def judge(record: Instruction, check: RedFlagCheck = CHECK) -> list[Finding]:
    return [finding for finding in check.verdicts([Subject(record, {})]) if finding.severity is not Severity.PASS]


def asked(answer: str = ANSWER, words: str = ASKED, aspect: str = "care", asker: Asker = Asker.PARENT) -> Instruction:
    return question(answer, question=words, aspect=aspect, asker=asker)


def case_of(sign: str, **changes: object) -> EviDiag:
    fields = question("x").model_dump(exclude={"messages", "task", "aspect", "answer"}) | changes
    support = Support(finding=sign, criterion=sign, evidence=0)
    return EviDiag.model_validate(
        {
            **fields,
            "task": "evidiag",
            "patient": {},
            "findings": [sign],
            "diagnosis": "癫痫",
            "supporting_evidence": [support],
        }
    )


def test_every_planted_answer_is_a_finding() -> None:
    planted = [case for case in cases() if case["check"] == "red_flag" and case["kind"] != "clean"]
    assert [case["id"] for case in planted if not findings_of(case, "red_flag")] == []


def test_a_sign_of_danger_without_advice_is_a_warning_that_points_at_it() -> None:
    (finding,) = judge(asked())
    assert (finding.reason, finding.severity) == ("safety_advice_missing", Severity.WARNING)
    assert (finding.path, finding.start, finding.end) == ("answer", 0, 3)


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(asked(f"{ANSWER}请立即就医。"), id="advice elsewhere in the answer"),
        pytest.param(asked(asker=Asker.STUDENT), id="a student"),
        pytest.param(asked(asker=Asker.JUNIOR_DOCTOR), id="a doctor"),
        pytest.param(asked(aspect="manifestation"), id="knowledge of a disease"),
        pytest.param(asked("没有叫不醒的情况，可以观察。", "孩子困了，怎么办？"), id="denied"),
        pytest.param(asked("该药的不良反应有嗜睡，可以观察。", "孩子吃药困吗？"), id="a side effect"),
        pytest.param(asked("多喝水。", "孩子没有抽搐，怎么办？"), id="no sign told"),
        pytest.param(asked("静脉注射地西泮。"), id="told, and in a doctor's hands already"),
        pytest.param(asked("病毒性脑炎可有昏迷。", "脑炎是什么？"), id="no child and nothing to do"),
        pytest.param(asked("叫不醒时静脉注射地西泮。"), id="in a doctor's hands already"),
    ],
)
def test_what_needs_no_advice_passes(record: Instruction) -> None:
    assert judge(record) == []


def test_a_sign_that_the_asker_tells_of_and_the_answer_passes_over_is_a_warning() -> None:
    (finding,) = judge(asked("多喝水。"))
    assert (finding.path, finding.start, finding.end) == ("question", 2, 5)


def test_a_parents_case_with_a_sign_needs_advice_beside_its_diagnosis() -> None:
    case = case_of("惊厥持续", asker=Asker.PARENT, advice=care_advice(Asker.PARENT, language="zh"))
    assert judge(case) == []
    (finding,) = judge(case.model_copy(update={"advice": ()}))
    assert finding.path == "findings.0"


@pytest.mark.parametrize(("age", "count"), [("2个月", 1), ("2岁", 0)], ids=["young infant", "older"])
def test_fever_is_a_sign_of_danger_in_young_infants_only(age: str, count: int) -> None:
    assert len(judge(asked("发热时多喝水。", f"宝宝{age}，发烧怎么办？"))) == count


def test_a_hospitals_own_table_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "red_flags.toml").write_text(
        'version = 2\nnotice = "ours"\nadvice = ["找我们"]\n[sources]\nX = { tier = "A", title = "our rules" }\n'
        '[[flag]]\nzh = "皱眉"\nen = "frowning"\nwords = ["皱眉"]\nsources = ["X"]\n',
        encoding="utf-8",
    )
    own = CHECK.with_settings(CurateSettings(medical_tables=str(tmp_path)))
    answers = ("如果皱眉，可以观察。", "如果皱眉，可以观察，找我们。", ANSWER)
    assert [len(judge(asked(answer), own)) for answer in answers] == [1, 0, 0]
    assert check_id(own).startswith(f"red_flag@{CHECK.version}:2-")


def test_two_hundred_thousand_characters_are_judged() -> None:
    assert len(judge(asked(ANSWER + "没有昏迷。" * 40_000))) == 1
