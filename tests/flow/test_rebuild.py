"""A version made again from its corpus: the same bytes whatever came since, or what differs and why."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import duckdb
import pytest

from pedcorpus import flow
from pedcorpus.errors import UsageError
from pedcorpus.records import Status, Verdict
from pedcorpus.settings import Workspace
from tests.flow.conftest import CHAPTER

VARICELLA = "# 水痘\n\n## 治疗\n\n水痘患儿应隔离至全部疱疹结痂。\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with everything accepted, one answer edited, and all of it exported as v1."""
    place = tmp_path_factory.mktemp("made")
    (place / "books").mkdir()
    (place / "books" / "chapter.md").write_text(CHAPTER, encoding="utf-8")
    ward = Workspace(place / "ward")
    flow.build(ward, [place / "books"])
    flow.accept_all(ward, "wang")
    edit_one(ward, "请记牢。")
    flow.export(ward, "v1")
    return ward.root


@pytest.fixture
def ward(made: Path, tmp_path: Path) -> Workspace:
    return Workspace(shutil.copytree(made, tmp_path / "ward"))


def accepted(ward: Workspace) -> list[str]:
    query = "SELECT id FROM instruction_status WHERE task = 'medkqa' AND status = 'accepted' ORDER BY id"
    with duckdb.connect(str(ward.corpus_path), read_only=True) as connection:
        return [name for (name,) in connection.execute(query).fetchall()]


def edit_one(ward: Workspace, more: str) -> None:
    desk, name = flow.open_desk(ward, "wang"), accepted(ward)[0]
    before = desk.item(name).instruction
    edited = before.model_copy(update={"answer": before.answer_text() + more, "parent": name})
    desk.decide(name, Verdict.EDIT, edited=edited)


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def alter(ward: Workspace, statement: str) -> None:
    with duckdb.connect(str(ward.corpus_path)) as connection:
        connection.execute(statement)


def more_books(ward: Workspace) -> None:
    folder = ward.root.parent / "more"
    folder.mkdir()
    (folder / "varicella.md").write_text(VARICELLA, encoding="utf-8")
    flow.build(ward, [folder])
    flow.accept_all(ward, "li")


def other_decisions(ward: Workspace) -> None:
    edit_one(ward, "切记。")
    flow.open_desk(ward, "li").decide(accepted(ward)[-1], Verdict.REJECT, reason="wrong_fact")


def another_version(ward: Workspace) -> None:
    other_decisions(ward)
    flow.export(ward, "v2")


def a_withdrawal(ward: Workspace) -> None:
    flow.withdraw(ward, "books", reason="licence ended")


def other_settings(ward: Workspace) -> None:
    text = '[export]\ntest_share = 0.4\nsplit_seed = "other"\nrule_pairs = 0\n\n[curate]\nocr_confidence = 0.1\n'
    ward.settings_path.write_text(text, encoding="utf-8")


def test_whatever_came_since_it_has_the_same_bytes(ward: Workspace) -> None:
    before = contents(ward.exports / "v1")
    for since in (more_books, another_version, other_decisions, a_withdrawal, other_settings):
        since(ward)
    shutil.rmtree(ward.exports / "v1")
    again = flow.rebuild(Workspace(ward.root), "v1")
    assert (again.is_same, again.put_back, again.problems) == (True, True, [])
    assert contents(ward.exports / "v1") == before


def test_a_later_version_keeps_its_parent_and_the_splits_of_that(ward: Workspace) -> None:
    other_decisions(ward)
    second = flow.export(ward, "v2", status=Status.CANDIDATE)
    flow.export(ward, "v3")
    again = flow.rebuild(ward, "v2", into=ward.root / "again")
    assert again.is_same
    assert contents(ward.root / "again" / "v2") == contents(second.root)


def test_neither_the_corpus_nor_what_is_there_changes(ward: Workspace) -> None:
    before = contents(ward.root)
    again = flow.rebuild(ward, "v1")
    assert (again.is_same, again.put_back) == (True, False)
    assert contents(ward.root) == before


def test_nothing_of_the_network_is_asked(ward: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("connect", "connect_ex", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert flow.rebuild(ward, "v1").is_same


def test_settings_that_are_others_now_are_told(ward: Workspace) -> None:
    other_settings(ward)
    told = flow.rebuild(Workspace(ward.root), "v1").settings
    assert "export.test_share is 0.4, was 0.1" in told
    assert "curate.ocr_confidence is 0.1, was 0.9" in told
    assert len(told) == 4


def test_a_setting_that_nobody_knows_any_more_is_said(ward: Workspace) -> None:
    alter(ward, """UPDATE export SET settings = replace(settings, '"split_seed"', '"salt"')""")
    with pytest.raises(UsageError, match=r"does not know \(export\.salt\)"):
        flow.rebuild(ward, "v1")


def test_what_it_rests_on_and_was_withdrawn_is_told(ward: Workspace) -> None:
    a_withdrawal(ward)
    assert flow.rebuild(ward, "v1").withdrawn == {"books": "licence ended"}


@pytest.mark.parametrize("version", ["v9", "../v1", "", "/etc", "v1/"])
def test_a_version_that_the_corpus_does_not_know_is_said(ward: Workspace, version: str) -> None:
    with pytest.raises(UsageError, match="no such version was exported from this corpus; there are: v1"):
        flow.rebuild(ward, version)


def test_a_version_of_an_unknown_state_is_said(ward: Workspace) -> None:
    alter(ward, "UPDATE export SET until = NULL")
    with pytest.raises(UsageError, match="does not know which state it was made of"):
        flow.rebuild(ward, "v1")


def test_another_writer_is_named_and_a_lost_version_stays_lost(
    ward: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(ward.exports / "v1")
    monkeypatch.setattr("pedcorpus.export.write.version", lambda _: "9.1")
    again = flow.rebuild(ward, "v1")
    assert not again.is_same
    assert any(reason.endswith("and this is 9.1") for reason in again.reasons)
    assert contents(ward.exports) == {}


def test_what_differs_may_be_kept_elsewhere_to_look_at(ward: Workspace) -> None:
    alter(ward, "UPDATE decision SET note = 'else' WHERE instruction = (SELECT min(id) FROM instruction)")
    again = flow.rebuild(ward, "v1", into=ward.root / "again")
    assert again.differs.startswith("instructions/")
    assert again.reasons == ["the decisions behind its rows are not those of then"]
    assert (ward.root / "again" / "v1" / again.differs).read_bytes() != (
        ward.exports / "v1" / again.differs
    ).read_bytes()


def test_a_version_whose_settings_were_not_kept_is_made_by_those_of_now(ward: Workspace) -> None:
    alter(ward, "UPDATE export SET manifest = NULL, settings = NULL")
    other_settings(ward)
    with_folder = flow.rebuild(Workspace(ward.root), "v1")
    assert with_folder.reasons == ["its settings or evaluation sets are not those of then"]
    shutil.rmtree(ward.exports / "v1")
    assert "was not kept" in flow.rebuild(Workspace(ward.root), "v1").reasons[0]


def test_an_evaluation_set_with_other_content_is_the_reason(ward: Workspace) -> None:
    declared = '[[curate.contamination.sets]]\nname = "cmb"\npath = "cmb.json"\n'
    ward.settings_path.write_text(declared, encoding="utf-8")
    items = ward.root / "cmb.json"
    items.write_text(
        '[{"id": "41", "question": "热性惊厥首次发作多见于哪个年龄的儿童？", "answer": "6个月至3岁"}]', "utf-8"
    )
    flow.export(Workspace(ward.root), "v2")
    ward.settings_path.write_text("", encoding="utf-8")  # that it is declared no more is no matter
    assert flow.rebuild(Workspace(ward.root), "v2").is_same
    items.write_text(items.read_text("utf-8").replace("哪个", "何"), encoding="utf-8")
    again = flow.rebuild(Workspace(ward.root), "v2")
    assert again.differs == "reports/contamination.json"
    assert again.reasons == ["its settings or evaluation sets are not those of then"]


def test_a_damaged_version_is_named_though_it_can_be_made_again(ward: Workspace) -> None:
    (ward.exports / "v1" / "README.md").write_text("else", encoding="utf-8")
    again = flow.rebuild(ward, "v1")
    assert again.is_same
    assert ["README.md" in problem for problem in again.problems] == [True]
    assert (ward.exports / "v1" / "README.md").read_text(encoding="utf-8") == "else"


def test_another_version_of_that_name_is_told(ward: Workspace) -> None:
    other_settings(ward)
    flow.curate(Workspace(ward.root))
    flow.export(Workspace(ward.root), "v2")
    shutil.rmtree(ward.exports / "v1")
    (ward.exports / "v2").rename(ward.exports / "v1")
    assert "not the version that this corpus made" in flow.rebuild(ward, "v1").problems[0]


@pytest.mark.parametrize(("into", "told"), [("exports", "versions of this workspace lie there"), ("taken", "exists")])
def test_what_it_may_not_be_made_into_is_said(ward: Workspace, into: str, told: str) -> None:
    (ward.root / "taken" / "v1").mkdir(parents=True)
    with pytest.raises(UsageError, match=told):
        flow.rebuild(ward, "v1", into=ward.root / into)


def test_a_version_may_follow_another_than_the_latest_and_is_made_again_so(ward: Workspace) -> None:
    flow.export(ward, "v2")
    made = flow.export(ward, "v3", follows="v1")
    assert made.manifest.parent == "v1"
    assert flow.rebuild(ward, "v3").is_same
    with pytest.raises(UsageError, match="--from v9: no such version"):
        flow.export(ward, "v4", follows="v9")
