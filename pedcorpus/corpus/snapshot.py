"""A corpus at one moment, as a file of one's own: copied in one short unit of work, read at leisure, thrown away.

Whoever reads for minutes would keep writers out, or see rows come in between. Rows are only ever added and numbered in
the order in which they were written, so that a copy can also be taken back to an earlier moment.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pedcorpus.corpus.file import Corpus, Unit
from pedcorpus.corpus.troubles import told
from pedcorpus.errors import CorpusError

__all__ = ["Snapshot", "latest_written", "take_snapshot"]

_SORTING, _READING = "1100MB", "160MB"
"""What DuckDB may hold before it goes to the disk; several processes read at once, and one sorts before they do."""


class Snapshot:
    """A copy of the corpus that nobody else knows of."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.bodies = path.with_suffix(".bodies")
        """Folder for what rows of a release say, once they are prepared."""

    def connection(self, *, read_only: bool = True) -> Unit:
        """The copy, open until whoever asked closes it."""
        memory = _READING if read_only else _SORTING
        unit = duckdb.connect(str(self.path), read_only=read_only, config=_config(self.path, memory))
        unit.execute("SET enable_progress_bar = false")
        return unit

    @contextmanager
    def opened(self, *, read_only: bool = True) -> Iterator[Unit]:
        """The copy; several may read it at once, and whoever writes it is alone.

        Raises:
            CorpusError: the copy cannot be read, or the disk is full.
        """
        try:
            with self.connection(read_only=read_only) as unit:
                yield unit
        except duckdb.Error as error:
            raise told(self.path, error) from error


def _config(path: Path, memory: str) -> dict[str, str | bool | int | float | list[str]]:
    return {"memory_limit": memory, "threads": 2, "temp_directory": f"{path}.tmp"}


def take_snapshot(corpus: Corpus, folder: Path, *, until: int | None = None) -> Snapshot:
    """A copy of `corpus` in `folder`, as it is now, or as it was when the row numbered `until` had been written.

    Raises:
        CorpusError: there is no corpus, it cannot be used, or there is no room for a copy.
    """
    path = folder / "snapshot.duckdb"
    with corpus.unit(read_only=True):  # nobody writes meanwhile
        try:
            _copy(corpus.path, path)
        except OSError as error:
            raise CorpusError(f"{path}: the corpus could not be copied there: {error.strerror}") from error
    snapshot = Snapshot(path)
    if until is not None:
        with snapshot.opened(read_only=False) as unit:
            _take_back(unit, until)
    return snapshot


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    log = source.with_name(f"{source.name}.wal")  # what was committed and not yet carried over
    if log.exists():
        shutil.copyfile(log, target.with_name(f"{target.name}.wal"))


def _numbered(unit: Unit) -> list[str]:
    query = """
        SELECT c.table_name FROM information_schema.columns AS c JOIN information_schema.tables AS t USING (table_name)
        WHERE c.column_name = 'written' AND t.table_type = 'BASE TABLE' ORDER BY c.table_name"""
    return [name for (name,) in unit.execute(query).fetchall()]


def latest_written(unit: Unit) -> int:
    """Number of the latest row of all tables; 0 where there is none."""
    newest = " UNION ALL ".join(f'SELECT max(written) AS written FROM "{name}"' for name in _numbered(unit))
    return int(unit.execute(f"SELECT coalesce(max(written), 0) FROM ({newest})").fetchall()[0][0])


def _take_back(unit: Unit, until: int) -> None:
    for name in _numbered(unit):
        unit.execute(f'DELETE FROM "{name}" WHERE written > ?', [until])
    unit.execute("DELETE FROM export_item WHERE version NOT IN (SELECT version FROM export)")
