"""Ingest: files → documents, passages, triples and dialogues; one commit a file, unchanged files cost a hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pedcorpus.corpus import (
    Corpus,
    Unit,
    add_dialogues,
    add_document,
    add_failures,
    add_passages,
    add_source,
    add_spilled,
    add_triples,
    current_documents,
    current_sources,
)
from pedcorpus.engine import Engine
from pedcorpus.flow.deidentify import deidentify
from pedcorpus.flow.discover import find_works
from pedcorpus.flow.engines import engine_of
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.read_file import FileJob, reading_of
from pedcorpus.flow.read_files import read_files
from pedcorpus.flow.same_name import sound_works
from pedcorpus.flow.spill import Spilled
from pedcorpus.flow.workspace import ensure_workspace
from pedcorpus.parse import Parsed
from pedcorpus.records import Failure, Source, SourceKind
from pedcorpus.settings import Workspace

__all__ = ["IngestReport", "ingest", "known_revisions"]


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


def ingest(
    workspace: Workspace,
    places: Sequence[Path],
    *,
    kind: SourceKind | None = None,
    jobs: int | None = None,
    engine: Engine | None = None,
    progress: Progress = NO_PROGRESS,
) -> IngestReport:
    """Read every file at `places` into the corpus; makes the workspace if there is none.

    Args:
        workspace: where the corpus is.
        places: folders and files.
        kind: kind of the works that have no declaration.
        jobs: processes that read side by side; none takes the setting.
        engine: where files are read; none takes the setting, with `jobs`.
        progress: who is told.

    Raises:
        UsageError: a place does not exist or holds no file.
        CorpusError: the corpus cannot be used.
    """
    engine = engine or engine_of(workspace, jobs=jobs)
    works, failures = find_works(places, kind=kind)
    report = IngestReport(made=ensure_workspace(workspace))
    corpus = Corpus(workspace.corpus_path)
    with corpus.unit() as unit:
        works, unsound = sound_works(works, current_sources(unit), current_documents(unit))
        report.sources = [work.declaration.source for work in works]
        report.failures = [*failures, *unsound]
        for source in report.sources:
            add_source(unit, source)
        add_failures(unit, report.failures)
        known = known_revisions(unit)
    settings = workspace.settings.ingest
    files = [
        FileJob(
            work,
            found,
            known.get((work.declaration.source.id, found.path)),
            workspace.originals,
            settings,
            spilled=workspace.root if engine.is_elsewhere else None,
        )
        for work in works
        for found in work.files
    ]
    for job, outcome in read_files(files, engine=engine, progress=progress):
        try:
            _store(corpus, job, outcome, report)
        finally:
            if isinstance(outcome, Spilled):
                outcome.let_go()
    deidentify(corpus, workspace.settings.curate.privacy)
    return report


def known_revisions(unit: Unit) -> dict[tuple[str, str], tuple[str, str]]:
    """SHA-256 and reading of the current revision of every file, by work and path."""
    return {
        (stored.document.source, stored.document.path): (stored.document.id, stored.reading)
        for stored in current_documents(unit)
    }


def _store(corpus: Corpus, job: FileJob, outcome: Parsed | Failure | None, report: IngestReport) -> None:
    if outcome is None:
        report.unchanged_documents += 1
        return
    with corpus.unit() as unit:
        if isinstance(outcome, Failure):
            report.failures.append(outcome)
            add_failures(unit, [outcome])
            return
        reading = reading_of(outcome.document.parser, job, ocr=outcome.ocr)
        add_document(unit, outcome.document, reading=reading, folder=str(job.work.folder))
        report.passages += add_passages(unit, outcome.passages, reading=reading)
        report.triples += add_triples(unit, outcome.triples, reading=reading)
        if isinstance(outcome, Spilled):
            passages, triples = add_spilled(unit, outcome.folder, reading=reading)
            report.passages += passages
            report.triples += triples
        report.dialogues += add_dialogues(unit, outcome.dialogues, reading=reading)
        add_failures(unit, outcome.failures)
    report.new_documents += 1
    report.failures += outcome.failures
