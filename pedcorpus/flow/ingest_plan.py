"""What an ingest would do, file by file, with the reason for each file's kind; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pedcorpus.corpus import Corpus, StoredDocument, current_documents, current_sources
from pedcorpus.flow.discover import Work, find_works
from pedcorpus.flow.ingest import known_revisions
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.read_file import FileJob, probe_file
from pedcorpus.flow.same_name import sound_works
from pedcorpus.records import Failure, Source, SourceKind
from pedcorpus.settings import Workspace

__all__ = ["PlannedFile", "plan_ingest"]


@dataclass(frozen=True)
class PlannedFile:
    """One file, and what would become of it."""

    source: str
    path: str
    kind: str
    kind_from: str
    """What decided the kind: `declared`, `--kind`, `folder name`, `file endings`, `file contents` or `default`."""
    parser: str
    """Parser and version, as `pdf@1`; empty when no parser would read it."""
    action: str
    """`new`, `changed`, `unchanged`, or `fail`."""
    detail: str = ""
    """Why it would fail."""


def plan_ingest(
    workspace: Workspace,
    places: Sequence[Path],
    *,
    kind: SourceKind | None = None,
    progress: Progress = NO_PROGRESS,
) -> list[PlannedFile]:
    """Every file at `places` with what reading it would do; files are hashed, not parsed.

    Raises:
        UsageError: a place does not exist or holds no file.
        CorpusError: there is a corpus, but it cannot be used.
    """
    works, failures = find_works(places, kind=kind)
    known: dict[tuple[str, str], tuple[str, str]] = {}
    sources: dict[str, Source] = {}
    stored: list[StoredDocument] = []
    if workspace.corpus_path.exists():
        with Corpus(workspace.corpus_path).unit(read_only=True) as unit:
            known, sources, stored = known_revisions(unit), current_sources(unit), current_documents(unit)
    works, unsound = sound_works(works, sources, stored)
    planned = [
        PlannedFile(item.source, item.path, "", "declared", "", "fail", f"{item.where}: {item.detail}")
        for item in (*failures, *unsound)
    ]
    with progress.stage("plan", sum(len(work.files) for work in works)) as stage:
        for work in works:
            planned += _planned(workspace, work, known)
            stage.advance(len(work.files))
    return planned


def _planned(workspace: Workspace, work: Work, known: dict[tuple[str, str], tuple[str, str]]) -> list[PlannedFile]:
    source = work.declaration.source
    rows = []
    for found in work.files:
        revision = known.get((source.id, found.path))
        outcome = probe_file(FileJob(work, found, revision, workspace.originals, workspace.settings.ingest))
        if isinstance(outcome, Failure):
            parser, action, detail = "", "fail", outcome.detail
        else:
            (action, parser), detail = outcome, ""
        rows.append(PlannedFile(source.id, found.path, source.kind, work.kind_from, parser, action, detail))
    return rows
