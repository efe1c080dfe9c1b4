"""Reads many files: small ones side by side, a long PDF by its pages; tells how many pages a second.

What was read is stored by whoever asks, file by file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress
from operator import not_

from pedcorpus.engine import Engine
from pedcorpus.flow.progress import NO_PROGRESS, Progress, Stage
from pedcorpus.flow.read_file import FileJob, crashed, read_file
from pedcorpus.parse import Parsed
from pedcorpus.records import Failure

__all__ = ["read_files"]

_SMALL_BYTES = 4_000_000
"""Below this, all files together, starting processes takes longer than reading."""
_LONG_BYTES = 1_000_000
"""A PDF from this size is read page by page by all processes, after the other files."""

Outcome = Parsed | Failure | None
"""What a file holds, why it cannot be used, or nothing when it is as it was."""


def read_files(
    files: Sequence[FileJob], *, engine: Engine, progress: Progress = NO_PROGRESS
) -> Iterator[tuple[FileJob, Outcome]]:
    """Each job with what reading its file gave, as results come."""
    jobs = engine.jobs_here
    long = [jobs != 1 and job.size() >= _LONG_BYTES and job.is_pdf() for job in files]
    others = list(compress(files, map(not_, long)))
    if sum(job.size() for job in others) < _SMALL_BYTES:
        engine = engine.for_little()
    with progress.stage("ingest", max(sum(job.size() for job in files), 1)) as stage:
        for job, outcome in engine.map_unordered(read_file, others, crashed=crashed):
            yield job, outcome
            stage.count("files")
            stage.advance(job.size())
            if isinstance(outcome, Parsed) and outcome.document.pages:
                stage.count("pages", outcome.document.pages)
        for job in compress(files, long):
            yield job, _read_by_pages(job, jobs, stage)


def _read_by_pages(job: FileJob, jobs: int, stage: Stage) -> Outcome:
    size, told = job.size(), 0.0

    def on_page(done: int, total: int) -> None:
        nonlocal told
        stage.count("pages")
        stage.advance(size * done / total - told)
        told = size * done / total

    outcome = read_file(replace(job, processes=jobs, on_page=on_page))
    stage.count("files")
    stage.advance(size - told)
    return outcome
