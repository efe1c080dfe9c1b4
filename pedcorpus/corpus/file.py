"""The corpus file: created, migrated, and opened for one short unit of work at a time.

DuckDB lets one process write, and a writer keeps all others out. So nobody holds the file: a unit of
work opens it, commits and closes; whoever comes meanwhile waits its turn with back-off.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import duckdb

from pedcorpus.errors import CorpusBusy, CorpusError

__all__ = ["Corpus", "Unit"]

Unit = duckdb.DuckDBPyConnection
"""An open unit of work; the functions of this room take it as their first argument."""

_FIRST_WAIT_S = 0.01
_LONGEST_WAIT_S = 0.4


def _migrations() -> list[tuple[int, str, str]]:
    folder = files("pedcorpus.corpus") / "migrations"
    scripts = sorted(item.name for item in folder.iterdir() if item.name.endswith(".sql"))
    return [(int(name[:4]), name, (folder / name).read_text(encoding="utf-8")) for name in scripts]


class Corpus:
    """One corpus file and the turns taken at it."""

    def __init__(self, path: Path, *, patience_s: float = 60.0) -> None:
        """`patience_s` is how long a unit of work waits for other processes before it gives up."""
        self.path = path
        self._patience_s = patience_s
        self._turn = threading.RLock()  # threads of one process share DuckDB's file handle

    def prepare(self) -> bool:
        """Create the file or bring it up to date; whether it was created.

        Raises:
            CorpusError: the file is not a corpus, or a newer version of the package made it.
        """
        created = not self.path.exists()
        if not created and self._version() == _migrations()[-1][0]:
            return False
        with self.unit() as unit:
            applied = _applied(unit)
            for number, name, script in _migrations():
                if number not in applied:
                    unit.execute(script)
                    unit.execute("INSERT INTO migration VALUES (?, ?)", [number, name])
        return created

    def _version(self) -> int:
        with self.unit(read_only=True) as unit:
            if not _has_migrations(unit):
                raise CorpusError(f"{self.path}: a DuckDB file, but no corpus; choose another folder with --workspace")
            version: int = unit.execute("SELECT max(number) FROM migration").fetchall()[0][0]
        known = _migrations()[-1][0]
        if version > known:
            raise CorpusError(
                f"{self.path}: made by a newer pedcorpus (corpus version {version}, this one knows up to {known}); "
                "upgrade with: pip install -U pedcorpus"
            )
        return version

    @contextmanager
    def unit(self, *, read_only: bool = False) -> Iterator[Unit]:
        """One unit of work: commits when the block ends, takes everything back when it raises.

        Raises:
            CorpusBusy: other processes held the file for longer than `patience_s`.
            CorpusError: the file is gone, unreadable or damaged.
        """
        with self._turn:
            connection = self._open(read_only=read_only)
            try:
                connection.execute("BEGIN")
                yield connection
                connection.execute("COMMIT")
            except duckdb.Error as error:
                raise CorpusError(f"{self.path}: {_first_line(error)}") from error
            finally:
                connection.close()  # what is not committed is taken back

    def _open(self, *, read_only: bool) -> Unit:
        if read_only and not self.path.exists():
            raise CorpusError(
                f"{self.path}: no corpus here; run `pedcorpus ingest FOLDER`, or name one with --workspace"
            )
        deadline = time.monotonic() + self._patience_s
        wait_s = _FIRST_WAIT_S
        while True:
            try:
                return duckdb.connect(str(self.path), read_only=read_only)
            except duckdb.IOException as error:
                if "lock" not in str(error).lower():
                    raise CorpusError(f"{self.path}: {_first_line(error)}") from error
                if time.monotonic() > deadline:
                    raise CorpusBusy(
                        f"{self.path}: held by another process for {self._patience_s:.0f} s; try again when that ends"
                    ) from error
            except duckdb.Error as error:
                raise CorpusError(f"{self.path}: {_first_line(error)}") from error
            time.sleep(wait_s * random.uniform(0.5, 1.5))
            wait_s = min(wait_s * 1.6, _LONGEST_WAIT_S)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def _has_migrations(unit: Unit) -> bool:
    found = unit.execute("SELECT count(*) FROM information_schema.tables WHERE table_name = 'migration'").fetchall()
    return bool(found[0][0])


def _applied(unit: Unit) -> set[int]:
    unit.execute("CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name VARCHAR NOT NULL)")
    return {number for (number,) in unit.execute("SELECT number FROM migration").fetchall()}
