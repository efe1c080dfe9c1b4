import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.corpus import Corpus
from pedcorpus.curate import checks
from pedcorpus.engine import Processes
from pedcorpus.flow import judging
from pedcorpus.plugins import load_plugins
from pedcorpus.settings import CurateSettings, Workspace
from tests.chapter import CHAPTER

CHECK = """
import os
from pedcorpus.curate.check import passed

class Clumsy:
    name, version = "clumsy", 1

    def verdicts(self, subjects):
        for subject in subjects:
            if subject.instruction.task == "trerecom":
                {does}
            yield passed(self, subject.instruction)

CHECK = Clumsy()
"""


@pytest.fixture(scope="module")
def unjudged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of drafts that no check has seen."""
    root = tmp_path_factory.mktemp("unjudged")
    (root / "textbooks").mkdir()
    (root / "textbooks" / "chapter.md").write_text(CHAPTER, encoding="utf-8")
    workspace = Workspace(root / "ward")
    flow.ingest(workspace, [root / "textbooks"])
    flow.generate(workspace)
    return workspace.corpus_path


@pytest.fixture
def drafted(workspace: Workspace, unjudged: Path) -> Workspace:
    """A workspace with a copy of it."""
    workspace.root.mkdir()
    shutil.copy(unjudged, workspace.corpus_path)
    return workspace


@pytest.fixture
def clumsy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    """A check of somebody else's, installed, that does what it must not on treatment recommendations."""
    (tmp_path / "clumsy-1.dist-info").mkdir()
    (tmp_path / "clumsy-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: clumsy\nVersion: 1\n")
    (tmp_path / "clumsy-1.dist-info" / "entry_points.txt").write_text("[pedcorpus.checks]\nclumsy = clumsy:CHECK\n")
    (tmp_path / "clumsy.py").write_text(CHECK.format(does=request.param), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    load_plugins.cache_clear()
    judging._made.cache_clear()
    yield
    load_plugins.cache_clear()
    judging._made.cache_clear()


@pytest.fixture
def side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few instructions are enough for processes."""
    monkeypatch.setattr(judging, "_FEW", 1)
    monkeypatch.setattr(judging, "_TASK", 4)


def findings(workspace: Workspace, columns: str = '"check", instruction, severity, reason') -> list[tuple[str, ...]]:
    with Corpus(workspace.corpus_path).unit(read_only=True) as unit:
        return unit.execute(f"SELECT {columns} FROM finding ORDER BY written").fetchall()


def test_every_check_judges_every_instruction_once(drafted: Workspace) -> None:
    report = flow.curate(drafted)
    judged = {(check.partition("@")[0], instruction) for check, instruction, *_ in findings(drafted)}
    assert report.judged > 10
    assert len(judged) == report.judged * len(checks(CurateSettings()))
    before = findings(drafted)
    assert flow.curate(drafted).judged == 0
    assert findings(drafted) == before


def test_a_run_that_is_cut_off_goes_on_where_it_was(drafted: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "_TASK", 4)
    monkeypatch.setattr(judging, "_COMMIT", 4)
    run = judging.judge_new(Corpus(drafted.corpus_path), drafted.settings.curate, engine=Processes(1))
    (first,) = islice(run, 1)
    assert first.instructions == 4
    report = flow.curate(drafted)
    rows = findings(drafted, '"check", instruction, reason, path, start, "end"')
    assert len(rows) == len(set(rows))
    assert len({row[1] for row in rows}) == report.judged + 4


def test_what_another_run_judges_meanwhile_is_stored_once(drafted: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks, rows = judging._tasks, '"check", instruction, reason, path, start, "end"'

    def meanwhile(*args):
        monkeypatch.setattr(judging, "_tasks", tasks)
        flow.curate(drafted)
        before.extend(findings(drafted, rows))
        return tasks(*args)

    before: list[tuple[str, ...]] = []
    monkeypatch.setattr(judging, "_tasks", meanwhile)
    assert flow.curate(drafted).findings == {}
    assert findings(drafted, rows) == before != []


@pytest.mark.usefixtures("side_by_side")
def test_processes_side_by_side_write_the_same_rows_in_the_same_order(drafted: Workspace, tmp_path: Path) -> None:
    copy = Workspace(tmp_path / "copy")
    copy.root.mkdir()
    copy.corpus_path.write_bytes(drafted.corpus_path.read_bytes())
    flow.curate(drafted, engine=Processes(2))
    flow.curate(copy, engine=Processes(1))
    assert findings(drafted, "* EXCLUDE written") == findings(copy, "* EXCLUDE written")


@pytest.mark.usefixtures("side_by_side", "clumsy")
@pytest.mark.parametrize("clumsy", ["raise KeyError('x')", "os._exit(3)"], indirect=True, ids=["raises", "ends"])
def test_what_a_check_cannot_judge_is_a_finding_and_the_rest_is_judged(drafted: Workspace) -> None:
    flow.curate(drafted, engine=Processes(2))
    clumsy = {row[1]: row[2:] for row in findings(drafted) if row[0] == "clumsy@1"}
    with Corpus(drafted.corpus_path).unit(read_only=True) as unit:
        tasks = dict(unit.execute("SELECT id, task FROM instruction").fetchall())
    expected = {name: ("error", "check_failed") if task == "trerecom" else ("pass", "") for name, task in tasks.items()}
    assert clumsy == expected
    assert {"trerecom", "medkqa"} <= set(tasks.values())


def test_a_corpus_without_instructions_has_nothing_to_judge(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "page.md").write_text("# 目录\n\n见下页。\n", encoding="utf-8")
    flow.build(workspace, [tmp_path / "notes"])
    assert flow.curate(workspace).judged == 0
    assert flow.findings(workspace, flow.Asked()) == []
