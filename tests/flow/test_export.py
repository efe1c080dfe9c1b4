import json
import shutil
from pathlib import Path

import duckdb
import pytest

from pedcorpus import flow
from pedcorpus.errors import UsageError
from pedcorpus.export import VIEWS, list_exports
from pedcorpus.records import Status, Tier, Verdict
from pedcorpus.settings import Workspace
from tests.chapter import copied


@pytest.fixture
def built(built: Workspace, tmp_path: Path) -> Workspace:
    """A copy of one's own of the workspace of one chapter."""
    return copied(built, tmp_path / "ward")


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_with_nothing_accepted_it_says_what_to_do(built: Workspace) -> None:
    with pytest.raises(UsageError, match=r"pedcorpus review.*--status candidate"):
        flow.export(built, "v1")
    assert not list(built.exports.glob("*"))


def test_accepted_rows_are_exported_with_their_acceptance(built: Workspace) -> None:
    accepted = flow.accept_all(built, "wang")
    export = flow.export(built, "v1")
    rows = [row for split in ("train", "validation", "test") for row in export.rows("instructions", split)]
    assert len(rows) == accepted
    assert {row["acceptance"] for row in rows} == {"accept-all"}
    assert {view for view in VIEWS if export.view_file(view, "train")} >= {"instructions", "cpt", "sft", "mue"}


def test_candidates_are_exported_only_when_asked_for_and_the_card_says_so(built: Workspace) -> None:
    export = flow.export(built, "v1", status=Status.CANDIDATE)
    assert export.manifest.status == "candidate"
    assert "candidate" in (export.root / "README.md").read_text(encoding="utf-8")


def test_a_version_is_never_written_twice(built: Workspace) -> None:
    flow.accept_all(built, "wang")
    before = contents(flow.export(built, "v1").root)
    with pytest.raises(UsageError, match="v1"):
        flow.export(built, "v1")
    assert contents(built.exports / "v1") == before


def test_undeclared_works_stay_internal(built: Workspace) -> None:
    flow.accept_all(built, "wang")
    with pytest.raises(UsageError, match="tier"):
        flow.export(built, "v1", tier=Tier.OPEN)


def test_a_version_whose_folder_is_lost_is_not_exported_anew_under_its_name(built: Workspace) -> None:
    flow.accept_all(built, "wang")
    shutil.rmtree(flow.export(built, "v1").root)
    with pytest.raises(UsageError, match="put it back with `pedcorpus rebuild v1`, or choose another version name"):
        flow.export(built, "v1")


def test_the_corpus_remembers_what_went_where(built: Workspace) -> None:
    flow.accept_all(built, "wang")
    export = flow.export(built, "v1")
    with duckdb.connect(str(built.corpus_path), read_only=True) as connection:
        ((version, sha256),) = connection.execute("SELECT version, manifest_sha256 FROM export").fetchall()
        ((items,),) = connection.execute("SELECT count(*) FROM export_item WHERE version = 'v1'").fetchall()
    assert (version, sha256) == ("v1", export.sha256)
    assert items == sum(export.manifest.counts["splits"].values())


def test_task_fields_are_json_of_the_tasks_own(built: Workspace) -> None:
    flow.accept_all(built, "wang")
    for row in flow.export(built, "v1").rows("instructions", "train"):
        fields = json.loads(row["fields"])
        assert {"medkqa": "aspect", "evidiag": "diagnosis", "trerecom": "plan"}[row["task"]] in fields


def edit_one(ward: Workspace) -> str:
    """Everything is accepted, and one answer edited: the id of the one that was."""
    desk = flow.open_desk(ward, "wang")
    flow.accept_all(ward, "wang")
    with duckdb.connect(str(ward.corpus_path), read_only=True) as connection:
        ((name,),) = connection.execute("SELECT min(id) FROM instruction_status WHERE task = 'medkqa'").fetchall()
    before = desk.item(name).instruction
    edited = before.model_copy(update={"answer": before.answer_text() + "请记牢。", "parent": name})
    desk.decide(name, Verdict.EDIT, edited=edited)
    return str(name)


def test_a_reviewers_edit_is_a_pair_over_what_it_edited(built: Workspace) -> None:
    edit_one(built)
    export = flow.export(built, "v1")
    assert export.manifest.counts["preferences"]["edit"] == 1
    rows = [row for split in ("train", "validation", "test") for row in export.rows("dfpo", split)]
    assert any(row["chosen"][0]["content"] == row["rejected"][0]["content"] + "请记牢。" for row in rows)


def test_personal_data_that_an_edit_took_out_is_no_rejected_answer(built: Workspace) -> None:
    name = edit_one(built)
    with duckdb.connect(str(built.corpus_path)) as connection:
        connection.execute(
            'INSERT INTO finding (instruction, "check", severity, reason, detail, path) '
            "VALUES (?, 'privacy@99', 'error', 'phone', 'a number', 'answer')",
            [name],
        )
    assert "edit" not in flow.export(built, "v1").manifest.counts["preferences"]


def test_rows_that_were_judged_under_other_settings_are_judged_anew_first(built: Workspace) -> None:
    flow.accept_all(built, "wang")
    built.settings_path.write_text("[curate]\nocr_confidence = 0.5\n", encoding="utf-8")
    changed = Workspace(built.root)
    with pytest.raises(UsageError, match=r"rows were judged by checks .*ocr@.*pedcorpus curate"):
        flow.export(changed, "v1")
    assert not list_exports(changed.exports)
    flow.curate(changed)
    assert flow.export(changed, "v1").manifest.version == "v1"
