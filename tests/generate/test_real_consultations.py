"""Consultations that nobody here wrote: a rewrite that keeps their words passes, one that changes a fact is caught."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pedcorpus.curate import Subject
from pedcorpus.curate.grounding import CHECK as GROUNDING
from pedcorpus.curate.kept import CHECK as KEPT
from pedcorpus.facts import read
from pedcorpus.generate import Assignment, Material
from pedcorpus.generate.regularise import WRITER
from pedcorpus.parse import Original, parse_original
from pedcorpus.records import Instruction, Severity, Source, SourceKind
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks.courtesy import without_courtesy

pytestmark = pytest.mark.real
FILES = ("CMtMedQA_test.subset.json", "disc_cmd_samples.json", "disc_test_examples.jsonl", "toyhom_im_head400.gbk.csv")
SOURCE = Source(id="talks", kind=SourceKind.CONSULTATION, title="真实问诊")
SETTINGS = GenerateSettings(consultation_domains=("paediatric", "general_medical"))
_DOSE = re.compile(r"(?<![\d.])\d+(?=\s*(?:mg|ml|g|毫克|岁|天|次|个月|周|小时|分钟|度|℃|片|袋))")


@pytest.fixture(scope="module")
def requests() -> list[Assignment]:
    folder = Path(__file__).parents[3] / "shared" / "data" / "dialogue"
    if not folder.is_dir():
        pytest.skip("../shared/data is not here")
    return [request for name in FILES for request in _requests(folder / name)]


def _requests(path: Path) -> Iterator[Assignment]:
    parsed = parse_original(Original(path=path.name, source=SOURCE, data=path.read_bytes()))
    yield from WRITER.assignments(
        Material(SOURCE, parsed.document, dialogues=parsed.dialogues), SETTINGS, tasks=WRITER.tasks
    )


def kind(text: str) -> str:
    return f"您好，很理解您的心情。{without_courtesy(text).strip(' ，,。！!')}。祝孩子早日康复。"


def rewritten(request: Assignment, write: Callable[[str], str]) -> Instruction:
    lines, turns = request.context.doctors_lines, request.context.turns
    reply = {"turns": [{"turn": line, "text": write(turns[line - 1].content)} for line in lines]}
    (record,) = WRITER.drafts(request, request.ask.reply.model_validate(reply))
    assert isinstance(record, Instruction)
    return record


def is_flagged(record: Instruction) -> bool:
    found = [finding for check in (KEPT, GROUNDING) for finding in check.verdicts([Subject(record, {})])]
    return any(finding.severity is Severity.ERROR for finding in found)


def test_nearly_every_rewrite_that_keeps_the_words_passes(requests: list[Assignment]) -> None:
    flagged = [request.where for request in requests if is_flagged(rewritten(request, kind))]
    assert len(requests) > 700
    assert len(flagged) <= 0.01 * len(requests)


def tenfold(text: str) -> str:
    return _DOSE.sub(lambda match: match.group() + "0", kind(text), count=1)


def another_drug(text: str) -> str:
    said = kind(text)
    drug = next(
        (name for name in read(said).names if name.kind == "drug" and name.is_known and not name.is_class), None
    )
    return said if drug is None else said[: drug.start] + "地高辛" + said[drug.end :]


@pytest.mark.parametrize("corrupt", [tenfold, another_drug])
def test_a_tenfold_number_and_another_drug_are_always_caught(
    requests: list[Assignment], corrupt: Callable[[str], str]
) -> None:
    changed = [record for request in requests if (record := rewritten(request, corrupt)) != rewritten(request, kind)]
    assert len(changed) > 60
    assert [record.answer_text()[:60] for record in changed if not is_flagged(record)] == []
