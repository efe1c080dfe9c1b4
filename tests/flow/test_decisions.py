import json
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pedcorpus import flow
from pedcorpus.corpus import findings_of
from pedcorpus.errors import UsageError
from pedcorpus.flow import CorpusDesk
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Instruction, Status, Verdict
from pedcorpus.review import edited_instruction
from pedcorpus.settings import Workspace
from tests.chapter import copied

WANG = "5f0c5b7e-94be-4a0c-b0b1-0d7f0a3f6f5c"
"""An account of Argilla's."""


@pytest.fixture
def desk(workspace: Workspace, built: Workspace) -> CorpusDesk:
    return flow.open_desk(copied(built, workspace.root), "wang")


@pytest.fixture
def twin(tmp_path: Path, built: Workspace) -> Workspace:
    """A second corpus of the same sources, where nobody has decided anything."""
    return copied(built, tmp_path / "twin")


def edited(original: Instruction) -> Instruction:
    return edited_instruction(original, {"question": f"请问，{original.question}"})


def decide_five(desk: CorpusDesk) -> list[str]:
    """One decision of every kind, and one taken back; ids of their instructions."""
    ids = [entry.id for entry in desk.queue().entries][:5]
    desk.decide(ids[0], Verdict.ACCEPT, seconds=3.5)
    desk.decide(ids[1], Verdict.REJECT, reason="wrong_fact", note="剂量见 p. 3")
    desk.decide(ids[2], Verdict.EDIT, edited=edited(desk.item(ids[2]).instruction))
    desk.decide(ids[3], Verdict.FLAG, note="请看")
    desk.decide(ids[4], Verdict.ACCEPT)
    desk.undo()
    return ids


def all_decisions(workspace: Workspace, tmp_path: Path) -> list[dict[str, Any]]:
    path = tmp_path / f"{workspace.root.name}-all.jsonl"
    flow.export_decisions(workspace, path, overwrite=True)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def verdicts_of(workspace: Workspace, identifier: str) -> list[str]:
    with open_corpus(workspace).unit(read_only=True) as unit:
        return [f"{finding.check} {finding.severity}" for finding in findings_of(unit, identifier)]


def states(workspace: Workspace, ids: list[str]) -> list[Status]:
    desk = flow.open_desk(workspace, "any")
    return [desk.item(identifier).status for identifier in ids]


@pytest.fixture(scope="module")
def decided(built: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of a corpus with six decisions, `ward`, and a file of them."""
    place = tmp_path_factory.mktemp("decided")
    ward = copied(built, place / "ward")
    decide_five(flow.open_desk(ward, "wang"))
    flow.export_decisions(ward, place / "decisions.jsonl")
    return place


@pytest.fixture
def lines(decided: Path, workspace: Workspace, tmp_path: Path) -> Path:
    """A file of six decisions; the workspace is where they were made."""
    copied(Workspace(decided / "ward"), workspace.root)
    return Path(shutil.copy(decided / "decisions.jsonl", tmp_path))


def rewritten(path: Path, number: int, **changes: object) -> Path:
    """`path` with other values in line `number`, and without ids, as a person writes it; None takes a field away."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    row = {name: value for name, value in rows[number - 1].items() if name != "id"} | changes
    rows[number - 1] = {name: value for name, value in row.items() if value is not None}
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_twin_corpus_takes_every_decision_as_it_was(
    workspace: Workspace, twin: Workspace, lines: Path, tmp_path: Path
) -> None:
    report = flow.import_decisions(twin, lines)
    assert (report.read, report.taken.total(), report.refused) == (6, 6, [])
    assert all_decisions(twin, tmp_path) == all_decisions(workspace, tmp_path)
    ids = [row["instruction"] for row in all_decisions(workspace, tmp_path)][:5]
    assert states(twin, ids) == states(workspace, ids)


def test_an_imported_edit_is_judged_by_the_checks(workspace: Workspace, twin: Workspace, lines: Path) -> None:
    made = json.loads(lines.read_text(encoding="utf-8").splitlines()[2])["edited"]
    flow.import_decisions(twin, lines)
    flow.import_decisions(twin, rewritten(lines, 3, reviewer="li"))
    assert verdicts_of(twin, made) == verdicts_of(workspace, made) != []


def test_a_second_import_adds_nothing(twin: Workspace, lines: Path, tmp_path: Path) -> None:
    flow.import_decisions(twin, lines)
    before = all_decisions(twin, tmp_path)
    report = flow.import_decisions(twin, lines)
    assert (report.taken.total(), report.repeated, report.refused) == (0, 6, [])
    assert all_decisions(twin, tmp_path) == before


def test_a_dry_run_judges_and_stores_nothing(twin: Workspace, lines: Path, tmp_path: Path) -> None:
    report = flow.import_decisions(twin, lines, dry_run=True)
    assert (report.taken.total(), report.refused) == (6, [])
    assert all_decisions(twin, tmp_path) == []


def test_batches_of_one_decide_the_same(
    workspace: Workspace, twin: Workspace, lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pedcorpus.flow.decisions._BATCH", 1)
    monkeypatch.setattr("pedcorpus.flow.decisions_out._PAGE", 1)
    assert flow.import_decisions(twin, lines, dry_run=True).refused == []
    flow.import_decisions(twin, lines)
    assert all_decisions(twin, tmp_path) == all_decisions(workspace, tmp_path)


@pytest.mark.parametrize(
    ("number", "changes", "code"),
    [
        (1, {"instruction": "f" * 20}, "unknown_instruction"),
        (2, {"reason": "because"}, "unknown_reason"),
        (2, {"reason": ""}, "unknown_reason"),
        (2, {"verdict": "maybe"}, "damaged"),
        (1, {"record": {"question": "问题改了？"}}, "changed"),
        (1, {"record": {"answer": "答案改了。"}}, "changed"),
        (3, {"edited_record": {"task": "medkqa"}, "edited": ""}, "edit"),
        (3, {"edited_record": None, "edited": None}, "not_allowed"),
        (4, {"note": " "}, "not_allowed"),
        (1, {"at": "2026-03-01T12:00:00"}, "damaged"),
        (1, {"at": None}, "damaged"),
        (1, {"colour": "red"}, "damaged"),
        (1, {"reviewer": None}, "no_reviewer"),
        (1, {"reviewer": 7}, "damaged"),
        (1, {"note": "\x1b[2J"}, "control_character"),
        (1, {"note": "x" * 200_001}, "too_long"),
        (1, {"seconds": -1}, "damaged"),
        (1, {"id": "0" * 20}, "damaged"),
        (1, {"undoes": "0" * 20}, "not_allowed"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_and_the_others_are_taken(
    twin: Workspace, lines: Path, number: int, changes: dict[str, object], code: str
) -> None:
    report = flow.import_decisions(twin, rewritten(lines, number, **changes))
    assert [(each.place, each.code) for each in report.refused] == [(f"line {number}", code)]
    assert all([report.refused[0].what, report.refused[0].advice])
    assert report.taken.total() == 5


def test_an_undo_of_what_was_refused_is_refused_too(twin: Workspace, lines: Path) -> None:
    report = flow.import_decisions(twin, rewritten(lines, 5, instruction="f" * 20))
    assert [each.code for each in report.refused] == ["unknown_instruction", "unknown_decision"]


def test_an_edit_cannot_bring_other_evidence(twin: Workspace, lines: Path) -> None:
    row = json.loads(lines.read_text(encoding="utf-8").splitlines()[2])
    row["edited_record"]["evidence"][0]["quote"] = "每日三次"
    report = flow.import_decisions(twin, rewritten(lines, 3, edited_record=row["edited_record"], edited=""))
    assert [each.code for each in report.refused] == ["edit"]
    assert "evidence" in report.refused[0].what


def test_an_older_word_does_not_undo_a_newer_one(workspace: Workspace, desk: CorpusDesk, lines: Path) -> None:
    first = json.loads(lines.read_text(encoding="utf-8").splitlines()[0])
    earlier = (datetime.fromisoformat(first["at"]) - timedelta(days=1)).isoformat()
    rewritten(lines, 1, at=earlier, verdict="reject", reason="privacy")
    assert [each.code for each in flow.import_decisions(workspace, lines).refused] == ["older"]
    assert desk.item(first["instruction"]).status is Status.ACCEPTED


def test_what_was_replaced_by_a_newer_revision_is_refused(
    workspace: Workspace, twin: Workspace, textbooks: Path, lines: Path
) -> None:
    chapter = textbooks / "chapter.md"
    chapter.write_text(chapter.read_text(encoding="utf-8").replace("热性惊厥", "高热惊厥"), encoding="utf-8")
    flow.build(twin, [textbooks])
    refused = flow.import_decisions(twin, lines).refused
    assert {each.code for each in refused} == {"superseded"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_damage(twin: Workspace, lines: Path, encoding: str) -> None:
    lines.write_text(lines.read_text(encoding="utf-8"), encoding=encoding)
    assert flow.import_decisions(twin, lines).taken.total() == 6


def test_a_file_that_is_there_is_kept(workspace: Workspace, lines: Path) -> None:
    before = lines.read_bytes()
    with pytest.raises(UsageError, match="--overwrite"):
        flow.export_decisions(workspace, lines)
    assert lines.read_bytes() == before


@pytest.mark.parametrize("name", ["missing.jsonl", "folder"])
def test_a_file_that_cannot_be_read_is_told(workspace: Workspace, desk: CorpusDesk, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="cannot be read"):
        flow.import_decisions(workspace, tmp_path / name)


def test_a_pipe_is_no_file_of_decisions(workspace: Workspace, desk: CorpusDesk, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="no regular file"):
        flow.import_decisions(workspace, tmp_path / "pipe")


def test_a_file_that_is_too_large_is_not_read(workspace: Workspace, desk: CorpusDesk, lines: Path) -> None:
    workspace.settings_path.write_text("[ingest.limits]\nfile_mb = 0\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"ingest\.limits\.file_mb"):
        flow.import_decisions(Workspace(workspace.root), lines)
