"""Leases: which reviewer has which item on screen or next, in a small SQLite file beside the corpus.

A lease keeps two reviewers from reading the same item; it decides nothing. Whatever happens to the file, the review
goes on: what cannot be leased is free, and two who decide all the same are told when the second decision is stored.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal
from uuid import uuid4

__all__ = ["LeaseTrouble", "Leases"]

LeaseTrouble = Literal["clock_went_back", "leases_lost", "leases_unusable", "also_elsewhere"]
"""The clock went back; leases that stood were forgotten; none can be taken or seen; the reviewer sits elsewhere too."""

Readers = Callable[[str], int]

_PATIENCE_S = 0.25  # a locked file holds nobody up for longer than an eye notices
_CLOCK_SLACK_S = 2.0  # by how much a clock is set right without being said to have gone back

_TABLE = """
    CREATE TABLE IF NOT EXISTS lease (
        instruction TEXT NOT NULL,
        seat TEXT NOT NULL,      -- one screen of one reviewer
        reviewer TEXT NOT NULL,
        taken_at REAL NOT NULL,  -- seconds since 1970
        until REAL NOT NULL,
        PRIMARY KEY (instruction, seat)
    ) WITHOUT ROWID"""

_OTHERS = """
    SELECT instruction, count(DISTINCT reviewer) FROM lease
    WHERE reviewer <> ? AND until > ? GROUP BY instruction"""


def _one(instruction_id: str) -> int:  # noqa: ARG001 - of whatever item
    return 1


class Leases:
    """One reviewer's seat among those who share the leases of one corpus."""

    def __init__(self, path: Path, reviewer: str, *, minutes: float, clock: Callable[[], float] = time.time) -> None:
        """`minutes` is how long a lease lasts unless it is renewed."""
        self._path = path
        self._reviewer = reviewer
        self._lasts_s = minutes * 60
        self._clock = clock
        self._seat = uuid4().hex
        self._was_there = False
        self._told: set[LeaseTrouble] = set()
        self._untold: list[LeaseTrouble] = []

    def take(self, ids: Sequence[str], *, enough: int, readers_of: Readers = _one) -> list[str]:
        """The first `enough` of `ids` that are free, leased from now on; what this seat held besides is given back.

        An item is free while fewer reviewers hold it than are to read it. Where the file cannot be used all are free.
        """
        with self._turn() as turn:
            if turn:
                holders = self._holders(turn)
                free = [name for name in ids if holders.get(name, 0) < readers_of(name)][:enough]
                self._hold(turn, free)
                return free
        return list(ids[:enough])

    def held(self, *, readers_of: Readers = _one) -> frozenset[str]:
        """What as many others hold as are to read it."""
        holders: dict[str, int] = {}
        with self._turn() as turn:
            if turn:
                holders = self._holders(turn)
        return frozenset(name for name, count in holders.items() if count >= readers_of(name))

    def troubles(self) -> list[LeaseTrouble]:
        """What has come up since this was asked last."""
        told, self._untold = self._untold, []
        return told

    def close(self) -> None:
        """Give everything back."""
        with self._turn() as turn:
            if turn:
                turn.execute("DELETE FROM lease WHERE seat = ?", [self._seat])

    def _holders(self, turn: sqlite3.Connection) -> dict[str, int]:
        """How many other reviewers hold what; what has ended is swept away."""
        now = self._clock()
        future = turn.execute("DELETE FROM lease WHERE taken_at > ?", [now + _CLOCK_SLACK_S]).rowcount
        if future:  # taken before the clock went back: nobody knows when they would end
            self._tell("clock_went_back")
        turn.execute("DELETE FROM lease WHERE until <= ?", [now])
        mine = "SELECT 1 FROM lease WHERE reviewer = ? AND seat <> ? LIMIT 1"
        if turn.execute(mine, [self._reviewer, self._seat]).fetchone():
            self._tell("also_elsewhere")
        return dict(turn.execute(_OTHERS, [self._reviewer, now]).fetchall())

    def _hold(self, turn: sqlite3.Connection, ids: Sequence[str]) -> None:
        now = self._clock()
        others = "DELETE FROM lease WHERE seat = ? AND instruction NOT IN (SELECT value FROM json_each(?))"
        turn.execute(others, [self._seat, json.dumps(list(ids))])
        rows = [(name, self._seat, self._reviewer, now, now + self._lasts_s) for name in ids]
        turn.executemany("INSERT OR REPLACE INTO lease VALUES (?, ?, ?, ?, ?)", rows)

    @contextmanager
    def _turn(self) -> Iterator[sqlite3.Connection | None]:
        """One transaction at the file, opened for it alone; none where it cannot be used, which is told."""
        file = self._begun()
        if file is None:
            yield None
            return
        with closing(file):
            try:
                yield file
                file.execute("COMMIT")
            except sqlite3.Error:
                self._tell("leases_unusable")

    def _begun(self) -> sqlite3.Connection | None:
        for _ in range(2):  # a damaged file is thrown away once, with the leases in it
            try:
                file = self._opened()
            except sqlite3.OperationalError:  # locked, full, read-only, no folder
                break
            except sqlite3.DatabaseError:
                self._throw_away()
            else:
                self._told.discard("leases_unusable")
                return file
        self._tell("leases_unusable")
        return None

    def _opened(self) -> sqlite3.Connection:
        if self._was_there and not self._path.exists():
            self._tell("leases_lost")
        file = sqlite3.connect(self._path, timeout=_PATIENCE_S, isolation_level=None)
        try:
            file.execute("PRAGMA synchronous = OFF")  # what a power cut forgets is free again
            file.execute("BEGIN IMMEDIATE")
            file.execute(_TABLE)
        except sqlite3.Error:
            file.close()
            raise
        self._was_there = True
        return file

    def _throw_away(self) -> None:
        self._tell("leases_lost")
        self._was_there = False
        for ending in ("", "-journal"):
            with suppress(OSError):  # somebody else threw it away, or nobody can: the next try tells
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)

    def _tell(self, trouble: LeaseTrouble) -> None:
        if trouble not in self._told:
            self._told.add(trouble)
            self._untold.append(trouble)
