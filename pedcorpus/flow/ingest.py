"""Ingest: files → documents, passages, triples and dialogues; one commit a file, unchanged files cost a hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pedcorpus.corpus import (
    Corpus,
    add_dialogues,
    add_document,
    add_failures,
    add_passages,
    add_source,
    add_triples,
    current_documents,
)
from pedcorpus.engine import map_unordered
from pedcorpus.errors import InputError
from pedcorpus.flow.discover import FoundFile, Work, find_works
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.workspace import ensure_workspace
from pedcorpus.parse import Original, Parsed, choose_parser, parse_original
from pedcorpus.records import Failure, Source, SourceKind, canonical_json, content_id
from pedcorpus.settings import Workspace

__all__ = ["IngestReport", "ingest"]

_SMALL_BYTES = 4_000_000  # below this, starting processes takes longer than parsing


@dataclass
class IngestReport:
    """What an ingest did."""

    made: list[Path] = field(default_factory=list)
    """Files of the workspace that did not exist before."""
    sources: list[Source] = field(default_factory=list)
    new_documents: int = 0
    unchanged_documents: int = 0
    passages: int = 0
    triples: int = 0
    dialogues: int = 0
    failures: list[Failure] = field(default_factory=list)


@dataclass(frozen=True)
class _Job:
    work: Work
    found: FoundFile
    known: tuple[str, str] | None
    """SHA-256 and reading of the current revision."""
    max_bytes: int


def ingest(
    workspace: Workspace,
    places: Sequence[Path],
    *,
    kind: SourceKind | None = None,
    progress: Progress = NO_PROGRESS,
) -> IngestReport:
    """Read every file at `places` into the corpus; makes the workspace if there is none.

    Raises:
        UsageError: a place does not exist or holds no file.
        CorpusError: the corpus cannot be used.
    """
    works, failures = find_works(places, kind=kind)
    report = IngestReport(made=ensure_workspace(workspace), sources=[work.declaration.source for work in works])
    corpus = Corpus(workspace.corpus_path)
    with corpus.unit() as unit:
        for source in report.sources:
            add_source(unit, source)
        add_failures(unit, failures)
        known = {
            (stored.document.source, stored.document.path): (stored.document.id, stored.reading)
            for stored in current_documents(unit)
        }
    report.failures += failures
    jobs = _jobs(works, known, max_bytes=workspace.settings.ingest.max_file_mb << 20)
    small = sum(_size(job.found.file) for job in jobs) < _SMALL_BYTES
    with progress.stage("ingest", len(jobs)) as stage:
        for job, outcome in map_unordered(_read_file, jobs, jobs=1 if small else workspace.settings.ingest.jobs):
            _store(corpus, job, outcome, report)
            stage.advance()
    return report


def _jobs(works: Sequence[Work], known: Mapping[tuple[str, str], tuple[str, str]], *, max_bytes: int) -> list[_Job]:
    return [
        _Job(work, found, known.get((work.declaration.source.id, found.path)), max_bytes)
        for work in works
        for found in work.files
    ]


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _read_file(job: _Job) -> Parsed | Failure | None:
    """What a file holds, why it cannot be used, or nothing when it is as it was. Runs in any process."""
    source = job.work.declaration.source
    fingerprint = ""
    try:
        size = _size(job.found.file)
        if size > job.max_bytes:
            limit = f"{job.max_bytes >> 20} MB; split the file, or raise ingest.max_file_mb"
            raise InputError(str(job.found.file), "too_large", f"is {size >> 20} MB, allowed are {limit}")
        data = job.found.file.read_bytes()
        fingerprint = sha256(data).hexdigest()
        original = Original(source, job.found.path, data, job.work.declaration.columns)
        parser = choose_parser(original)
        if job.known == (fingerprint, _reading(f"{parser.name}@{parser.version}", job.work)):
            return None
        return parse_original(original)
    except OSError as error:
        reason, detail = "unreadable", f"cannot be read: {error.strerror}; check the file and its permissions"
    except InputError as error:
        reason, detail = error.reason, error.detail
    return Failure(
        stage="ingest",
        where=str(job.found.file),
        source=source.id,
        path=job.found.path,
        reason=reason,
        detail=detail,
        fingerprint=f"{fingerprint}:{source.kind}",
    )


def _reading(parser: str, work: Work) -> str:
    """All that decides what is read from the same bytes: the parser, the kind of work, the header map."""
    columns = work.declaration.columns
    mapped = [content_id("columns", canonical_json(columns))] if columns else []
    return ":".join([parser, work.declaration.source.kind, *mapped])


def _store(corpus: Corpus, job: _Job, outcome: Parsed | Failure | None, report: IngestReport) -> None:
    if outcome is None:
        report.unchanged_documents += 1
        return
    with corpus.unit() as unit:
        if isinstance(outcome, Failure):
            report.failures.append(outcome)
            add_failures(unit, [outcome])
            return
        reading = _reading(outcome.document.parser, job.work)
        add_document(unit, outcome.document, reading=reading, folder=str(job.work.folder))
        report.passages += add_passages(unit, outcome.passages, reading=reading)
        report.triples += add_triples(unit, outcome.triples, reading=reading)
        report.dialogues += add_dialogues(unit, outcome.dialogues, reading=reading)
        add_failures(unit, outcome.failures)
    report.new_documents += 1
    report.failures += outcome.failures
