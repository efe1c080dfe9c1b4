"""Versions seen together: what came, went and changed, and why."""

import shutil
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.corpus import Corpus, add_decisions, add_instructions, current_sources, load_instructions
from pedcorpus.errors import UsageError
from pedcorpus.export import SPLITS
from pedcorpus.records import Decision, Tier, Verdict
from pedcorpus.review import edited_instruction
from pedcorpus.settings import Workspace
from tests.by_hand import decision
from tests.chapter import copied


@pytest.fixture
def released(released: Workspace, tmp_path: Path) -> Workspace:
    """A copy of one's own of the workspace with everything accepted and exported as v1."""
    return copied(released, tmp_path / "ward")


def taken(workspace: Workspace, *decisions: Decision) -> None:
    with Corpus(workspace.corpus_path).unit() as unit:
        add_decisions(unit, decisions)


def some_id(workspace: Workspace, task: str = "medkqa") -> str:
    rows = flow.exports(workspace)[0].rows("instructions", "train")
    return next(str(row["id"]) for row in rows if row["task"] == task)


def told(compared: flow.VersionDiff) -> list[tuple[str, str, str]]:
    return [(each.row.change, each.row.before, each.reason) for each in compared.changes]


def test_versions_are_listed_oldest_first(released: Workspace) -> None:
    flow.export(released, "v10")
    flow.export(released, "v2")
    assert [each.manifest.version for each in flow.exports(released)] == ["v1", "v2", "v10"]


def test_a_version_against_itself_has_not_changed(released: Workspace) -> None:
    flow.export(released, "v2")
    compared = flow.diff_exports(released, "v1", "v2")
    assert compared.changes == []
    assert compared.unchanged == sum(flow.exports(released)[0].manifest.counts["splits"].values())


def test_what_was_rejected_went_and_says_why(released: Workspace) -> None:
    name = some_id(released)
    taken(released, decision(name, Verdict.REJECT, reason="wrong_fact"))
    flow.export(released, "v2")
    assert told(flow.diff_exports(released, "v1", "v2")) == [("went", name, "rejected: wrong_fact")]


def test_what_was_edited_twice_is_one_revised_row_with_its_two_texts(released: Workspace) -> None:
    name = some_id(released)
    with Corpus(released.corpus_path).unit() as unit:
        (first,) = load_instructions(unit, [name], current_sources(unit))
        second = edited_instruction(first, {"answer": "热性惊厥首次发作多见于6个月至3岁。"})
        third = edited_instruction(second, {"answer": "首次发作多见于6个月至3岁。"})
        add_instructions(unit, [second, third])
    taken(
        released,
        decision(name, Verdict.EDIT, edited=second.id),
        decision(second.id, Verdict.EDIT, edited=third.id),
    )
    flow.export(released, "v2")
    compared = flow.diff_exports(released, "v1", "v2")
    assert told(compared) == [("revised", name, "edited")]
    row, segments = flow.row_texts(compared, third.id[:12])
    assert row.id == third.id
    assert {segment.kind for segment in segments} >= {"removed", "same"}


def test_rows_that_came_are_told_from_rows_that_were_there(released: Workspace, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    text = "# 水痘\n\n## 治疗\n\n水痘患儿应隔离至全部疱疹结痂。\n"
    (tmp_path / "more" / "varicella.md").write_text(text, encoding="utf-8")
    flow.build(released, [tmp_path / "more"])
    flow.accept_all(released, "wang")
    flow.export(released, "v2")
    changes = flow.diff_exports(released, "v1", "v2").changes
    assert changes
    assert {(each.row.change, each.reason, each.row.topic) for each in changes} == {("came", "new", "水痘")}


def test_without_the_corpus_reasons_are_unknown(released: Workspace) -> None:
    name = some_id(released)
    taken(released, decision(name, Verdict.REJECT, reason="wrong_fact"))
    flow.export(released, "v2")
    released.corpus_path.unlink()
    assert told(flow.diff_exports(released, "v1", "v2")) == [("went", name, "unknown")]


def test_a_version_that_is_not_there_is_said(released: Workspace) -> None:
    with pytest.raises(UsageError, match="v9"):
        flow.diff_exports(released, "v1", "v9")


def test_a_version_whose_folder_is_lost_is_told_with_the_way_back(released: Workspace) -> None:
    shutil.rmtree(released.exports / "v1")
    assert flow.lost_versions(released) == ["v1"]
    with pytest.raises(UsageError, match="put it back with `pedcorpus rebuild v1`"):
        flow.verify(released, "v1")


def test_an_id_that_no_changed_row_has_is_said(released: Workspace) -> None:
    flow.export(released, "v2", tier=Tier.INTERNAL)
    with pytest.raises(UsageError, match="no changed row"):
        flow.row_texts(flow.diff_exports(released, "v1", "v2"), "abc")


def test_a_sound_version_has_no_problems(released: Workspace) -> None:
    found = flow.verify(released, "v1")
    assert (found.problems, found.withdrawn) == ([], {})
    assert found.files > 5


def test_a_changed_file_is_named(released: Workspace) -> None:
    (released.exports / "v1" / "README.md").write_text("else", encoding="utf-8")
    assert [problem for problem in flow.verify(released, "v1").problems if "README.md" in problem]


def test_a_version_that_rests_on_a_withdrawn_work_is_told(released: Workspace) -> None:
    report = flow.withdraw(released, "textbooks", reason="licence ended")
    assert report.versions == {"v1": sum(flow.exports(released)[0].manifest.counts["splits"].values())}
    assert flow.verify(released, "v1").withdrawn == {"textbooks": "licence ended"}


def test_a_work_is_withdrawn_once_and_may_be_given_back(released: Workspace) -> None:
    flow.withdraw(released, "textbooks", reason="licence ended", steward="zhao")
    with pytest.raises(UsageError, match="withdrawn already"):
        flow.withdraw(released, "textbooks", reason="again")
    assert flow.withdrawals(released)["textbooks"].steward == "zhao"
    flow.withdraw(released, "textbooks", reason="renewed", give_back=True)
    assert flow.withdrawals(released) == {}
    with pytest.raises(UsageError, match="not withdrawn"):
        flow.withdraw(released, "textbooks", reason="again", give_back=True)


def test_withdrawing_a_work_that_is_not_there_names_the_nearest(released: Workspace) -> None:
    with pytest.raises(UsageError, match="textbooks"):
        flow.withdraw(released, "textbook", reason="x")


def test_nothing_that_rests_on_a_withdrawn_work_enters_a_later_version(released: Workspace, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    text = "# 水痘\n\n## 治疗\n\n水痘患儿应隔离至全部疱疹结痂。\n"
    (tmp_path / "more" / "varicella.md").write_text(text, encoding="utf-8")
    flow.build(released, [tmp_path / "more"])
    flow.accept_all(released, "wang")
    flow.withdraw(released, "textbooks", reason="licence ended")
    made = flow.export(released, "v2")
    assert set(made.manifest.counts["sources"]) == {"more"}
    assert made.manifest.counts["left_out"]["withdrawn"] > 0
    assert {each.reason for each in flow.diff_exports(released, "v1", "v2").changes} == {"new", "withdrawn"}
    whole = b"".join(path.read_bytes() for path in made.root.rglob("*.json"))
    assert "textbooks" not in whole.decode()
    assert {row["source"] for split in SPLITS for row in made.rows("cpt", split)} == {"more"}


def test_with_every_work_withdrawn_there_is_nothing_to_export(released: Workspace) -> None:
    flow.withdraw(released, "textbooks", reason="licence ended")
    with pytest.raises(UsageError, match="withdrawn"):
        flow.export(released, "v2")
