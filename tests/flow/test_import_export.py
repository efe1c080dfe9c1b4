"""A corpus that was made from a version is one that another team can carry on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pedcorpus import flow
from pedcorpus.corpus import Corpus, add_decisions, current_documents, exported_versions, instruction_ids
from pedcorpus.errors import CorpusError, ExportError, PedcorpusError, UsageError
from pedcorpus.export import SPLITS, Export, open_export
from pedcorpus.export.manifest import Manifest, manifest_bytes
from pedcorpus.flow import carried_corpus
from pedcorpus.flow.deidentify import deidentify
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Status, Tier, Verdict
from pedcorpus.settings import PrivacySettings, Workspace
from pedcorpus.shipped import shipped_folder
from tests.by_hand import decision
from tests.flow.conftest import CHAPTER

DECLARATION = 'title = "样书"\nkind = "{kind}"\nlicense = "CC0-1.0"\ntier = "{tier}"\n'
TRIPLES = "head,relation,tail\n" + "".join(
    f"热性惊厥,has_symptom,{name}\n" for name in ("抽搐", "意识丧失", "双眼上翻")
)


def shelve(folder: Path, name: str, text: str, *, kind: str, tier: str) -> None:
    folder.mkdir(parents=True)
    (folder / name).write_text(text, encoding="utf-8")
    (folder / "source.toml").write_text(DECLARATION.format(kind=kind, tier=tier), encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of a chapter, a graph and a data set, all accepted, with versions `v1`, controlled, and `v2`, internal.

    One row was edited; one flagged, rejected and the rejection taken back; one read by two who disagreed.
    """
    place = tmp_path_factory.mktemp("made")
    shelve(place / "shelf" / "book", "chapter.md", CHAPTER, kind="textbook", tier="open")
    shelve(place / "shelf" / "graph", "triples.csv", TRIPLES, kind="graph", tier="controlled")
    rows = (shipped_folder("sources") / "instructions" / "rows.jsonl").read_text(encoding="utf-8")
    shelve(place / "shelf" / "rows", "rows.jsonl", rows, kind="dataset", tier="open")
    ward = Workspace(place / "ward")
    flow.build(ward, [place / "shelf"])
    flow.accept_all(ward, "wang")
    decide(ward)
    flow.export(ward, "v1", tier=Tier.CONTROLLED)
    flow.export(ward, "v2")
    return place


def decide(ward: Workspace) -> None:
    first, second, *_, last = names(ward, task="medkqa")
    desk = flow.open_desk(ward, "li")
    before = desk.item(first).instruction
    edited = before.model_copy(update={"answer": before.answer_text() + "请记牢。", "parent": first})
    desk.decide(first, Verdict.EDIT, edited=edited)
    desk.decide(second, Verdict.FLAG, note="请张医生看", colleague="zhang")
    desk.decide(second, Verdict.REJECT, reason="wrong_fact")
    desk.undo()
    said = [
        decision(last, Verdict.ACCEPT, reviewer="a", readers=2),
        decision(last, Verdict.REJECT, reviewer="b", readers=2, reason="wrong_fact"),
        decision(last, Verdict.ACCEPT, reviewer="c", role="adjudicator"),
    ]
    with open_corpus(ward).unit() as unit:
        add_decisions(unit, said)


def names(ward: Workspace, *, task: str) -> list[str]:
    with open_corpus(ward).unit(read_only=True) as unit:
        found = unit.execute("SELECT id FROM instruction WHERE task = ? ORDER BY id", [task]).fetchall()
    return [name for (name,) in found]


@pytest.fixture
def ward(made: Path, tmp_path: Path) -> Workspace:
    """The team's own workspace, to export from."""
    return Workspace(Path(shutil.copytree(made / "ward", tmp_path / "ward")))


@pytest.fixture
def version(made: Path) -> str:
    return str(made / "ward" / "exports" / "v1")


@pytest.fixture
def inside(made: Path) -> str:
    return str(made / "ward" / "exports" / "v2")


@pytest.fixture
def theirs(tmp_path: Path) -> Workspace:
    """Where nothing is yet."""
    return Workspace(tmp_path / "theirs")


def rows(export: Export) -> list[dict[str, Any]]:
    return [{**row, "split": split} for split in SPLITS for row in export.rows("instructions", split)]


def accepted(workspace: Workspace) -> list[str]:
    with open_corpus(workspace).unit(read_only=True) as unit:
        return instruction_ids(unit, (Status.ACCEPTED,))


def test_what_was_accepted_there_is_accepted_here(made: Path, version: str, theirs: Workspace) -> None:
    flow.import_export(theirs, version)
    assert accepted(theirs) == accepted(Workspace(made / "ward"))


@pytest.mark.parametrize("name", ["v1", "v2"])
def test_exported_as_it_is_every_row_is_the_same(made: Path, theirs: Workspace, name: str) -> None:
    before = open_export(made / "ward" / "exports" / name)
    flow.import_export(theirs, str(before.root))
    again = flow.export(theirs, "v3", tier=before.manifest.tier)
    assert rows(again) == rows(before)
    assert again.manifest.parent == name
    assert not flow.verify(theirs, "v3").problems
    assert [flow.diff_exports(theirs, name, "v3").changes, pairs(again)] == [[], pairs(before)]


def pairs(export: Export) -> list[dict[str, Any]]:
    return pq.read_table(export.root / "origins" / "preferences.parquet").to_pylist()


def test_inside_a_house_decisions_keep_their_ids(made: Path, inside: str, theirs: Workspace) -> None:
    flow.import_export(theirs, inside)
    missing = decisions(Workspace(made / "ward")) - decisions(theirs)
    assert [reviewer for _, reviewer in missing] == ["wang"]  # who accepted what was edited then, and is not in it


def decisions(workspace: Workspace) -> set[tuple[str, str]]:
    with open_corpus(workspace).unit(read_only=True) as unit:
        return set(unit.execute("SELECT id, reviewer FROM decision").fetchall())


def test_elsewhere_reviewers_are_those_of_that_version(version: str, theirs: Workspace) -> None:
    flow.import_export(theirs, version)
    assert {name for _, name in decisions(theirs)} == {f"reviewer-{number}@v1" for number in range(1, 6)}


def test_a_row_keeps_its_split_whatever_the_settings_are_here(version: str, theirs: Workspace) -> None:
    flow.import_export(theirs, version)
    theirs.settings_path.write_text('[export]\nsplit_seed = "another"\nvalidation_share = 0.4\n', encoding="utf-8")
    later = flow.export(Workspace(theirs.root), "v3", tier=Tier.CONTROLLED)
    before = {row["id"]: row["split"] for row in rows(open_export(Path(version)))}
    assert {row["id"]: row["split"] for row in rows(later)} == before


def test_reviewers_see_evidence_in_its_source_text(version: str, theirs: Workspace) -> None:
    flow.import_export(theirs, version)
    desk = flow.open_desk(theirs, "zhao")
    for name in accepted(theirs)[::5]:
        for context in desk.item(name).contexts:
            assert context.text[context.start : context.end] == context.evidence.quote


def test_candidates_stay_candidates(ward: Workspace, theirs: Workspace) -> None:
    shelve(ward.root / "more" / "book2", "chapter.md", CHAPTER.replace("6个月", "7个月"), kind="textbook", tier="open")
    flow.build(ward, [ward.root / "more"])
    before = flow.export(ward, "v3", status=Status.CANDIDATE)
    flow.import_export(theirs, str(before.root))
    waiting = {row["id"] for row in rows(before) if row["acceptance"] == "candidate"}
    with open_corpus(theirs).unit(read_only=True) as unit:
        assert {*instruction_ids(unit, (Status.CANDIDATE,))} == waiting != set()


def test_checks_run_here_take_nothing_back(version: str, theirs: Workspace) -> None:
    flow.import_export(theirs, version)
    before = accepted(theirs)
    assert flow.curate(theirs).judged == len(before)
    assert accepted(theirs) == before


def test_nothing_is_drafted_from_what_is_no_whole(version: str, theirs: Workspace) -> None:
    flow.import_export(theirs, version)
    assert flow.generate(theirs).drafted_documents == 0


def test_who_has_the_works_reads_them_anew_and_nothing_falls(made: Path, version: str, theirs: Workspace) -> None:
    flow.import_export(theirs, version)
    before = accepted(theirs)
    report = flow.build(theirs, [made / "shelf"])
    assert (report.ingested.new_documents, report.ingested.failures) == (3, [])
    assert accepted(theirs) == before
    assert not any(each.is_excerpt for each in documents(theirs))


def documents(workspace: Workspace) -> list[Any]:
    with open_corpus(workspace).unit(read_only=True) as unit:
        return current_documents(unit)


def test_what_was_deidentified_there_is_not_deidentified_again(version: str, theirs: Workspace) -> None:
    assert flow.import_export(theirs, version).carried.dialogues > 0
    assert deidentify(open_corpus(theirs), PrivacySettings()) == 0


def test_a_plan_of_another_corpus_accepts_what_it_accepted(ward: Workspace, theirs: Workspace) -> None:
    ward.settings_path.write_text(
        "[review.plan]\nenabled = true\nlimit = 0.5\nconfidence = 0.5\nallowed_defects = 0\n", encoding="utf-8"
    )
    ward = Workspace(ward.root)
    accept_by_plan(ward)
    before = flow.export(ward, "v3")
    assert "plan" in before.manifest.counts["acceptance"]
    flow.import_export(theirs, str(before.root))
    again = flow.export(theirs, "v4")
    assert rows(again) == rows(before)
    assert report(again)["plans"] == report(before)["plans"]


def accept_by_plan(ward: Workspace) -> None:
    """What was accepted in bulk is taken back; samples are read, and the rest is accepted by plan."""
    with open_corpus(ward).unit() as unit:
        unit.execute("DELETE FROM decision")
    desk = flow.open_desk(ward, "wang")
    while waiting := [name for lot in flow.review_plan(ward).lots for name in lot.assessment.waiting]:
        for name in waiting:
            desk.decide(name, Verdict.ACCEPT)
    flow.apply_plan(ward, "wang")


def report(export: Export) -> dict[str, Any]:
    return json.loads((export.root / "reports" / "review.json").read_bytes())


def no_origins(root: Path) -> None:
    manifest = Manifest.model_validate_json((root / "manifest.json").read_bytes())
    files = {name: entry for name, entry in manifest.files.items() if not name.startswith("origins/")}
    shutil.rmtree(root / "origins")
    (root / "manifest.json").write_bytes(manifest_bytes(manifest.model_copy(update={"files": files})))


def damaged(root: Path) -> None:
    path = root / "origins" / "passages.parquet"
    path.write_bytes(path.read_bytes()[:-1])


def of_a_newer_layout(root: Path) -> None:
    path = root / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"format": 1', b'"format": 2'))


def no_export(root: Path) -> None:
    (root / "manifest.json").unlink()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (no_export, "no finished export"),
        (shutil.rmtree, "there is no export; give the folder of one"),
        (damaged, r"passages\.parquet: has .* bytes.*is not imported"),
        (no_origins, "holds no origins.*ask its team for one"),
        (of_a_newer_layout, "layout 2, written by a newer pedcorpus.*upgrade"),
    ],
)
def test_what_cannot_be_imported_is_told_and_leaves_nothing(
    version: str, theirs: Workspace, tmp_path: Path, spoil: Callable[[Path], None], words: str
) -> None:
    root = Path(shutil.copytree(version, tmp_path / "given" / "v1"))
    spoil(root)
    with pytest.raises(PedcorpusError, match=words):
        flow.import_export(theirs, str(root))
    assert not theirs.root.exists()


def test_a_workspace_with_a_corpus_is_refused(version: str, ward: Workspace) -> None:
    with pytest.raises(UsageError, match=r"there is a corpus already.*--workspace"):
        flow.import_export(ward, version)


def test_imported_twice_it_is_refused_and_stays(version: str, theirs: Workspace) -> None:
    flow.import_export(theirs, version)
    before = theirs.corpus_path.read_bytes()
    with pytest.raises(UsageError, match="there is a corpus already"):
        flow.import_export(theirs, version)
    assert theirs.corpus_path.read_bytes() == before


def test_another_version_of_its_name_is_not_written_over(version: str, inside: str, theirs: Workspace) -> None:
    shutil.copytree(inside, theirs.exports / "v1")
    with pytest.raises(UsageError, match="another version of this name"):
        flow.import_export(theirs, version)
    assert not theirs.corpus_path.exists()


def test_a_version_among_the_workspaces_own_is_named(version: str, theirs: Workspace) -> None:
    shutil.copytree(version, theirs.exports / "v1")
    assert flow.import_export(theirs, "v1").export.root == theirs.exports / "v1"


def test_versions_before_it_may_lie_beside_it(made: Path, theirs: Workspace) -> None:
    shutil.copytree(made / "ward" / "exports", theirs.exports)
    flow.import_export(theirs, "v2")
    with open_corpus(theirs).unit(read_only=True) as unit:
        assert exported_versions(unit) == ["v1", "v2"]


def test_ended_in_between_there_is_no_corpus_and_the_next_one_is_whole(
    made: Path, version: str, theirs: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(carried_corpus, "settle_decisions", end)
    with pytest.raises(KeyboardInterrupt):
        flow.import_export(theirs, version)
    assert sorted(path.name for path in theirs.root.iterdir()) == ["exports", "pedcorpus.toml"]
    monkeypatch.undo()
    flow.import_export(theirs, version)
    assert accepted(theirs) == accepted(Workspace(made / "ward"))


def test_a_corpus_that_came_meanwhile_is_not_written_over(
    version: str, theirs: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle = carried_corpus.settle_decisions

    def settle_late(*given: Any) -> int:
        Corpus(theirs.corpus_path).prepare()
        return settle(*given)

    monkeypatch.setattr(carried_corpus, "settle_decisions", settle_late)
    with pytest.raises(CorpusError, match="made a corpus there meanwhile"):
        flow.import_export(theirs, version)
    assert accepted(theirs) == []


def test_a_changed_version_is_found_out_by_what_is_in_it(version: str, theirs: Workspace, tmp_path: Path) -> None:
    root = Path(shutil.copytree(version, tmp_path / "given" / "v1"))
    path = root / "origins" / "documents.json"
    path.write_bytes(path.read_bytes().replace(b"chapter.md", b"chapter.mo"))
    with pytest.raises(ExportError, match=r"documents\.json: was changed"):
        flow.import_export(theirs, str(root))
