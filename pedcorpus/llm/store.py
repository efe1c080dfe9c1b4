"""The file in which every reply that was paid for is kept, apart from what is made of it.

One SQLite file that several processes use at once. A reply is on the disk before anybody sees its outcome. Who is about
to ask holds a claim, so that two processes do not pay for one question; a claim dies with its process. What a reply is
worth is decided anew each time it is read, by `reading`.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from socket import gethostname
from threading import RLock
from types import TracebackType
from typing import Literal, Self
from uuid import uuid4

from pedcorpus.errors import StoreError
from pedcorpus.llm.payload import Way
from pedcorpus.llm.reading import Exchange

__all__ = ["Batch", "BatchState", "Claimed", "ReplyStore"]

_VERSION = 1
_CLAIM_S = 60.0  # a claim not renewed for so long is nobody's, whatever became of its owner
_BUSY_S = 60.0
_CHUNK = 500  # parameters of one statement
_MIN_CALIBRATION = 20  # replies from which on their usage says more than the rule
_RESERVE_BYTES = 4 << 20  # held back on the disk, so that replies in flight when it fills up can still be written
_SCHEMA = (
    "CREATE TABLE exchange (key TEXT NOT NULL, attempt INTEGER NOT NULL, turn INTEGER NOT NULL, way TEXT NOT NULL, "
    "status INTEGER NOT NULL, raw TEXT NOT NULL, prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL, "
    "estimated INTEGER NOT NULL, PRIMARY KEY (key, attempt, turn))",
    "CREATE TABLE claim (key TEXT PRIMARY KEY, owner TEXT NOT NULL, expires REAL NOT NULL) WITHOUT ROWID",
    "CREATE TABLE batch (token TEXT PRIMARY KEY, id TEXT, base_url TEXT NOT NULL, model TEXT NOT NULL, "
    "way TEXT NOT NULL, state TEXT NOT NULL)",
    "CREATE TABLE batch_item (key TEXT NOT NULL, token TEXT NOT NULL, estimated INTEGER NOT NULL, "
    "PRIMARY KEY (key, token)) WITHOUT ROWID",
    f"PRAGMA user_version = {_VERSION}",
)


BatchState = Literal["open", "collected", "lost"]
"""Waiting at the provider; its replies are kept; it never reached the provider."""
_BATCHES = "SELECT token, id, base_url, model, way, state, count(key) FROM batch LEFT JOIN batch_item USING (token)"


@dataclass(frozen=True)
class Batch:
    """One batch file at a provider."""

    token: str
    """Ours; sent along, so that a batch is found again whose id was never learnt."""
    id: str | None
    """The provider's."""
    base_url: str
    model: str
    way: Way
    state: BatchState
    requests: int = 0


@dataclass(frozen=True)
class Claimed:
    """What taking claims came to."""

    mine: frozenset[str]
    theirs: frozenset[str]
    """Another living process is asking these."""
    found: dict[str, list[Exchange]]
    """Replies that came between the look-up and the claim; these are not claimed."""


class ReplyStore:
    """Replies by the key of their request; safe under several threads and processes."""

    def __init__(self, path: Path) -> None:
        """Opens the file, or makes it.

        Raises:
            StoreError: it is damaged, is something else, was made by a newer version, or cannot be written.
        """
        self.path = path
        self._owner = f"{gethostname()}/{os.getpid()}/{uuid4().hex}"
        self._reserve = path.with_name(f"{path.name}-reserve")
        self._lock = RLock()
        with self._translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False, cached_statements=256
            )
            self._prepare()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give up every claim and the file."""
        with self._translated():
            self.release_all()
            self._connection.close()

    def find(self, keys: Collection[str]) -> dict[str, list[Exchange]]:
        """The turns of the latest attempt at each of `keys` that was answered."""
        with self._translated():
            return self._find(keys)

    def keep(self, exchanges: Sequence[Exchange], *, done: Sequence[str] = ()) -> None:
        """Write replies durably, and give up the claims on the keys that are `done`.

        Raises:
            StoreError: the disk is full or the file damaged. What was written before stays; so do these replies where
                the space held back for them is enough.
        """
        with self._translated():
            try:
                self._put_down(exchanges, done)
            except sqlite3.Error as error:
                if not (_is_full(error) and self._reserve.exists()):
                    raise
                self._reserve.unlink()
                self._put_down(exchanges, done)
                raise  # they are kept, but there is no room for more

    def claim(self, keys: Collection[str], *, seen: Mapping[str, Sequence[Exchange]]) -> Claimed:
        """Reserve `keys` for this store's owner, but those of which more is kept than was `seen`."""
        with self._translated(), self._transaction():
            self._lay_in_reserve()
            found = {key: turns for key, turns in self._find(keys).items() if turns != seen.get(key)}
            wanted = [key for key in keys if key not in found]
            now = time.time()
            theirs = self._held_by_others(wanted, now)
            mine = [key for key in wanted if key not in theirs]
            self._connection.executemany(
                "INSERT OR REPLACE INTO claim VALUES (?, ?, ?)", ((key, self._owner, now + _CLAIM_S) for key in mine)
            )
            return Claimed(frozenset(mine), frozenset(theirs), found)

    def in_batches(self, keys: Collection[str]) -> dict[str, str]:
        """Those of `keys` that wait in a provider's batch, with its id."""
        with self._translated():
            waiting: dict[str, str] = {}
            if not self._connection.execute("SELECT 1 FROM batch WHERE state = 'open'").fetchone():
                return waiting
            for some in _chunks(sorted(keys)):
                marks = ", ".join("?" * len(some))
                waiting.update(
                    self._connection.execute(
                        "SELECT key, coalesce(id, token) FROM batch_item JOIN batch USING (token) "
                        f"WHERE state = 'open' AND key IN ({marks})",
                        some,
                    )
                )
            return waiting

    def open_batch(self, batch: Batch, items: Mapping[str, int]) -> None:
        """Note a batch that is about to be submitted: the keys of its requests, and their estimated tokens."""
        with self._translated(), self._transaction(is_durable=True):
            row = (batch.token, batch.id, batch.base_url, batch.model, batch.way, batch.state)
            self._connection.execute("INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?)", row)
            self._connection.executemany(
                "INSERT INTO batch_item VALUES (?, ?, ?)", ((key, batch.token, tokens) for key, tokens in items.items())
            )

    def change_batch(self, token: str, *, id: str | None, state: BatchState) -> None:  # noqa: A002  the provider's word
        """Note what has become of a batch."""
        with self._translated(), self._transaction(is_durable=True):
            self._connection.execute("UPDATE batch SET id = ?, state = ? WHERE token = ?", (id, state, token))

    def batches(self) -> list[Batch]:
        """Every batch, oldest first."""
        with self._translated():
            return [Batch(*row) for row in self._connection.execute(f"{_BATCHES} GROUP BY token ORDER BY batch.rowid")]

    def batch_items(self, token: str) -> dict[str, int]:
        """Keys of a batch's requests, and their estimated prompt tokens."""
        with self._translated():
            rows = self._connection.execute("SELECT key, estimated FROM batch_item WHERE token = ?", (token,))
            return dict(rows.fetchall())

    def renew(self) -> None:
        """Say that this process still holds its claims; to be called every third of a minute."""
        with self._translated(), self._transaction():
            self._connection.execute(
                "UPDATE claim SET expires = ? WHERE owner = ?", (time.time() + _CLAIM_S, self._owner)
            )

    def release_all(self) -> None:
        """Give up every claim of this store."""
        with self._translated(), self._transaction():
            self._connection.execute("DELETE FROM claim WHERE owner = ?", (self._owner,))

    def token_factor(self) -> float:
        """Prompt tokens as servers counted them over the rule's estimate; 1 while too few replies tell."""
        with self._translated():
            count, counted, estimated = self._connection.execute(
                "SELECT count(*), sum(prompt_tokens), sum(estimated) FROM (SELECT prompt_tokens, estimated "
                "FROM exchange WHERE prompt_tokens > 0 AND estimated > 0 AND turn = 0 ORDER BY rowid DESC LIMIT 2000)"
            ).fetchone()
            return float(counted / estimated) if count >= _MIN_CALIBRATION else 1.0

    def _prepare(self) -> None:
        self._write_ahead()
        self._connection.execute("PRAGMA wal_autocheckpoint = 8000")  # pages; each checkpoint holds up the writers
        with self._transaction():
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
            if version > _VERSION:
                raise StoreError(f"{self.path}: made by a newer version of pedcorpus; update this one")
            if version == 0:
                if self._connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                    raise StoreError(f"{self.path}: is no store of replies; move it away")
                for statement in _SCHEMA:
                    self._connection.execute(statement)

    def _write_ahead(self) -> None:
        """SQLite does not wait for others here as it does elsewhere: two that make the file at once would clash."""
        deadline = time.monotonic() + _BUSY_S
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)

    def _put_down(self, exchanges: Sequence[Exchange], done: Sequence[str]) -> None:
        with self._transaction(is_durable=True):
            self._connection.executemany(
                "INSERT OR IGNORE INTO exchange VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (astuple(exchange) for exchange in exchanges),
            )
            self._connection.executemany(
                "DELETE FROM claim WHERE key = ? AND owner = ?", ((key, self._owner) for key in done)
            )

    def _lay_in_reserve(self) -> None:
        if not self._reserve.exists():
            self._reserve.write_bytes(bytes(_RESERVE_BYTES))

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            with self._lock:
                yield
        except (sqlite3.Error, OSError) as error:
            raise StoreError(_told(self.path, error)) from error

    @contextmanager
    def _transaction(self, *, is_durable: bool = False) -> Iterator[None]:
        # claims may be lost with the power, replies may not
        self._connection.execute(f"PRAGMA synchronous = {'FULL' if is_durable else 'NORMAL'}")
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # a full disk has rolled back already
                self._connection.execute("ROLLBACK")
            raise

    def _find(self, keys: Collection[str]) -> dict[str, list[Exchange]]:
        found: dict[str, list[Exchange]] = {}
        for some in _chunks(sorted(keys)):
            marks = ", ".join("?" * len(some))
            rows = self._connection.execute(
                f"SELECT * FROM exchange WHERE key IN ({marks}) ORDER BY key, attempt, turn", some
            )
            for row in rows:
                exchange = Exchange(*row)
                if exchange.turn == 0:
                    found[exchange.key] = []  # a later attempt takes the place of an earlier one
                found[exchange.key].append(exchange)
        return found

    def _held_by_others(self, keys: Sequence[str], now: float) -> set[str]:
        held = set()
        for some in _chunks(keys):
            marks = ", ".join("?" * len(some))
            rows = self._connection.execute(
                f"SELECT key, owner FROM claim WHERE key IN ({marks}) AND owner != ? AND expires > ?",
                (*some, self._owner, now),
            ).fetchall()
            living = {owner for owner in {owner for _, owner in rows} if _is_alive(owner)}
            held |= {key for key, owner in rows if owner in living}
        return held


def _chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))


def _is_alive(owner: str) -> bool:
    """Does the owner's process still run? That of another machine may; then its claim has to expire."""
    host, process, _ = owner.rsplit("/", 2)
    if host != gethostname():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_full(error: sqlite3.Error | OSError) -> bool:
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF == sqlite3.SQLITE_FULL or getattr(error, "errno", None) == errno.ENOSPC


def _told(path: Path, error: sqlite3.Error | OSError) -> str:
    if _is_full(error):
        return f"{path}: the disk is full; make room and run the same command again: replies received so far stay"
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return f"{path}: is damaged or no store of replies ({error}); restore it from a copy, or move it away"
    return f"{path}: replies cannot be kept: {error}; check the folder's permissions and space"
