"""Disks that fill up or vanish while a version is made: one line, nothing half-written, the corpus unharmed."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pedcorpus import flow
from pedcorpus.corpus import Unit
from pedcorpus.errors import CorpusError, ExportError
from pedcorpus.export import list_exports, scratch_path
from pedcorpus.records import Status
from pedcorpus.settings import Workspace
from tests.chapter import copied
from tests.failing_disks import fill, small_disk


@pytest.fixture
def ward(built: Workspace, tmp_path: Path) -> Workspace:
    return copied(built, tmp_path / "ward")


@dataclass(frozen=True)
class Meanwhile:
    """A progress at whose stage something happens, once it has begun or got somewhere."""

    stage_name: str
    happens: Callable[[], object]

    @contextmanager
    def stage(self, name: str, total: float) -> Iterator[flow.Stage]:
        if name == self.stage_name:
            self.happens()
        with flow.NO_PROGRESS.stage(name, total) as stage:
            yield stage


def export(ward: Workspace, meanwhile: Meanwhile | None = None) -> None:
    flow.export(ward, "v1", status=Status.CANDIDATE, progress=meanwhile or flow.NO_PROGRESS)


def refused(ward: Workspace, meanwhile: Meanwhile | None = None) -> str:
    """What is said of an export that cannot be written; nothing is left, and the corpus is as it was."""
    before = ward.corpus_path.read_bytes()
    with pytest.raises((ExportError, CorpusError)) as told:
        export(ward, meanwhile)
    assert ward.corpus_path.read_bytes() == before
    assert [path.name for path in ward.exports.glob("*") if path.name != "filler"] == []
    assert "\n" not in str(told.value)
    return str(told.value)


@pytest.mark.parametrize("more_kib", [-1, 4, 200])
def test_a_full_disk_leaves_nothing_and_says_so(ward: Workspace, more_kib: int) -> None:
    with small_disk(ward.exports, mebibytes=40) as disk:
        filler = fill(disk, but_bytes=ward.corpus_path.stat().st_size + more_kib * 1024)
        assert re.search("No space left|disk is full", refused(ward))
        filler.unlink()
        export(ward)
        assert flow.verify(ward, "v1").problems == []


@pytest.mark.parametrize("stage", ["prepare", "export"])
def test_a_mount_that_is_lost_leaves_nothing_and_says_so(ward: Workspace, stage: str) -> None:
    with small_disk(ward.exports, mebibytes=40) as disk:
        drop = Meanwhile(stage, lambda: subprocess.run(["umount", "--lazy", str(disk)], check=True))
        assert "is gone, with its drive or its folder" in refused(ward, drop)
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(disk)], check=True)


def test_a_copy_of_the_corpus_that_cannot_be_read_back_is_no_fault_of_the_corpus(ward: Workspace) -> None:
    snapshot = scratch_path(ward.exports / "v1") / "snapshot.duckdb"
    told = refused(ward, Meanwhile("export", lambda: os.truncate(snapshot, 20_000)))
    assert told.startswith(f"{ward.exports / 'v1'}: could not be written")
    assert "backup" not in told


LOST = [
    (os, "fsync", 0, errno.EIO),
    (os, "fsync", 5, errno.ENOTCONN),
    (Path, "rename", 0, errno.ESTALE),
    (pq.ParquetWriter, "write_table", 2, errno.EIO),
    (Path, "write_bytes", 1, errno.EROFS),
]


@pytest.mark.parametrize(("owner", "name", "after", "code"), LOST)
def test_what_the_system_says_of_a_lost_disk_is_told(
    ward: Workspace, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, after: int, code: int
) -> None:
    failing(monkeypatch, owner, name, after, code)
    assert os.strerror(code) in refused(ward)


def failing(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, after: int, code: int) -> None:
    """Let a call fail from the one numbered `after` on."""
    real, calls = getattr(owner, name), iter(range(1000))

    def call(*given: object, **named: object) -> object:
        if next(calls) >= after:
            raise OSError(code, os.strerror(code))
        return real(*given, **named)

    monkeypatch.setattr(owner, name, call)


def test_a_version_whose_name_may_be_lost_in_a_power_cut_is_taken_back(
    ward: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fail_once_it_shows(handle: int) -> None:
        if list_exports(ward.exports):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(handle)

    monkeypatch.setattr(os, "fsync", fail_once_it_shows)
    assert "Input/output error" in refused(ward)


def test_a_version_that_the_corpus_cannot_be_told_of_stays_and_is_remembered_by_the_next(
    ward: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(unit: Unit, *_: object) -> None:
        raise CorpusError("the disk is full", trouble="full")

    monkeypatch.setattr("pedcorpus.flow.remembered.add_export", full)
    with pytest.raises(CorpusError, match=r"disk is full; .*v1 is whole and stays"):
        export(ward)
    monkeypatch.undo()
    assert flow.verify(ward, "v1").problems == []
    assert flow.export(ward, "v2", status=Status.CANDIDATE).manifest.parent == "v1"


def test_a_version_whose_process_was_killed_before_it_told_can_be_made_again(
    ward: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = scratch_path(ward.exports / "v1")

    def be_killed(*_: object) -> None:
        shutil.copytree(scratch, tmp_path / "left")
        raise KeyboardInterrupt

    monkeypatch.setattr("pedcorpus.flow.remembered.add_export", be_killed)
    with pytest.raises(KeyboardInterrupt):
        export(ward)
    monkeypatch.undo()
    (tmp_path / "left").rename(scratch)
    assert flow.rebuild(ward, "v1").is_same
    assert [path.name for path in ward.exports.iterdir()] == ["v1"]
