"""Whatever happens to the corpus while somebody reviews: told as one kind of trouble, nothing lost, and then on."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from pedcorpus import flow
from pedcorpus.corpus import Corpus
from pedcorpus.errors import CorpusError, PedcorpusError
from pedcorpus.flow import CorpusDesk
from pedcorpus.records import Verdict
from pedcorpus.settings import Workspace
from tests.chapter import copied
from tests.corpus_troubles import CAUSES
from tests.failing_disks import small_disk

DECIDE = """
import os, sys
from pathlib import Path
from pedcorpus import flow
from pedcorpus.records import Verdict
from pedcorpus.settings import Workspace
desk = flow.open_desk(Workspace(Path(sys.argv[1])), "wang")
print("ready", flush=True)
while True:
    for entry in desk.queue().entries:
        decision = desk.decide(entry.id, Verdict.DEFER)
        print(decision.id, flush=True)
"""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", mebibytes=40) as folder:
        yield folder


@pytest.fixture
def ward(disk: Path, built: Workspace) -> Workspace:
    """A workspace on a disk of its own."""
    return copied(built, disk / "ward")


@pytest.fixture
def desk(ward: Workspace, monkeypatch: pytest.MonkeyPatch) -> CorpusDesk:
    monkeypatch.setitem(Corpus.__init__.__kwdefaults__, "patience_s", 1.0)
    return flow.open_desk(ward, "wang")


@pytest.mark.parametrize("name", CAUSES)
def test_a_decision_that_could_not_be_stored_is_told_and_taken_later(
    ward: Workspace, desk: CorpusDesk, name: str
) -> None:
    first, second = (entry.id for entry in desk.queue().entries[:2])
    desk.read([first, second])
    with CAUSES[name](ward):
        with pytest.raises(CorpusError) as caught:
            desk.decide(first, Verdict.ACCEPT)
        assert caught.value.trouble == name.split()[-1]
    desk.decide(first, Verdict.ACCEPT)
    desk.decide(second, Verdict.ACCEPT)
    with duckdb.connect(str(ward.corpus_path), read_only=True) as connection:
        stored = connection.execute("SELECT instruction FROM decision ORDER BY written").fetchall()
    assert stored == [(first,), (second,)]
    assert desk.progress().decided == 2


@pytest.mark.parametrize("name", CAUSES)
def test_whatever_a_desk_does_meanwhile_fails_in_words_or_not_at_all(
    ward: Workspace, desk: CorpusDesk, name: str
) -> None:
    ids = [entry.id for entry in desk.queue().entries[:3]]
    desk.decide(ids.pop(0), Verdict.ACCEPT)
    calls: list[Callable[[], object]] = [desk.queue, lambda: desk.read(ids), lambda: desk.item(ids[0]), desk.colleagues]
    with CAUSES[name](ward):
        for call in (*calls, desk.notices, desk.undo):
            with suppress(PedcorpusError, OSError):
                call()
    assert {entry.id for entry in desk.queue().entries} >= set(ids)
    assert [item.instruction.id for item in desk.read(ids).items] == ids


@pytest.mark.parametrize("acknowledged_before_the_kill", [1, 4])
def test_what_a_killed_desk_acknowledged_stands(
    built: Workspace, workspace: Workspace, acknowledged_before_the_kill: int
) -> None:
    copied(built, workspace.root)
    command = [sys.executable, "-c", DECIDE, str(workspace.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        told = [process.stdout.readline().strip() for _ in range(acknowledged_before_the_kill)]
        process.kill()
        told += [line.strip() for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    with Corpus(workspace.corpus_path, patience_s=2.0).unit(read_only=True) as unit:
        stored = [name for (name,) in unit.execute("SELECT id FROM decision ORDER BY written").fetchall()]
    assert stored[: len(told)] == told
    assert len(stored) <= len(told) + 1  # one may have been on its way
