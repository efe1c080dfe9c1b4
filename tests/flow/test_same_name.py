"""Works that go by one name: whoever declares a second licence for it is told, and nothing is read."""

from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.settings import Workspace

TEXT = "# 水痘\n\n## 治疗\n\n水痘患儿应隔离至全部疱疹结痂。\n"


def shelf(root: Path, name: str, *, licence: str = "CC0-1.0", file: str = "a.md", tier: str = "open") -> Path:
    """A folder `name` that declares the work `book`."""
    folder = root / name
    folder.mkdir(parents=True)
    declared = f'id = "book"\nkind = "textbook"\ntitle = "样章"\nlicense = "{licence}"\ntier = "{tier}"\n'
    (folder / "source.toml").write_text(declared, encoding="utf-8")
    (folder / file).write_text(TEXT, encoding="utf-8")
    return folder


def licences(workspace: Workspace) -> list[str]:
    return [source.license for source, _ in flow.list_sources(workspace)]


@pytest.mark.parametrize("change", [{"licence": "CC-BY-4.0"}, {"tier": "internal"}], ids=["licence", "tier"])
def test_two_folders_that_declare_one_work_otherwise_are_both_refused(
    workspace: Workspace, tmp_path: Path, change: dict[str, str]
) -> None:
    places = [shelf(tmp_path, "one"), shelf(tmp_path, "two", file="b.md", **change)]
    report = flow.ingest(workspace, places)
    assert [failure.reason for failure in report.failures] == ["declared_twice", "declared_twice"]
    assert next(iter(change.values())) in report.failures[0].detail
    assert (report.new_documents, licences(workspace)) == (0, [])


def test_a_second_folder_may_not_change_the_licence_of_what_was_read(workspace: Workspace, tmp_path: Path) -> None:
    flow.ingest(workspace, [shelf(tmp_path, "one")])
    other = shelf(tmp_path, "two", licence="CC-BY-4.0", file="b.md")
    assert [row.action for row in flow.plan_ingest(workspace, [other])] == ["fail"]
    report = flow.ingest(workspace, [other])
    assert [failure.reason for failure in report.failures] == ["declared_twice"]
    assert licences(workspace) == ["CC0-1.0"]


def test_its_own_folder_may_declare_a_work_anew(workspace: Workspace, tmp_path: Path) -> None:
    folder = shelf(tmp_path, "one")
    flow.ingest(workspace, [folder])
    (folder / "source.toml").write_text('id = "book"\nkind = "textbook"\ntitle = "样章"\nlicense = "MIT"\n', "utf-8")
    assert flow.ingest(workspace, [folder]).failures == []
    assert licences(workspace) == ["MIT"]


def test_two_folders_that_say_the_same_are_one_work(workspace: Workspace, tmp_path: Path) -> None:
    report = flow.ingest(workspace, [shelf(tmp_path, "one"), shelf(tmp_path, "two", file="b.md")])
    assert (report.failures, report.new_documents, licences(workspace)) == ([], 2, ["CC0-1.0"])


def test_two_files_under_one_name_in_one_work_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    report = flow.ingest(workspace, [shelf(tmp_path, "one"), shelf(tmp_path, "two")])
    assert [failure.reason for failure in report.failures] == ["declared_twice", "declared_twice"]
    assert "a.md" in report.failures[0].detail


def test_a_moved_shelf_is_the_same_work(workspace: Workspace, tmp_path: Path) -> None:
    folder = shelf(tmp_path, "one")
    flow.ingest(workspace, [folder])
    report = flow.ingest(workspace, [folder.rename(tmp_path / "elsewhere")])
    assert (report.failures, report.unchanged_documents) == ([], 1)
