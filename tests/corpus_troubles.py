"""Everything that can come over a corpus in the middle of a review, for real, each for as long as a block lasts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import duckdb

from pedcorpus.settings import Workspace
from tests.failing_disks import fill, read_only

__all__ = ["CAUSES", "Cause"]

HOLD = """
import sys, time
from pathlib import Path
from pedcorpus.corpus import Corpus
with Corpus(Path(sys.argv[1])).unit():
    print("held", flush=True)
    time.sleep(60)
"""


@contextmanager
def moved(path: Path) -> Iterator[None]:
    away = path.rename(path.with_name("away"))
    try:
        yield
    finally:
        away.rename(path)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    filler = fill(disk)
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def held(ward: Workspace) -> Iterator[None]:
    command = [sys.executable, "-c", HOLD, str(ward.corpus_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield
        finally:
            process.kill()


@contextmanager
def upgraded(ward: Workspace) -> Iterator[None]:
    with duckdb.connect(str(ward.corpus_path)) as connection:
        connection.execute("INSERT INTO migration VALUES (9999, '9999_future.sql')")
    yield
    with duckdb.connect(str(ward.corpus_path)) as connection:
        connection.execute("DELETE FROM migration WHERE number = 9999")


Cause = Callable[[Workspace], AbstractContextManager[None]]
"""A workspace whose folder is on a disk of its own."""

CAUSES: dict[str, Cause] = {
    "gone": lambda ward: moved(ward.corpus_path),
    "folder gone": lambda ward: moved(ward.root),
    "read_only": lambda ward: read_only(ward.root.parent),
    "full": lambda ward: filled(ward.root.parent),
    "busy": held,
    "newer": upgraded,
}
"""By the kind of trouble; the last word is the code that users see words for."""
