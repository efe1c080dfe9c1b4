"""The corpus is the same whatever it was made on, and whatever was lost on the way."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pedcorpus import flow
from pedcorpus.engine import Engine, Processes, RayData
from pedcorpus.errors import SettingsError, UsageError, WorkerLost
from pedcorpus.flow import judging
from pedcorpus.settings import Workspace
from tests.chapter import CHAPTER

FILES = 6
RAY = RayData(jobs=2)


def needs_ray(test: Any) -> Any:
    skip = pytest.mark.skipif(find_spec("ray") is None, reason="the [ray] extra is not installed")
    return pytest.mark.ray(skip(test))


@dataclass(frozen=True)
class Losing:
    """An engine on which the fourth item of each step ends its worker, the first time."""

    engine: Engine
    folder: Path
    jobs_here: int = 1
    is_elsewhere: bool = False

    def for_little(self) -> Engine:
        return self

    def map_unordered(self, function: Callable[[Any], Any], items: Iterable[Any], **named: Any) -> Iterator[Any]:
        return self.engine.map_unordered(self._losing(function), items, **named)

    def map_ordered(self, function: Callable[[Any], Any], items: Iterable[Any], **named: Any) -> Iterator[Any]:
        return self.engine.map_ordered(self._losing(function), items, **named)

    def _losing(self, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        folder = self.folder / function.__name__
        folder.mkdir(parents=True)
        return partial(_lose_once, folder, function)


def _lose_once(folder: Path, function: Callable[[Any], Any], item: Any) -> Any:
    (folder / f"{os.getpid()}-{len(list(folder.iterdir()))}").touch()
    if len(list(folder.iterdir())) >= 4 and not (folder / "lost").exists():
        (folder / "lost").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return function(item)


@dataclass(frozen=True)
class Ending(Losing):
    """An engine that is lost as a whole after three results."""

    def map_unordered(self, function: Callable[[Any], Any], items: Iterable[Any], **named: Any) -> Iterator[Any]:
        return _end(self.engine.map_unordered(function, items, **named))

    def map_ordered(self, function: Callable[[Any], Any], items: Iterable[Any], **named: Any) -> Iterator[Any]:
        return _end(self.engine.map_ordered(function, items, **named))


def _end(results: Iterator[Any]) -> Iterator[Any]:
    for number, result in enumerate(results):
        if number == 3:
            raise WorkerLost("the cluster")
        yield result


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Chapters, an empty file, and a graph."""
    folder = tmp_path / "textbooks"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number:02d}.md").write_text(CHAPTER.replace("热性惊厥", f"样例病{number}"), encoding="utf-8")
    (folder / "empty.md").touch()
    graphs = tmp_path / "graphs"
    graphs.mkdir()
    (graphs / "graph.csv").write_text("头实体,关系,尾实体\n样例病1,症状,发热\n样例病1,检查,血常规\n", encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def small_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "_TASK", 16)
    monkeypatch.setattr(judging, "_COMMIT", 8)


def made(workspace: Workspace, shelf: Path, engine: Engine) -> Workspace:
    flow.build(workspace, [shelf / "textbooks", shelf / "graphs"], engine=engine)
    return workspace


def verdicts(workspace: Workspace) -> list[tuple[Any, ...]]:
    """As they were written."""
    with duckdb.connect(str(workspace.corpus_path), read_only=True) as connection:
        return connection.execute("SELECT * EXCLUDE written FROM finding ORDER BY rowid").fetchall()


def rows(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Every table but for when a row was written: files and documents are stored as they are done."""
    with duckdb.connect(str(workspace.corpus_path), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        query = "SELECT COLUMNS(lambda c: c <> 'written') FROM {}"
        return {name: sorted(connection.execute(query.format(name)).fetchall(), key=repr) for name in tables}


@needs_ray
def test_ray_makes_the_corpus_that_processes_make_though_workers_are_lost(shelf: Path, tmp_path: Path) -> None:
    alone = rows(made(Workspace(tmp_path / "alone"), shelf, Processes(1)))
    lost = rows(made(Workspace(tmp_path / "lost"), shelf, Losing(RAY, tmp_path / "marks")))
    assert {mark.parent.name for mark in tmp_path.glob("marks/*/lost")} == {"read_file", "_draft", "_judge"}
    assert min(len(alone[name]) for name in ("document", "passage", "triple", "instruction", "finding")) > 0
    assert lost == alone


@needs_ray
def test_verdicts_of_one_corpus_come_in_the_same_order_on_ray(shelf: Path, tmp_path: Path) -> None:
    here, there = Workspace(tmp_path / "here"), Workspace(tmp_path / "there")
    flow.ingest(here, [shelf / "textbooks"], engine=Processes(1))
    flow.generate(here, engine=Processes(1))
    there.root.mkdir()
    there.corpus_path.write_bytes(here.corpus_path.read_bytes())
    flow.curate(here, engine=Processes(1))
    flow.curate(there, engine=RAY)
    assert verdicts(here) == verdicts(there) != []


def test_a_run_whose_engine_is_lost_goes_on_where_it_was(shelf: Path, tmp_path: Path) -> None:
    workspace, ending = Workspace(tmp_path / "ward"), Ending(Processes(1), tmp_path)
    places = [shelf / "textbooks", shelf / "graphs"]
    for step in (partial(flow.ingest, places=places), flow.generate, flow.curate):
        with pytest.raises(WorkerLost):
            step(workspace, engine=ending)
        step(workspace, engine=Processes(1))
    assert rows(workspace) == rows(made(Workspace(tmp_path / "whole"), shelf, Processes(1)))


def workspace_with(folder: Path, settings: str) -> Workspace:
    folder.mkdir()
    (folder / "pedcorpus.toml").write_text(settings, encoding="utf-8")
    return Workspace(folder)


@pytest.mark.parametrize(
    ("settings", "options", "expected"),
    [
        ("", {}, Processes(0)),
        ("[ingest]\njobs = 3", {}, Processes(3)),
        ("[ingest]\njobs = 3", {"jobs": 1}, Processes(1)),
        ('[engine]\nkind = "ray"', {"jobs": 2}, RayData("", 2)),
        ('[engine]\nkind = "ray"\naddress = "head:6379"', {}, RayData("head:6379")),
        ('[engine]\nkind = "ray"\naddress = "head:6379"', {"kind": "processes"}, Processes(0)),
        ("", {"kind": "ray"}, RayData()),
        ("", {"address": "auto"}, RayData("auto")),
    ],
)
def test_the_engine_is_what_options_say_else_settings(
    tmp_path: Path, settings: str, options: dict[str, Any], expected: Engine
) -> None:
    assert flow.engine_of(workspace_with(tmp_path / "ward", settings), **options) == expected


def test_an_address_for_processes_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="add --engine ray"):
        flow.engine_of(workspace, kind="processes", address="head:6379")


def test_an_unknown_engine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"engine\.kind"):
        flow.engine_of(workspace_with(tmp_path / "ward", '[engine]\nkind = "spark"'))
