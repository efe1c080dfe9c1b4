import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from pedcorpus import flow
from pedcorpus.errors import ExitCode
from pedcorpus.settings import Workspace
from tests.chapter import CHAPTER

FILES = 12


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of twelve chapters."""
    folder = tmp_path_factory.mktemp("shelf") / "textbooks"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number:02d}.md").write_text(CHAPTER.replace("热性惊厥", f"样例病{number}"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(many: Path) -> Workspace:
    """What is made of them where nothing comes between."""
    workspace = Workspace(many.parent / "whole")
    flow.build(workspace, [many], jobs=1)
    return workspace


def start(workspace: Workspace, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from pedcorpus.cli import main; main()", "-w", str(workspace.root)]
    return subprocess.Popen([*command, "ingest", "--jobs", "1", str(folder)], stderr=subprocess.DEVNULL)


def ids(workspace: Workspace) -> dict[str, list[tuple[str, ...]]]:
    with duckdb.connect(str(workspace.corpus_path), read_only=True) as connection:
        return {
            table: connection.execute(f"SELECT id FROM {table} ORDER BY id").fetchall()
            for table in ("document", "passage", "instruction")
        }


def documents(workspace: Workspace) -> int:
    try:
        return flow.corpus_status(workspace).totals["documents"]
    except Exception:  # noqa: BLE001 - the file may not have been made yet
        return 0


def interrupt(process: subprocess.Popen[bytes], workspace: Workspace, how: signal.Signals) -> int:
    """Send `how` once the ingest is under way; the exit code."""
    deadline = time.monotonic() + 60
    while documents(workspace) < 2 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.2)
    process.send_signal(how)
    return process.wait(timeout=60)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_ingest_goes_on_where_it_was(
    many: Path, whole: Workspace, workspace: Workspace, how: signal.Signals
) -> None:
    code = interrupt(start(workspace, many), workspace, how)
    assert code == (ExitCode.INTERRUPTED if how is signal.SIGINT else -how)
    assert documents(workspace) > 0
    flow.build(workspace, [many], jobs=1)
    assert ids(workspace) == ids(whole)
