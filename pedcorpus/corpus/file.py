"""The corpus file: created, migrated, and opened for one short unit of work at a time.

DuckDB lets one process write, and a writer keeps all others out. So nobody holds the file: a unit of work takes its
turn, opens the file, commits and lets it go. Turns come in the order in which they were asked for; programs that know
nothing of them, such as DuckDB's own command line, are waited for with back-off.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

import duckdb

from pedcorpus.corpus.attached import AttachedFile, Unit, is_interrupted
from pedcorpus.corpus.pace import Pace
from pedcorpus.corpus.troubles import busy, gone, is_held, no_corpus_here, told
from pedcorpus.corpus.turns import Turns
from pedcorpus.errors import CorpusError

__all__ = ["Corpus", "Unit"]

_FIRST_WAIT_S = 0.01
_LONGEST_WAIT_S = 0.1


@cache
def _migrations() -> tuple[tuple[int, str, str], ...]:
    folder = files("pedcorpus.corpus") / "migrations"
    scripts = sorted(item.name for item in folder.iterdir() if item.name.endswith(".sql"))
    return tuple((int(name[:4]), name, (folder / name).read_text(encoding="utf-8")) for name in scripts)


@contextmanager
def _told_ctrl_c() -> Iterator[None]:
    """Ctrl-C in the middle of a query is Ctrl-C, and no error of DuckDB's."""
    try:
        yield
    except (duckdb.Error, RuntimeError) as error:
        if is_interrupted(error):
            raise KeyboardInterrupt from error
        raise


class Corpus:
    """One corpus file and the turns taken at it."""

    def __init__(self, path: Path, *, patience_s: float = 60.0) -> None:
        """`patience_s` is how long a unit of work waits for others before it gives up."""
        self.path = path
        self._patience_s = patience_s
        self._own_turn = threading.Lock()  # threads of this process share what is attached
        self._turns = Turns(path)
        self._file = AttachedFile(path)
        self._pace = Pace()
        self._was_there = False

    def prepare(self) -> bool:
        """Create the file or bring it up to date; whether it was created.

        Raises:
            CorpusError: the file is not a corpus, or a newer version of the package made it.
        """
        created = not self.path.exists()
        if not created:
            with self._opened(read_only=True) as unit:
                if self._version(unit) == _migrations()[-1][0]:
                    return False
        with self._opened(read_only=False, create=True) as unit:
            applied = _applied(unit)
            for number, name, script in _migrations():
                if number not in applied:
                    unit.execute(script)
                    unit.execute("INSERT INTO migration VALUES (?, ?)", [number, name])
        return created

    def _version(self, unit: Unit) -> int:
        try:
            version: int = unit.execute("SELECT max(number) FROM migration").fetchall()[0][0]
        except duckdb.CatalogException as error:
            text = f"{self.path}: a DuckDB file, but no corpus; choose another folder with --workspace"
            raise CorpusError(text, trouble="foreign") from error
        known = _migrations()[-1][0]
        if version > known:
            raise CorpusError(
                f"{self.path}: made by a newer pedcorpus (corpus version {version}, this one knows up to {known}); "
                "upgrade with: pip install -U pedcorpus",
                trouble="newer",
            )
        return version

    @contextmanager
    def unit(self, *, read_only: bool = False) -> Iterator[Unit]:
        """One unit of work: commits when the block ends, takes everything back when it raises.

        Raises:
            CorpusBusy: other processes held the file for longer than `patience_s`.
            CorpusError: the file is gone, unreadable, damaged, or of another version than when it was prepared.
        """
        with self._opened(read_only=read_only) as unit:
            if self._version(unit) < _migrations()[-1][0]:
                text = (
                    f"{self.path}: an older corpus was put in its place; leave, and start again to bring it up to date"
                )
                raise CorpusError(text, trouble="older")
            yield unit

    @contextmanager
    def _opened(self, *, read_only: bool, create: bool = False) -> Iterator[Unit]:
        if not read_only:
            self._pace.give_way()
        deadline = time.monotonic() + self._patience_s
        with _told_ctrl_c(), self._turn(deadline, shared=read_only) as was_waited_for:
            began = time.monotonic()
            unit = self._open(deadline, read_only=read_only, create=create)
            try:
                yield unit
                unit.execute("COMMIT")
            except duckdb.InterruptException:
                raise
            except duckdb.Error as error:
                self._file.forget()
                raise told(self.path, error) from error
            finally:
                self._file.close(unit)
                if not read_only:
                    self._pace.note(time.monotonic() - began, among_others=was_waited_for)

    @contextmanager
    def _turn(self, deadline: float, *, shared: bool) -> Iterator[bool]:
        if not self._own_turn.acquire(timeout=max(deadline - time.monotonic(), 0)):
            raise busy(self.path, waited_s=self._patience_s)
        try:
            self._file.start()
            with self._turns.taken(shared=shared, deadline=deadline) as was_waited_for:
                yield was_waited_for
        except TimeoutError as error:
            raise busy(self.path, waited_s=self._patience_s) from error
        finally:
            self._own_turn.release()

    def _open(self, deadline: float, *, read_only: bool, create: bool) -> Unit:
        wait_s = _FIRST_WAIT_S
        while True:
            if not create and not self.path.exists():
                raise gone(self.path) if self._was_there else no_corpus_here(self.path)
            try:
                unit = self._file.open(read_only=read_only)
            except duckdb.Error as error:
                if not is_held(error):
                    raise told(self.path, error) from error
                if time.monotonic() > deadline:
                    raise busy(self.path, error, waited_s=self._patience_s) from error
            else:
                self._was_there = True
                return unit
            time.sleep(wait_s * random.uniform(0.5, 1.5))
            wait_s = min(wait_s * 1.6, _LONGEST_WAIT_S)


def _applied(unit: Unit) -> set[int]:
    unit.execute("CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name VARCHAR NOT NULL)")
    return {number for (number,) in unit.execute("SELECT number FROM migration").fetchall()}
