"""Scans in a shelf: unread while no OCR engine is there, read once one is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest

from pedcorpus import flow
from pedcorpus.parse.ocr import OcrLine, PageImage
from pedcorpus.settings import Workspace


class FakeEngine:
    """Reads one line off every page."""

    name, version = "fake", "1"

    def read(self, _image: PageImage) -> list[OcrLine]:
        return [OcrLine("热性惊厥多见于六个月至五岁的婴幼儿，预后良好。", 200, 200, 900, 230, 0.99)]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Callable[[FakeEngine | None], None]:
    def set_engine(engine: FakeEngine | None) -> None:
        monkeypatch.setattr("pedcorpus.parse.ocr.find_engine", lambda _: engine)
        monkeypatch.setattr("pedcorpus.parse.scans.find_engine", lambda _: engine)

    return set_engine


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A book of one page of text and one scanned page."""
    document = pymupdf.open()
    document.new_page().insert_text((72, 100), "第一页有文字层，写着别的内容。", fontname="china-s")
    picture = document.new_page()
    picture.insert_image(picture.rect, pixmap=document[0].get_pixmap())
    folder = tmp_path / "textbooks"
    folder.mkdir()
    document.save(folder / "book.pdf")
    return folder


def test_a_scan_is_read_anew_once_an_engine_is_there(
    workspace: Workspace, shelf: Path, install: Callable[[FakeEngine | None], None]
) -> None:
    seen = []
    for engine in (None, None, FakeEngine(), FakeEngine(), None):
        install(engine)
        report = flow.ingest(workspace, [shelf])
        seen.append((report.unchanged_documents, flow.corpus_status(workspace).totals["failures"]))
    assert seen == [(0, 1), (1, 1), (0, 0), (1, 0), (1, 0)]


def test_files_without_scans_do_not_ask_which_engine_is_there(
    workspace: Workspace, textbooks: Path, install: Callable[[FakeEngine | None], None]
) -> None:
    install(None)
    flow.ingest(workspace, [textbooks])
    install(FakeEngine())
    assert flow.ingest(workspace, [textbooks]).unchanged_documents == 1
