from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.errors import UsageError
from pedcorpus.flow import ShelfPassage
from pedcorpus.settings import Workspace
from pedcorpus.shipped import shipped_folder


def test_works_are_listed_with_what_was_read(workspace: Workspace, textbooks: Path) -> None:
    flow.ingest(workspace, [textbooks])
    ((source, counts),) = flow.list_sources(workspace)
    assert (source.id, counts.documents, source.license) == ("textbooks", 1, "unknown")
    assert counts.passages == len(flow.list_passages(workspace, "textbooks"))


def test_an_unknown_work_is_told_with_the_nearest(workspace: Workspace, textbooks: Path) -> None:
    flow.ingest(workspace, [textbooks])
    with pytest.raises(UsageError, match="did you mean 'textbooks'"):
        flow.list_passages(workspace, "textbook")


def test_a_passage_is_shown_on_its_page(workspace: Workspace) -> None:
    flow.ingest(workspace, [shipped_folder("sources") / "textbook-neuro-resp"])
    passage = flow.list_passages(workspace, "textbook-neuro-resp")[5].passage
    shown = flow.show(workspace, passage.id)
    assert isinstance(shown, ShelfPassage)
    assert shown.passage == passage
    assert flow.page_image(workspace, shown).startswith(b"\x89PNG")


def test_a_text_without_pages_has_no_page_image(workspace: Workspace, textbooks: Path) -> None:
    flow.ingest(workspace, [textbooks])
    shown = flow.list_passages(workspace, "textbooks")[0]
    with pytest.raises(UsageError, match="no page"):
        flow.page_image(workspace, shown)
