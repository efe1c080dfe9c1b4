from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from pedcorpus.errors import ExportError, UsageError
from pedcorpus.export.folder import check_new_version, move_folder, new_folder, scratch_folder

KILLED_WRITER = """
import sys, time
from pathlib import Path
from pedcorpus.export.folder import new_folder
with new_folder(Path(sys.argv[1])) as folder:
    (folder / "half").write_text("half")
    sys.stdout.write("writing\\n")
    sys.stdout.flush()
    time.sleep(60)
"""


def start_writer(target: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", KILLED_WRITER, str(target)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "writing\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.mark.parametrize("version", ["v1", "2026.1", "v1-rc.2", "a_b+c"])
def test_a_version_name_may_be_(version: str) -> None:
    check_new_version(Path("exports"), version)


BAD_NAMES = ["", ".", "..", "v1/v2", "../v1", "v1..2", "v\\1", ".hidden", "-v1", "v 1", "版本", "v1.", "a" * 65, "v1\n"]


@pytest.mark.parametrize("version", BAD_NAMES)
def test_a_version_name_may_not_be_(version: str) -> None:
    with pytest.raises(UsageError, match="expected up to 64 letters"):
        check_new_version(Path("exports"), version)


def test_a_folder_is_not_there_until_its_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "exports" / "v1"
    with new_folder(target) as folder:
        (folder / "a").write_text("a")
        assert not target.exists()
    assert [path.name for path in target.parent.iterdir()] == ["v1"]
    assert (target / "a").read_text() == "a"


def write_and_fail(target: Path, error: Exception) -> None:
    with new_folder(target) as folder:
        (folder / "a").write_text("a")
        raise error


def test_nothing_is_left_when_the_block_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        write_and_fail(tmp_path / "v1", RuntimeError())
    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_nothing_and_says_so(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"No space left on device.*nothing was left"):
        write_and_fail(tmp_path / "v1", OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    assert not list(tmp_path.iterdir())


def test_an_existing_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "v1").mkdir()
    with pytest.raises(UsageError, match="exists and exports never change; choose another version name"):
        check_new_version(tmp_path, "v1")


def test_a_version_that_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    writer = new_folder(tmp_path / "v1")
    writer.__enter__()
    (tmp_path / "v1").mkdir()
    with pytest.raises(UsageError, match="exports never change"):
        writer.__exit__(None, None, None)
    assert [path.name for path in tmp_path.iterdir()] == ["v1"]


def test_what_a_killed_writer_leaves_is_hidden_and_cleared_by_the_next(tmp_path: Path) -> None:
    kill(start_writer(tmp_path / "v1"))
    assert [path.name for path in tmp_path.iterdir()] == [".v1.partial"]
    with new_folder(tmp_path / "v2"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["v2"]


def test_a_living_writer_is_left_alone(tmp_path: Path) -> None:
    process = start_writer(tmp_path / "v1")
    try:
        with pytest.raises(UsageError, match="being written by another process"):
            new_folder(tmp_path / "v1").__enter__()
        with new_folder(tmp_path / "v2"):
            pass
        assert (tmp_path / ".v1.partial" / "half").exists()
    finally:
        kill(process)


def test_a_scratch_folder_vanishes_with_what_it_was_for(tmp_path: Path) -> None:
    with suppress(RuntimeError), scratch_folder(tmp_path / "v1") as place:
        (place / "snapshot").write_text("x", encoding="utf-8")
        raise RuntimeError
    assert not list(tmp_path.iterdir())


def test_two_processes_do_not_make_one_version_at_once(tmp_path: Path) -> None:
    with scratch_folder(tmp_path / "v1"):
        with pytest.raises(UsageError, match="being written by another process"), scratch_folder(tmp_path / "v1"):
            pass
        with scratch_folder(tmp_path / "v2") as other:  # another version is no concern of it
            assert other.is_dir()


def test_a_scratch_folder_of_a_killed_process_is_cleared_away(tmp_path: Path) -> None:
    abandoned = tmp_path / ".v1~scratch.partial"
    abandoned.mkdir()
    (abandoned / "snapshot.duckdb").write_bytes(b"half")
    with scratch_folder(tmp_path / "v2"):
        assert not abandoned.exists()


def test_a_finished_folder_is_moved_whole_and_over_nothing(tmp_path: Path) -> None:
    for name in ("made", "made again"):
        (tmp_path / name).mkdir()
    move_folder(tmp_path / "made", tmp_path / "v1")
    with pytest.raises(UsageError, match="exports never change"):
        move_folder(tmp_path / "made again", tmp_path / "v1")
    with pytest.raises(ExportError, match="nothing was left there"):
        move_folder(tmp_path / "made", tmp_path / "v2")
