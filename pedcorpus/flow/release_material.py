"""A snapshot of the corpus as the material of a release: an `export.Material` that reads as it is asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Set
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

import pyarrow as pa

from pedcorpus.corpus import (
    PORTION,
    Snapshot,
    Unit,
    cited_dialogues,
    cited_documents,
    cited_passages,
    cited_triples,
    every_passage,
    every_triple,
    identifiers_replaced,
    release_preferences,
    release_privacy,
    release_replies,
    release_reviewers,
    stored_rows,
)
from pedcorpus.engine import Processes
from pedcorpus.errors import WorkerLost
from pedcorpus.export import PRIVACY, STORED, Flags, OriginKind, PrivacyFacts
from pedcorpus.flow.progress import Stage
from pedcorpus.records import Document, Passage, Preference, Triple

__all__ = ["CorpusMaterial"]

T = TypeVar("T")
_FEW = 1
"""Portions below which starting processes takes longer than rendering."""

_CITED: Mapping[OriginKind, Callable[[Unit, pa.ChunkedArray], Iterator[pa.Table]]] = {
    "passages": cited_passages,
    "triples": cited_triples,
    "dialogues": cited_dialogues,
}


class CorpusMaterial:
    """Rows, texts and pairs of a prepared snapshot, which nobody writes any more."""

    def __init__(self, snapshot: Snapshot, keys: pa.Table, *, jobs: int, stage: Stage, portion: int = PORTION) -> None:
        """`jobs` processes render rows, 0 one for each processor, `portion` at a time; neither changes a byte."""
        self._snapshot, self._keys, self._stage, self._portion = snapshot, keys, stage, portion
        self._jobs = jobs or os.cpu_count() or 1
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        self._unit: Unit = self._closing.enter_context(self._snapshot.opened())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.__exit__(kind, error, at)  # the snapshot says what DuckDB's errors mean

    def keys(self) -> pa.Table:
        return self._keys

    def mapped(self, function: Callable[[pa.Table], T]) -> Iterator[T]:
        starts = range(0, len(self._keys), self._portion)
        if self._jobs == 1 or len(starts) <= _FEW:
            rendered = (function(self._stored(start)) for start in starts)
        else:
            rendered = self._in_processes(function, starts)
        for done in rendered:
            yield done
            self._stage.advance(self._portion)

    def _stored(self, start: int) -> pa.Table:
        return stored_rows(self._unit, self._snapshot.bodies, start, self._portion).cast(STORED)

    def _in_processes(self, function: Callable[[pa.Table], T], starts: Iterable[int]) -> Generator[T, None, None]:
        tasks = (_Task(self._snapshot, start, self._portion, function) for start in starts)
        run: Callable[[_Task[T]], T] = _run
        lost: Callable[[_Task[T]], T] = _lost
        yield from Processes(self._jobs).map_ordered(run, tasks, crashed=lost)

    def _ids(self, chosen: Flags) -> pa.ChunkedArray:
        return self._keys.column("id").filter(pa.array(chosen))

    def reviewers(self, chosen: Flags) -> list[str]:
        return release_reviewers(self._unit, self._ids(chosen))

    def passages(self) -> Iterator[Passage]:
        return every_passage(self._unit)

    def triples(self) -> Iterator[Triple]:
        return every_triple(self._unit)

    def preferences(self) -> Iterator[Preference]:
        return map(Preference.model_validate_json, release_preferences(self._unit))

    def replies(self, chosen: Flags) -> Iterator[tuple[str, str, str]]:
        return release_replies(self._unit, self._ids(chosen))

    def privacy(self, chosen: Flags, dialogues: Set[str]) -> PrivacyFacts:
        """Counts and ids only: the table of originals is not read."""
        judged, checks, withheld = release_privacy(self._unit, self._ids(chosen), PRIVACY)
        replaced = identifiers_replaced(self._unit, sorted(dialogues))
        return PrivacyFacts(checked=judged, checks=tuple(checks), withheld=withheld, replaced=replaced)

    def origins(self, kind: OriginKind, chosen: Flags) -> Iterator[pa.Table]:
        return _CITED[kind](self._unit, self._ids(chosen))

    def cited_documents(self, chosen: Flags) -> list[Document]:
        return cited_documents(self._unit, self._ids(chosen))


@dataclass(frozen=True)
class _Task(Generic[T]):
    """A portion of rows, and what is to be done with it in another process."""

    snapshot: Snapshot
    start: int
    rows: int
    function: Callable[[pa.Table], T]


@lru_cache(maxsize=1)
def _opened(path: Path) -> Unit:
    """The snapshot, held open for as long as a process works on it: nobody else waits for it."""
    return Snapshot(path).connection()


def _run(task: _Task[T]) -> T:
    unit = _opened(task.snapshot.path)
    return task.function(stored_rows(unit, task.snapshot.bodies, task.start, task.rows).cast(STORED))


def _lost(task: _Task[T]) -> T:
    raise WorkerLost(f"rendering rows {task.start + 1:,} to {task.start + task.rows:,}")
