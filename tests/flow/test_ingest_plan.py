from pathlib import Path

from pedcorpus import flow
from pedcorpus.settings import Workspace
from tests.chapter import CHAPTER


def planned(workspace: Workspace, folder: Path) -> dict[str, tuple[str, str, str]]:
    return {item.path: (item.action, item.kind, item.kind_from) for item in flow.plan_ingest(workspace, [folder])}


def test_a_plan_says_what_and_why_and_writes_nothing(workspace: Workspace, textbooks: Path) -> None:
    (textbooks / "empty.md").touch()
    assert planned(workspace, textbooks) == {
        "chapter.md": ("new", "textbook", "default"),
        "empty.md": ("fail", "textbook", "default"),
    }
    assert not workspace.root.exists()


def test_a_plan_knows_what_is_in_the_corpus(workspace: Workspace, textbooks: Path) -> None:
    (textbooks / "second.md").write_text(CHAPTER, encoding="utf-8")
    flow.ingest(workspace, [textbooks])
    (textbooks / "second.md").write_text(CHAPTER + "\n又及。\n", encoding="utf-8")
    actions = {path: action for path, (action, _, _) in planned(workspace, textbooks).items()}
    assert actions == {"chapter.md": "unchanged", "second.md": "changed"}


def test_the_reason_of_a_kind_is_told(workspace: Workspace, tmp_path: Path) -> None:
    for folder, name in (("指南", "a.md"), ("shelf", "a.csv"), ("declared", "a.md")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text("head,relation,tail\n麻疹,症状,发热\n", encoding="utf-8")
    (tmp_path / "declared" / "source.toml").write_text('title = "样例"\nkind = "guideline"\n', encoding="utf-8")
    plans = {folder: planned(workspace, tmp_path / folder) for folder in ("指南", "shelf", "declared")}
    assert plans["指南"]["a.md"] == ("new", "guideline", "folder name")
    assert plans["shelf"]["a.csv"] == ("new", "graph", "file contents")
    assert plans["declared"]["a.md"] == ("new", "guideline", "declared")
