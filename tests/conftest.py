"""Workspaces of one chapter that are made once a session; a test works on a copy (`tests.chapter.copied`)."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pedcorpus.settings import Workspace


def pytest_configure() -> None:
    """Heeds Ctrl-C: a shell makes what it runs in the background ignore it, and tests' children would inherit that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    settings.register_profile("busy", deadline=None)  # a busy machine is no fault of what is tested
    settings.load_profile("busy")
    gc.disable()  # nothing that is imported while tests are collected is garbage


def pytest_collection_finish() -> None:
    """Takes what all tests have in common, a million objects, out of every later search for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
    gc.enable()


def pytest_unconfigure() -> None:
    gc.unfreeze()  # at the end the interpreter looks for leaks


@contextmanager
def untouched(made: Workspace) -> Iterator[Workspace]:
    """Lends a workspace, and holds at the end that nobody changed it."""
    before = contents(made.root)
    yield made
    assert contents(made.root) == before, "a test changed the workspace that all share; let it work on a copy"


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One chapter, read, drafted from and checked."""
    from pedcorpus import flow  # takes a second, which most test files need not spend
    from pedcorpus.settings import Workspace
    from tests.chapter import write_chapter

    place = tmp_path_factory.mktemp("built")
    made = Workspace(place / "ward")
    flow.build(made, [write_chapter(place)])
    with untouched(made) as lent:
        yield lent


@pytest.fixture(scope="session")
def accepted(built: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The same, every candidate accepted by wang."""
    from pedcorpus import flow
    from tests.chapter import copied

    made = copied(built, tmp_path_factory.mktemp("accepted") / "ward")
    flow.accept_all(made, "wang")
    with untouched(made) as lent:
        yield lent


@pytest.fixture(scope="session")
def released(accepted: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The same, exported as v1."""
    from pedcorpus import flow
    from tests.chapter import copied

    made = copied(accepted, tmp_path_factory.mktemp("released") / "ward")
    flow.export(made, "v1")
    with untouched(made) as lent:
        yield lent
