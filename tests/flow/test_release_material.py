"""A version is of one moment: what runs beside an export, and how it runs, changes no byte of it."""

from __future__ import annotations

import importlib
from pathlib import Path

import duckdb
import pytest

from pedcorpus import flow
from pedcorpus.corpus import Snapshot, add_release_keys, current_sources, prepare_release_rows, take_snapshot
from pedcorpus.export import list_exports
from pedcorpus.export.render import Renderer
from pedcorpus.flow.export import Wanted, make_export
from pedcorpus.flow.progress import NO_PROGRESS
from pedcorpus.flow.release_keys import keys_of_rows
from pedcorpus.flow.release_material import CorpusMaterial
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Status
from pedcorpus.settings import Workspace
from tests.chapter import copied

WANTED = Wanted(status=Status.CANDIDATE)


@pytest.fixture
def ward(built: Workspace, tmp_path: Path) -> Workspace:
    return copied(built, tmp_path / "ward")


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def reject_one(workspace: Workspace) -> None:
    with duckdb.connect(str(workspace.corpus_path)) as connection:
        connection.execute(
            'INSERT INTO decision (id, instruction, reviewer, verdict, reason, note, acceptance, "at") '
            "SELECT 'later', min(id), 'li', 'reject', 'other', '', 'reviewed', now() FROM instruction_status "
            "WHERE status = 'candidate'"
        )


def test_neither_processes_nor_portions_change_a_row(ward: Workspace, tmp_path: Path) -> None:
    snapshot = take_snapshot(open_corpus(ward), tmp_path)
    with snapshot.opened(read_only=False) as unit:
        prepare_release_rows(unit, (Status.ACCEPTED, Status.CANDIDATE), snapshot.bodies)
        keys = keys_of_rows(unit, "v1", current_sources(unit), snapshot.bodies)
        add_release_keys(unit, keys.select(["id", "license", "tier", "group", "cluster"]))
    assert rows(snapshot, keys, jobs=1, portion=4096) == rows(snapshot, keys, jobs=2, portion=2)


def rows(snapshot: Snapshot, keys: object, *, jobs: int, portion: int) -> list[dict[str, object]]:
    with (
        NO_PROGRESS.stage("export", 1) as stage,
        CorpusMaterial(snapshot, keys, jobs=jobs, stage=stage, portion=portion) as material,  # type: ignore[arg-type]
    ):
        render = Renderer(is_internal=True, reviewers={})
        return [row for table in material.mapped(render) for row in table.to_pylist()]


def test_what_is_decided_meanwhile_is_not_in_it(ward: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    exporting = importlib.import_module("pedcorpus.flow.export")
    write = exporting.write_export

    def write_while_others_decide(*given: object) -> object:
        reject_one(ward)  # nobody waits for the export
        return write(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "write_export", write_while_others_decide)
    first = flow.export(ward, "v1", status=Status.CANDIDATE)
    monkeypatch.undo()
    second = flow.export(ward, "v2", status=Status.CANDIDATE)
    totals = [sum(export.manifest.counts["splits"].values()) for export in (first, second)]
    assert totals[0] == totals[1] + 1


def test_made_anew_from_its_state_it_has_the_same_bytes(ward: Workspace, tmp_path: Path) -> None:
    corpus = open_corpus(ward)
    first = flow.export(ward, "v1", status=Status.CANDIDATE)
    with corpus.unit(read_only=True) as unit:
        ((state,),) = unit.execute("SELECT until FROM export").fetchall()
    reject_one(ward)
    again = make_export(ward, corpus, tmp_path / "v1", WANTED, until=state)
    assert contents(again.root) == contents(first.root)


def test_a_version_that_its_process_could_not_tell_of_is_remembered_by_the_next(ward: Workspace) -> None:
    flow.export(ward, "v1", status=Status.CANDIDATE)
    with duckdb.connect(str(ward.corpus_path)) as connection:
        connection.execute("DELETE FROM export_item")
        connection.execute("DELETE FROM export")
    assert flow.export(ward, "v2", status=Status.CANDIDATE).manifest.parent == "v1"


def test_nothing_is_left_beside_a_version(ward: Workspace) -> None:
    flow.export(ward, "v1", status=Status.CANDIDATE)
    assert [path.name for path in ward.exports.iterdir()] == ["v1"]
    assert list_exports(ward.exports) == (ward.exports / "v1",)
