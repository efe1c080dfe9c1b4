from pathlib import Path
from shutil import copytree, rmtree

import pytest

from pedcorpus import flow
from pedcorpus.flow import pages
from pedcorpus.records import Evidence
from pedcorpus.review import NoPicture, PagePicture
from pedcorpus.settings import Workspace
from pedcorpus.shipped import shipped_folder


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """The sample chapter that is a PDF, in a folder that may be moved."""
    return copytree(shipped_folder("sources") / "textbook-neuro-resp", tmp_path / "shelf" / "textbook-neuro-resp")


def evidence(workspace: Workspace, source: str) -> Evidence:
    """The first passage of a source, quoted whole."""
    each = flow.list_passages(workspace, source)[0]
    return Evidence(
        source=source,
        document=each.stored.document.id,
        origin="passage",
        origin_id=each.passage.id,
        address=each.passage.address,
        quote=each.passage.text,
    )


def test_a_quote_of_the_sample_chapter_is_shown_on_its_page(workspace: Workspace, shelf: Path) -> None:
    flow.ingest(workspace, [shelf])
    found = flow.open_desk(workspace, "wang").page_picture(evidence(workspace, "textbook-neuro-resp"))
    assert isinstance(found, PagePicture)
    assert found.png.startswith(b"\x89PNG")
    assert (round(found.width_pt), round(found.height_pt)) == (595, 842)


def test_a_page_is_drawn_once(workspace: Workspace, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flow.ingest(workspace, [shelf])
    desk, quoted = flow.open_desk(workspace, "wang"), evidence(workspace, "textbook-neuro-resp")
    first = desk.page_picture(quoted)
    monkeypatch.setattr(pages, "original_bytes", lambda *_: pytest.fail("read again"))
    assert desk.page_picture(quoted) is first


def test_text_without_pages_has_no_picture(workspace: Workspace, textbooks: Path) -> None:
    flow.ingest(workspace, [textbooks])
    assert flow.open_desk(workspace, "wang").page_picture(evidence(workspace, "textbooks")) == NoPicture("no_page")


def test_an_original_that_is_gone_is_named(workspace: Workspace, shelf: Path) -> None:
    flow.ingest(workspace, [shelf])
    rmtree(shelf)
    rmtree(workspace.originals)
    found = flow.open_desk(workspace, "wang").page_picture(evidence(workspace, "textbook-neuro-resp"))
    assert isinstance(found, NoPicture)
    assert found.reason == "original_gone"
    assert "chapter-07.pdf" in found.detail
