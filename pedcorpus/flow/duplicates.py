"""Duplicates: every instruction that stands → columns → clusters; what has changed of them is stored.

Texts pass through in portions and are not held. If anything was written since the last time, all is compared anew,
since one new row may join two clusters; only memberships that changed are stored. Else there is nothing to do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pedcorpus.corpus import (
    AlikeRow,
    Corpus,
    Level,
    StoredDraft,
    Unit,
    add_alike,
    add_duplicates,
    alike_rows,
    bodies_between,
    current_alike,
    current_duplicates,
    current_sources,
    is_compared,
    latest_row,
    mark_compared,
    rivals,
    standing_topics,
)
from pedcorpus.curate.duplicates import METHODS, Found, changed_memberships, find_alike, source_rank, standing
from pedcorpus.curate.near import Conversations, all_conversations, particulars_reader, read_conversations
from pedcorpus.engine import Engine, Processes, batches
from pedcorpus.errors import WorkerLost
from pedcorpus.export import SPLITS, Export, open_export
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.records import Message, Source, canonical_json, content_id
from pedcorpus.settings import CurateSettings, DuplicateSettings

__all__ = ["answer_clusters", "find_duplicates", "question_clusters"]

_READ = 20_000
"""Instructions that are read in one unit of work."""
_TASK = 2_000
"""Instructions that go to a process at once."""
_FEW = 4_000
"""Below so many, starting processes takes longer than reading."""
_LEVELS: tuple[Level, ...] = ("near-question", "near-answer")


@dataclass(frozen=True)
class _Task:
    """Some instructions with all that reading them needs, in another process too."""

    rows: tuple[tuple[str, str], ...]
    """Id and canonical JSON; of what was released before, id and messages as JSON."""
    is_released: bool
    topics: tuple[str, ...]
    ngram: int


def find_duplicates(
    corpus: Corpus,
    settings: CurateSettings,
    *,
    engine: Engine = Processes(),  # noqa: B008 (frozen)
    progress: Progress = NO_PROGRESS,
) -> int:
    """Store who is a duplicate of whom and who is alike; how many instructions became a duplicate.

    Raises:
        CorpusError: the corpus cannot be used.
        UsageError: a released export that the settings name is not there.
        ExportError: it is not as it was written.
        WorkerLost: a text ended the process that read it.
    """
    exports = [open_export(Path(folder).expanduser()) for folder in settings.duplicates.released]
    recipe = _recipe(settings.duplicates, exports)
    with corpus.unit(read_only=True) as unit:
        if is_compared(unit, recipe):
            return 0
        until, table, sources = latest_row(unit), rivals(unit), current_sources(unit)
        topics = tuple(standing_topics(unit))
    own = table.column("id").to_pylist()
    released = _released(exports)
    past = sorted((name, said) for name, said in released.items() if name not in set(own))
    portions = chain(
        ((False, some) for some in _portions(corpus, table)), ((True, some) for some in batches(past, _TASK))
    )
    tasks = (_Task(tuple(some), is_past, topics, settings.duplicates.ngram) for is_past, some in portions)
    parts = []
    with progress.stage("compare", len(own)) as stage:
        for part in (engine.for_little() if len(own) < _FEW else engine).map_ordered(_read, tasks, crashed=_lost):
            parts.append(part)
            stage.advance(len(part))
    rows = all_conversations(parts)
    del parts
    found = find_alike(rows, _standing(rows.ids, table, sources, released), threshold=settings.duplicates.near)
    with corpus.unit() as unit:
        mark_compared(unit, recipe, until)
        return _store(unit, found, set(own))


def _recipe(settings: DuplicateSettings, exports: Iterable[Export]) -> str:
    """What else than rows decides what is alike."""
    said = settings.model_dump(mode="json", exclude={"released"})
    return content_id("duplicates", canonical_json(said), *METHODS, *(export.sha256 for export in exports))


def _portions(corpus: Corpus, table: pa.Table) -> Iterator[list[tuple[str, str]]]:
    """Ids and bodies of the instructions of `table`, as many as a process takes at once."""
    for begin in range(0, len(table), _READ):
        wanted = table.slice(begin, _READ)
        written = wanted.column("written")
        with corpus.unit(read_only=True) as unit:
            bodies = bodies_between(unit, written[0].as_py(), written[-1].as_py())
        ids = set(wanted.column("id").to_pylist())
        pairs = zip(bodies.column("id").to_pylist(), bodies.column("body").to_pylist(), strict=True)
        yield from batches((pair for pair in pairs if pair[0] in ids), _TASK)


def _released(exports: Iterable[Export]) -> dict[str, str]:
    """Messages of all rows of earlier exports as JSON, by instruction."""
    rows = (row for export in exports for split in SPLITS for row in export.rows("instructions", split))
    return {row["id"]: json.dumps(row["messages"]) for row in rows}


def _read(task: _Task) -> Conversations:
    return read_conversations(_conversations(task), _reader(task.topics), ngram=task.ngram)


def _conversations(task: _Task) -> Iterator[tuple[str, Sequence[Message]]]:
    for identifier, text in task.rows:
        if task.is_released:
            yield identifier, [Message.model_validate(message) for message in json.loads(text)]
        else:
            yield identifier, StoredDraft(identifier, text, ()).instruction({}).messages


@lru_cache(maxsize=1)
def _reader(topics: tuple[str, ...]) -> Callable[[str], int]:
    return particulars_reader(topics)


def _lost(task: _Task) -> Conversations:
    raise WorkerLost(f"the process that compared {task.rows[0][0]} and those after it")


def _standing(
    ids: Sequence[str], table: pa.Table, sources: Mapping[str, Source], released: Container[str]
) -> NDArray[np.int64]:
    """For each of `ids`, how good it is besides its text; what was released before ranks like what was accepted."""
    places = {identifier: place for place, identifier in enumerate(table.column("id").to_pylist())}
    order = np.array([places.get(identifier, -1) for identifier in ids], np.int64)
    ranks = {name: source_rank(source) for name, source in sources.items()}
    source = [ranks.get(name, source_rank(None)) for name in table.column("source").to_pylist()]

    def flags(name: str) -> NDArray[np.bool_]:
        """What the table says; of a row that is not there, yes: it was released."""
        return np.append(table.column(name).to_numpy().astype(bool), True)[order]

    return standing(
        accepted=flags("accepted") | np.array([identifier in released for identifier in ids], bool),
        sound=flags("sound"),
        clean=flags("clean"),
        source=np.append(np.array(source, np.int64), 0)[order],
    )


def _store(unit: Unit, found: Found, own: Container[str]) -> int:
    """Write the memberships that changed, of instructions of this corpus alone; how many became a duplicate."""
    duplicates = [row for row in found.duplicates if row.instruction in own]
    changed = changed_memberships(duplicates, current_duplicates(unit))
    add_duplicates(unit, changed)
    for level in _LEVELS:
        alike = [row for row in found.alike if row.method.startswith(f"{level}@") and row.instruction in own]
        add_alike(unit, changed_memberships(alike, current_alike(unit, level)))
    return sum(not row.kept for row in changed)


def question_clusters(corpus: Corpus) -> list[AlikeRow]:
    """Instructions that ask the same and answer differently: where contradictions are to be sought."""
    with corpus.unit(read_only=True) as unit:
        return alike_rows(unit, "near-question")


def answer_clusters(corpus: Corpus) -> list[AlikeRow]:
    """Instructions that answer the same to different questions."""
    with corpus.unit(read_only=True) as unit:
        return alike_rows(unit, "near-answer")
