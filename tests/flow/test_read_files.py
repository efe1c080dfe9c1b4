"""Long PDFs are read by their pages, after the other files, and progress counts pages."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pymupdf
import pytest

from pedcorpus import flow
from pedcorpus.flow import read_files
from pedcorpus.parse import pdf_reading
from pedcorpus.settings import Workspace


class Told:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.total = 0.0
        self.done = 0.0
        self.counts: Counter[str] = Counter()

    def advance(self, done: float = 1) -> None:
        self.done += done

    def count(self, what: str, done: int = 1) -> None:
        self.counts[what] += done

    def say(self, words: str) -> None:
        """Not looked at."""

    @contextmanager
    def stage(self, name: str, total: float) -> Iterator[Told]:
        if name == "ingest":
            self.total = total
        yield self


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "textbooks"
    folder.mkdir()
    document = pymupdf.open()
    for number in range(6):
        document.new_page().insert_text((72, 100), f"第{number}页写着别的内容。", fontname="china-s")
    document.save(folder / "book.pdf")
    (folder / "note.txt").write_text("第一章 发热\n发热是常见症状。", encoding="utf-8")
    return folder


@pytest.mark.parametrize(("long_bytes", "jobs"), [(1, 2), (1, 1), (10**9, 2)])
def test_progress_counts_files_and_pages_and_ends_at_the_total(
    workspace: Workspace, shelf: Path, monkeypatch: pytest.MonkeyPatch, long_bytes: int, jobs: int
) -> None:
    monkeypatch.setattr(read_files, "_LONG_BYTES", long_bytes)
    told = Told()
    flow.ingest(workspace, [shelf], jobs=jobs, progress=told)
    assert told.counts == {"files": 2, "pages": 6}
    assert told.done == pytest.approx(told.total)


def test_a_page_has_the_time_that_a_file_has(
    workspace: Workspace, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.root.mkdir(parents=True, exist_ok=True)
    (workspace.root / "pedcorpus.toml").write_text("[ingest.limits]\nfile_seconds = 1\n", encoding="utf-8")
    read = pdf_reading._read

    def slow(*args: object, **named: object) -> pdf_reading.ReadPage:
        time.sleep(0.4)
        return read(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(pdf_reading, "_read", slow)
    report = flow.ingest(Workspace.at(workspace.root), [shelf], jobs=1)
    assert report.failures == []
