from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.errors import UsageError
from pedcorpus.flow import ShelfPassage
from pedcorpus.settings import Workspace
from pedcorpus.shipped import shipped_folder
from tests.chapter import copied


@pytest.fixture
def ward(built: Workspace, tmp_path: Path) -> Workspace:
    return copied(built, tmp_path / "ward")


def test_works_are_listed_with_what_was_read(ward: Workspace) -> None:
    ((source, counts),) = flow.list_sources(ward)
    assert (source.id, counts.documents, source.license) == ("textbooks", 1, "unknown")
    assert counts.passages == len(flow.list_passages(ward, "textbooks"))


def test_an_unknown_work_is_told_with_the_nearest(ward: Workspace) -> None:
    with pytest.raises(UsageError, match="did you mean 'textbooks'"):
        flow.list_passages(ward, "textbook")


def test_a_passage_is_shown_on_its_page(workspace: Workspace) -> None:
    flow.ingest(workspace, [shipped_folder("sources") / "textbook-neuro-resp"])
    passage = flow.list_passages(workspace, "textbook-neuro-resp")[5].passage
    shown = flow.show(workspace, passage.id)
    assert isinstance(shown, ShelfPassage)
    assert shown.passage == passage
    assert flow.page_image(workspace, shown).startswith(b"\x89PNG")


def test_a_text_without_pages_has_no_page_image(ward: Workspace) -> None:
    shown = flow.list_passages(ward, "textbooks")[0]
    with pytest.raises(UsageError, match="no page"):
        flow.page_image(ward, shown)
