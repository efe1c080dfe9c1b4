"""The five checks on consultations that nobody here wrote, and their tables beside the facts they were read from."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.medical_sense import CHECKS
from pedcorpus.curate import Subject
from pedcorpus.curate.check import Check
from pedcorpus.curate.sense.tables import shipped_table
from pedcorpus.curate.sense.vaccine_table import VaccineTable
from pedcorpus.curate.sense.vital_table import VitalTable
from pedcorpus.parse import Original, parse_original
from pedcorpus.plugins import load_plugin
from pedcorpus.records import Dialogue, Instruction, Severity, Source, SourceKind
from pedcorpus.tasks.consultation import Consultation
from tests.by_hand import evidence

pytestmark = pytest.mark.real
SHARED = Path(__file__).parents[3] / "shared"
FILES = ("CMtMedQA_test.subset.json", "disc_cmd_samples.json", "disc_test_examples.jsonl", "toyhom_im_head400.gbk.csv")
SOURCE = Source(id="talks", kind=SourceKind.CONSULTATION, title="真实问诊")


@pytest.fixture(scope="module")
def consultations() -> list[Instruction]:
    folder = SHARED / "data" / "dialogue"
    if not folder.is_dir():
        pytest.skip("../shared/data is not here")
    return [record for name in FILES for record in _records(folder / name)]


def _records(path: Path) -> Iterator[Instruction]:
    for dialogue in parse_original(Original(path=path.name, source=SOURCE, data=path.read_bytes())).dialogues:
        yield from _last_answers(dialogue)


def _last_answers(dialogue: Dialogue) -> Iterator[Instruction]:
    for asked, answered in pairwise(dialogue.turns):
        if (asked.role, answered.role) == ("patient", "doctor"):
            yield Consultation.model_validate(
                {
                    "task": "consultation", "topic": "问诊", "asker": "user", "question": asked.content,
                    "answer": answered.content, "evidence": (evidence("问诊"),), "language": "zh", "license": "unknown",
                    "tier": "internal", "generator": "rule.test@1",
                }
            )  # fmt: skip


@pytest.mark.parametrize("name", CHECKS)
def test_real_consultations_hold_hardly_anything_that_is_a_finding(name: str, consultations: list[Instruction]) -> None:
    check: Check = load_plugin("checks", name)
    verdicts = list(check.verdicts([Subject(record, {}) for record in consultations]))
    assert len(consultations) > 500
    assert sum(finding.severity is not Severity.PASS for finding in verdicts) * 200 <= len(consultations)


def facts(name: str) -> list[dict[str, str]]:
    path = SHARED / "facts" / name
    if not path.is_file():
        pytest.skip("../shared/facts is not here")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def test_every_normal_range_was_read_in_a_source() -> None:
    rows = facts("vitals.tsv")
    known = {(row["item"], row["low_or_cutoff"], row["high"], float(row["age_from_months"])) for row in rows}
    known |= {(item, "72", high, first) for item, low, high, first in known if low == "70+2*age_years"}
    wrong = [
        (sign.name, row)
        for sign in shipped_table(VitalTable, "vitals.toml").table.sign
        for row in sign.normal
        if (sign.name, _text(row.low), _text(row.high), row.from_months) not in known and sign.name != "temperature"
    ]
    assert wrong == []


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def test_every_dose_of_the_plans_was_read_in_a_source() -> None:
    known = {
        (row["version"][:4], row["code"], row["dose_no"], float(row["age_months"])) for row in facts("immunisation.tsv")
    }
    said = {
        (plan.name.removeprefix("国家免疫规划")[:4], dose.vaccine, str(dose.dose), dose.months)
        for plan in shipped_table(VaccineTable, "vaccines.toml").table.plan
        for dose in plan.doses
    }
    assert known <= said
    assert {code for _, code, _, _ in said - known} == {"JE-I", "HepA-I", "Polio", "MPSV"}  # either kind, or any
