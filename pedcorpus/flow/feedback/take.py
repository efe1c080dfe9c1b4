"""Takes the rated exchanges that wait into the corpus, all in one go; what was taken in waits no longer.

With a thumb up its reply, with a correction the correction becomes a draft of the work `chat-feedback`, tier internal,
and takes the road of every row: checks, review, export. The pair of a correction over the reply goes out with that row
alone: when a doctor has accepted it. A thumb down without a correction teaches nothing yet: it is a failure that
`status` counts, with the exchange. A note is a finding on its draft, or stands in that failure.

Each step is done once however often it is tried: whoever is stopped in the middle leaves what waits, and the next one
finds what is there already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pedcorpus.corpus import (
    Unit,
    add_failures,
    add_findings,
    add_preferences,
    current_sources,
    document_by_id,
    findings_of,
    instructions_of_document,
    load_instructions,
)
from pedcorpus.durable import sync, write_whole
from pedcorpus.errors import CorpusError
from pedcorpus.flow.build import build
from pedcorpus.flow.feedback.exchange import WORK, KeptExchange
from pedcorpus.flow.feedback.rows import failure_of, finding_of, pair_of, row_of, unreadable
from pedcorpus.flow.feedback.waiting import read_waiting, set_aside, taking_turn
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Failure, Finding, Instruction, content_id
from pedcorpus.settings import Workspace

__all__ = ["TakenFeedback", "take_feedback"]

_DECLARATION = """\
title = "Rated exchanges of the chat"
kind = "dataset"
publisher = "this workspace"
license = "unknown"
tier = "internal"
"""
_PASSING = frozenset({"unreadable"})
"""Reasons of failures that say more of the disk than of the file."""


@dataclass(frozen=True)
class TakenFeedback:
    """What became of what waited."""

    exchanges: int = 0
    instructions: tuple[str, ...] = ()
    """Ids of the drafts that now stand in the corpus."""
    pairs: int = 0
    """New ones."""
    failures: tuple[Failure, ...] = ()
    """Thumbs down without a correction, and what could not be used."""


def take_feedback(workspace: Workspace, *, progress: Progress = NO_PROGRESS) -> TakenFeedback:
    """Read, draft, check and pair everything that waits; nothing of what is stopped or fails half-way is lost.

    Raises:
        CorpusError: there is no corpus here, it cannot be used, or files cannot be read or written; they wait on.
    """
    with taking_turn(workspace) as files:
        return _taken(workspace, files, progress) if files else TakenFeedback()


def _taken(workspace: Workspace, files: Sequence[Path], progress: Progress) -> TakenFeedback:
    corpus = open_corpus(workspace)
    waiting, failures = _read(files)
    works = _written(workspace, [kept for kept in waiting.values() if kept.teaches])
    if works:
        failures += build(workspace, sorted(works.values()), jobs=1, progress=progress).failures
    with corpus.unit() as unit:
        settled = {file: kept for file, kept in waiting.items() if _is_read(unit, kept, works, failures)}
        taken = _stored(unit, settled.values(), works, failures)
    for file in settled:
        file.unlink(missing_ok=True)
    if left := len(waiting) - len(settled):
        why = next((f"{failure.where}: {failure.detail}" for failure in failures if failure.stage == "ingest"), WORK)
        raise CorpusError(f"{left} rated exchanges could not be taken in and wait on: {why}")
    return taken


def _read(files: Sequence[Path]) -> tuple[dict[Path, KeptExchange], list[Failure]]:
    """What waits in `files`, and those that hold no rated exchange, set aside."""
    waiting: dict[Path, KeptExchange] = {}
    failures: list[Failure] = []
    for file in files:
        try:
            if (kept := read_waiting(file)) is None:
                failures.append(unreadable(set_aside(file)))
            else:
                waiting[file] = kept
        except FileNotFoundError:  # somebody else has taken it in meanwhile
            continue
        except OSError as error:
            raise CorpusError(f"{file}: cannot be read ({error.strerror}); check its rights and the disk") from error
    return waiting, failures


def _written(workspace: Workspace, exchanges: Iterable[KeptExchange]) -> dict[str, Path]:
    """The files of the work that hold `exchanges`, by their rows; one that is there already is left as it is."""
    folder = workspace.root / WORK
    works = {row: folder / f"{content_id('feedback', row)}.jsonl" for row in map(row_of, exchanges)}
    texts = {folder / "source.toml": _DECLARATION, **{file: f"{row}\n" for row, file in works.items()}}
    try:
        for path, text in texts.items():
            if not path.exists():
                write_whole(path, text)
        sync(folder)
    except OSError as error:
        raise CorpusError(f"{folder}: cannot be written ({error.strerror}); check its rights and space") from error
    return works


def _is_read(unit: Unit, kept: KeptExchange, works: Mapping[str, Path], failures: Iterable[Failure]) -> bool:
    """Whether trying again would bring no more: its file is in the corpus, or it is one that cannot be used."""
    if not kept.teaches:
        return True
    file = works[row_of(kept)]
    failed = any(failure.path == file.name and failure.reason not in _PASSING for failure in failures)
    return failed or document_by_id(unit, _document(file), WORK) is not None


def _stored(
    unit: Unit, settled: Collection[KeptExchange], works: Mapping[str, Path], failures: Sequence[Failure]
) -> TakenFeedback:
    """Adds the pairs and notes of drafts, and the failures of what has none."""
    sources = current_sources(unit)
    lacking: list[Failure] = []
    ids: list[str] = []
    pairs = 0
    for kept in settled:
        found = instructions_of_document(unit, _document(works[row_of(kept)]), WORK) if kept.teaches else []
        drafts = list(load_instructions(unit, found, sources))
        if not drafts:
            lacking.append(failure_of(kept))
        ids += found
        pairs += add_preferences(unit, [pair for draft in drafts if (pair := pair_of(draft, kept))])
        add_findings(unit, [note for draft in drafts if (note := _new_note(unit, draft, kept))])
    add_failures(unit, [*(failure for failure in failures if failure.stage == "review"), *lacking])
    return TakenFeedback(len(settled), tuple(sorted(set(ids))), pairs, (*failures, *lacking))


def _new_note(unit: Unit, draft: Instruction, kept: KeptExchange) -> Finding | None:
    note = finding_of(draft, kept)
    return None if note in findings_of(unit, draft.id) else note


def _document(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()
