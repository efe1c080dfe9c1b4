from pathlib import Path

import pytest

from benchmarks.medical_sense import cases, findings_of
from pedcorpus.curate import Subject, check_id
from pedcorpus.curate.sex import CHECK, SexCheck
from pedcorpus.records import Finding, Instruction, Patient, Severity
from pedcorpus.settings import CurateSettings
from tests.by_hand import question, treatment


def judge(record: Instruction, check: SexCheck = CHECK) -> list[Finding]:
    return [finding for finding in check.verdicts([Subject(record, {})]) if finding.severity is not Severity.PASS]


def test_every_planted_word_is_a_finding() -> None:
    planted = [case for case in cases() if case["check"] == "sex" and case["kind"] != "clean"]
    assert [case["id"] for case in planted if not findings_of(case, "sex")] == []


@pytest.mark.parametrize(
    ("words", "count"),
    [
        pytest.param("男孩，5岁，卵巢囊肿", 1, id="a boy's ovary"),
        pytest.param("女孩，5岁，隐睾", 1, id="a girl's testis"),
        pytest.param("患儿，女，5岁，包茎", 1, id="sex in the chart's way"),
        pytest.param("A 5-year-old boy with an ovarian cyst", 1, id="English"),
        pytest.param("男孩，5岁，隐睾", 0, id="sound"),
        pytest.param("5岁，隐睾", 0, id="no sex"),
        pytest.param("男孩，5岁，腹痛，无卵巢病变", 0, id="denied"),
        pytest.param("男婴，母亲患阴道炎", 0, id="the mother's"),
        pytest.param("男婴，经阴道分娩", 0, id="how it was born"),
        pytest.param("男婴，姐姐有外阴炎", 0, id="a sister's"),
        pytest.param("男孩和女孩，卵巢和睾丸", 0, id="both"),
        pytest.param("女孩，先天性肾上腺皮质增生，阴茎样阴蒂", 0, id="disorder of sex development"),
        pytest.param("我儿子结婚两年，媳妇输卵管不通", 0, id="grown-ups"),
    ],
)
def test_what_the_childs_sex_does_not_have_is_a_finding(words: str, count: int) -> None:
    assert len(judge(question("需要检查。", question=words))) == count


def test_the_diagnosis_of_a_case_is_judged_by_the_cases_sex() -> None:
    record = treatment().model_copy(update={"patient": Patient(sex="male"), "diagnosis": "卵巢囊肿"})
    assert [(item.path, item.severity) for item in judge(record)] == [("diagnosis", Severity.ERROR)]


@pytest.mark.parametrize(
    ("answer", "count"),
    [
        pytest.param("该患儿为睾丸扭转，应手术。", 1, id="of this child"),
        pytest.param("腮腺炎男性可并发睾丸炎。", 0, id="of boys at large"),
        pytest.param("男孩应注意清洁包皮。", 0, id="of boys by name"),
    ],
)
def test_an_answer_may_speak_of_children_at_large(answer: str, count: int) -> None:
    found = judge(question(answer, question="女孩，6岁，怎么办？"))
    assert [finding.severity for finding in found] == [Severity.WARNING] * count


def test_a_hospitals_own_table_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "sexes.toml").write_text(
        'version = 2\nnotice = "ours"\nmale = ["甲"]\nfemale = ["乙"]\n[sources]\n', encoding="utf-8"
    )
    own = CHECK.with_settings(CurateSettings(medical_tables=str(tmp_path)))
    assert [len(judge(question("好。", question=f"男孩，{word}"), own)) for word in ("乙", "卵巢囊肿")] == [1, 0]
    assert check_id(own).startswith(f"sex@{CHECK.version}:2-")


def test_two_hundred_thousand_characters_are_judged() -> None:
    assert len(judge(question("好。", question="男孩，卵巢囊肿。" + "男孩没有卵巢囊肿。" * 20_000))) == 1
