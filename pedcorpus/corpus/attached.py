"""DuckDB, started once for a corpus; the file is attached to it for the length of a unit of work.

Starting DuckDB takes several times as long as opening the file, so that only the file comes and goes. A DuckDB that an
error has been through may refuse all that follows: it is thrown away, and the next unit of work starts another.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

__all__ = ["AttachedFile", "Unit", "is_interrupted"]

Unit = duckdb.DuckDBPyConnection
"""An open unit of work; the functions of this room take it as their first argument."""

_NAME = "corpus"


def is_interrupted(error: Exception) -> bool:
    """Was it Ctrl-C? In the middle of a query DuckDB tells it as an error of its own, or as a plain one."""
    return isinstance(error, duckdb.InterruptException) or str(error) == "Query interrupted"


class AttachedFile:
    """A DuckDB file that is let go between one unit of work and the next. One unit at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._duckdb: Unit | None = None

    def start(self) -> Unit:
        """DuckDB, started unless it runs: best before a turn is taken, for others wait while it is held."""
        if self._duckdb is None:
            self._duckdb = duckdb.connect(":memory:", config={"temp_directory": f"{self._path}.tmp"})
        return self._duckdb

    def open(self, *, read_only: bool) -> Unit:
        """Open the file and begin a transaction in it; made where there is none, unless it is only read.

        Raises:
            duckdb.Error: the file is locked by another process, or cannot be used.
        """
        unit = self.start().cursor()
        try:
            unit.execute(f"ATTACH '{_quoted(self._path)}' AS {_NAME} (TYPE duckdb{', READ_ONLY' * read_only})")
            unit.execute(f"USE {_NAME}")
            unit.execute("BEGIN")
        except BaseException:
            unit.close()
            self._start_anew()
            raise
        return unit

    def close(self, unit: Unit) -> None:
        """End a unit of work and let the file go; what was not committed is taken back."""
        unit.close()
        if self._duckdb is None:
            return
        try:
            self._duckdb.execute(f"DETACH {_NAME}")
        except (duckdb.Error, RuntimeError) as error:
            # The disk is full or gone. What was committed lies in the write-ahead log beside the file, and whoever
            # opens the file next carries it over: the unit of work itself has not failed.
            self._start_anew()
            if is_interrupted(error) or not isinstance(error, duckdb.Error):
                raise

    def forget(self) -> None:
        """Start DuckDB anew for the next unit of work."""
        self._start_anew()

    def _start_anew(self) -> None:
        if self._duckdb is not None:
            self._duckdb.close()
            self._duckdb = None


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
