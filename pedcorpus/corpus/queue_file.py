"""The files in which what waits for review is kept, for all desks of a corpus, between one working out and the next.

They hold the corpus as it was, and may be deleted at any time; what has been decided since is looked up in the corpus
itself. While a large corpus grows they are worked out anew no more often than costs a twentieth of the time.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.queue_build import write_faults, write_queue
from pedcorpus.errors import CorpusError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

__all__ = ["KeptQueue", "QueueFiles"]

_SHARE_OF_TIME = 20  # a file that took a second stands for twenty
_AT_ONCE_S = 0.5  # one that takes less is always made anew
_MOST_NEW_FINDINGS = 2_000_000  # rows by which the corpus may have grown before what checks found is written anew
_UNTOUCHED_S = 600.0  # nobody reads a file for so long


@dataclass(frozen=True)
class KeptQueue:
    """What a file of what waits was made from."""

    queue: Path
    """What waits, riskiest first."""
    faults: Path
    """What checks found, by instruction, up to `last_finding`."""
    rows: tuple[int, ...]
    """The last row of each table that a status follows from."""
    last: int
    """The last row of all."""
    last_finding: int
    made_at: float
    """Seconds since 1970."""
    cost_s: float


class QueueFiles:
    """What waits, and what checks found in it, each in a file."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock

    def look(self, unit: Unit) -> KeptQueue:
        """What is kept, made now if there is none or it is too old."""
        kept = self.kept()
        if kept is None or self._is_old(unit, kept):
            with self._alone(waits=kept is None) as is_alone:
                latest = self.kept()
                if is_alone and (latest is None or self._is_old(unit, latest)):
                    self._make(unit, latest)
            kept = self.kept()
        if kept is None:
            raise CorpusError(f"{self._folder}: what waits could not be kept there; see whether it can be written")
        return kept

    def kept(self) -> KeptQueue | None:
        """What is kept; none where there is nothing that can be read."""
        path = self._folder / "queue.parquet"
        try:
            about = json.loads((pq.read_metadata(path).metadata or {})[b"about"])
            made_at = path.stat().st_mtime
            faults = self._folder / about["faults"]
            kept = KeptQueue(
                queue=path,
                faults=faults,
                rows=tuple(about["rows"]),
                last=about["last"],
                last_finding=about["last_finding"],
                made_at=made_at,
                cost_s=max(made_at - about["began_at"], 0.0),
            )
        except (OSError, pa.ArrowInvalid, KeyError, TypeError, ValueError):
            return None
        return kept if faults.exists() else None

    @contextmanager
    def _alone(self, *, waits: bool) -> Iterator[bool]:
        """One desk works it out, and the others go on with what there is, or wait where there is nothing."""
        self._folder.mkdir(exist_ok=True)
        if fcntl is None:
            yield True
            return
        with (self._folder / "making.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            except OSError:  # no locks here: whoever comes works it out
                pass
            yield True

    def _is_old(self, unit: Unit, kept: KeptQueue) -> bool:
        age_s = self._clock() - kept.made_at
        is_due = kept.cost_s < _AT_ONCE_S or not 0 <= age_s < kept.cost_s * _SHARE_OF_TIME
        return is_due and (_last_rows(unit) != kept.rows or _is_reopened(unit, kept.last))

    def _make(self, unit: Unit, before: KeptQueue | None) -> None:
        began_at, rows = time.time(), _last_rows(unit)
        if before and rows[0] - before.last_finding <= _MOST_NEW_FINDINGS:
            faults, last_finding = before.faults, before.last_finding
        else:
            faults, last_finding = self._folder / f"findings-{uuid4().hex}.parquet", rows[0]
            write_faults(unit, faults)
        about = {
            "faults": faults.name,
            "rows": rows,
            "last": max(*rows, _last(unit, "decision")),
            "last_finding": last_finding,
            "began_at": began_at,
        }
        made = self._folder / f"queue-{uuid4().hex}.parquet"
        write_queue(unit, made, json.dumps(about))
        made.replace(self._folder / "queue.parquet")
        self._sweep(keep=faults)

    def _sweep(self, *, keep: Path) -> None:
        """Take away what nobody needs: earlier findings, and what was left by those who were killed."""
        for path in self._folder.glob("*-*.parquet"):
            with suppress(OSError):  # somebody else swept it away
                if path != keep and time.time() - path.stat().st_mtime > _UNTOUCHED_S:
                    path.unlink()


_STATUS_TABLES = ("finding", "instruction", "duplicate", "document", "deidentified", "withdrawal")


def _last_rows(unit: Unit) -> tuple[int, ...]:
    return tuple(_last(unit, table) for table in _STATUS_TABLES)


def _last(unit: Unit, table: str) -> int:
    return int(unit.execute(f"SELECT coalesce(max(written), 0) FROM {table}").fetchall()[0][0])


def _is_reopened(unit: Unit, last: int) -> bool:
    """Whether something waits again, or for somebody else, by what was decided after row `last`."""
    query = "SELECT 1 FROM decision WHERE written > ? AND (verdict = 'undo' OR readers > 1) LIMIT 1"
    return bool(unit.execute(query, [last]).fetchall())
