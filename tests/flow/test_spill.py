"""A large file goes by as a stream and leaves the corpus as a small one would."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb
import pymupdf
import pytest

from pedcorpus import flow
from pedcorpus.settings import Workspace

LINES = 'name,症状,desc\n肺炎,"发热、咳嗽、呼吸困…","肺炎是肺部的炎症。多由感染引起。"\n哮喘,喘息 咳嗽,\n,发热,\n'


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    folder = tmp_path / "graph"
    folder.mkdir()
    (folder / "a.csv").write_text(LINES, encoding="utf-8")
    return folder


@pytest.fixture
def streamed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Every graph is large; where its triples wait meanwhile."""
    waiting = tmp_path / "waiting"
    waiting.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(waiting))
    monkeypatch.setattr("pedcorpus.flow.read_file.STREAMED_BYTES", 1)
    return waiting


def read_rows(workspace: Workspace) -> list[list[tuple[object, ...]]]:
    with duckdb.connect(str(workspace.corpus_path), read_only=True) as connection:
        tables = ("document", "passage", "triple", "failure")
        return [connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in tables]


def test_a_stream_stores_what_records_in_memory_would(
    tmp_path: Path, graph: Path, request: pytest.FixtureRequest
) -> None:
    held, streamed = Workspace(tmp_path / "held"), Workspace(tmp_path / "streamed")
    flow.ingest(held, [graph])
    request.getfixturevalue("streamed")
    report = flow.ingest(streamed, [graph])
    assert read_rows(held) == read_rows(streamed)
    assert (report.triples, report.passages, len(report.failures)) == (4, 1, 2)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two pages of text around a page that cannot be read."""
    document = pymupdf.open()
    for number in range(3):
        page = document.new_page()
        text = "字" * 60 if number == 1 else f"第{number + 1}章 发热\n发热是儿科最常见的症状之一，多由感染引起。"
        page.insert_textbox((72, 72, 500, 500), text, fontname="china-s")
    folder = tmp_path / "book"
    folder.mkdir()
    document.save(folder / "a.pdf")
    return folder


def test_a_book_that_streams_stores_what_one_in_memory_would(
    tmp_path: Path, book: Path, request: pytest.FixtureRequest
) -> None:
    held, streamed = Workspace(tmp_path / "held"), Workspace(tmp_path / "streamed")
    flow.ingest(held, [book])
    waiting = request.getfixturevalue("streamed")
    report = flow.ingest(streamed, [book])
    assert report.passages > 0
    assert read_rows(held) == read_rows(streamed)
    assert list(waiting.iterdir()) == []


def test_nothing_waits_on_disk_afterwards(streamed: Path, workspace: Workspace, graph: Path) -> None:
    flow.ingest(workspace, [graph])
    assert list(streamed.iterdir()) == []


def test_a_stream_that_fails_leaves_nothing_behind(streamed: Path, workspace: Workspace, graph: Path) -> None:
    (graph / "b.json").write_text('[{"name": "肺炎", "症状": ["发热"]}, {"name": ', encoding="utf-8")
    report = flow.ingest(workspace, [graph])
    assert [failure.reason for failure in report.failures if failure.path == "b.json"] == ["invalid_json"]
    assert list(streamed.iterdir()) == []
    with duckdb.connect(str(workspace.corpus_path), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM triple").fetchall() == [(4,)]


def test_a_stream_read_twice_changes_no_row(streamed: Path, workspace: Workspace, graph: Path) -> None:
    flow.ingest(workspace, [graph])
    before = read_rows(workspace)
    assert flow.ingest(workspace, [graph]).unchanged_documents == 1
    assert read_rows(workspace) == before
