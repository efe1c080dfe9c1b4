import shutil
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.corpus import current_documents
from pedcorpus.errors import UsageError
from pedcorpus.flow.originals import original_bytes
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.settings import Workspace
from tests.chapter import CHAPTER


def read_back(workspace: Workspace) -> bytes:
    with open_corpus(workspace).unit(read_only=True) as unit:
        (stored,) = current_documents(unit)
    return original_bytes(workspace, stored)


def ingest(workspace: Workspace, textbooks: Path, how: str) -> None:
    workspace.root.mkdir(exist_ok=True)
    workspace.settings_path.write_text(f'[ingest]\noriginals = "{how}"\n', encoding="utf-8")
    flow.ingest(workspace, [textbooks])


@pytest.mark.parametrize("how", ["copy", "link"])
def test_a_kept_original_is_found_after_its_folder_has_gone(workspace: Workspace, textbooks: Path, how: str) -> None:
    ingest(workspace, textbooks, how)
    shutil.rmtree(textbooks)
    assert read_back(workspace) == CHAPTER.encode()


def test_a_link_takes_no_room(workspace: Workspace, textbooks: Path) -> None:
    ingest(workspace, textbooks, "link")
    (kept,) = (path for path in workspace.originals.rglob("*") if path.is_file())
    assert kept.samefile(textbooks / "chapter.md")


def test_what_is_not_kept_is_read_where_it_was(workspace: Workspace, textbooks: Path) -> None:
    ingest(workspace, textbooks, "none")
    assert not workspace.originals.exists()
    assert read_back(workspace) == CHAPTER.encode()


def test_a_changed_file_is_not_taken_for_the_original(workspace: Workspace, textbooks: Path) -> None:
    ingest(workspace, textbooks, "none")
    (textbooks / "chapter.md").write_text("# 别的\n", encoding="utf-8")
    with pytest.raises(UsageError, match="neither kept"):
        read_back(workspace)


def test_ingesting_again_keeps_what_was_not_kept_before(workspace: Workspace, textbooks: Path) -> None:
    ingest(workspace, textbooks, "none")
    ingest(Workspace(workspace.root), textbooks, "copy")
    shutil.rmtree(textbooks)
    assert read_back(workspace) == CHAPTER.encode()
