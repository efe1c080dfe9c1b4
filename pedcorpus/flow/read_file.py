"""Reads one file in whatever process it is given to: hash, parse, keep the original; a failure is a value.

Nothing a file holds can stop the batch: size and time are limited here, the parsers limit the rest.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Literal

from pedcorpus.errors import InputError
from pedcorpus.flow.discover import FoundFile, Work
from pedcorpus.flow.originals import keep_original
from pedcorpus.flow.spill import STREAMED_BYTES, Spilled, spill
from pedcorpus.parse import (
    PDF_WINDOW,
    Original,
    Parsed,
    ParseOptions,
    choose_parser,
    is_pdf,
    ocr_signature,
    parse_original,
    stream_original,
)
from pedcorpus.records import Failure, SourceKind, canonical_json, content_id
from pedcorpus.settings import IngestSettings

__all__ = ["FileJob", "crashed", "probe_file", "read_file", "reading_of"]

_KINDS_OF_DIALOGUES = (SourceKind.CONSULTATION, SourceKind.DATASET)


@dataclass(frozen=True)
class FileJob:
    """One file of a work, what is known of it, and the limits it is read under."""

    work: Work
    found: FoundFile
    known: tuple[str, str] | None
    """SHA-256 and reading of its current revision in the corpus."""
    originals: Path
    """Where originals are kept."""
    settings: IngestSettings
    processes: int = 1
    """Processes that read its pages side by side."""
    on_page: Callable[[int, int], None] | None = None
    """Told how many of how many pages are read; a job for another process has none."""
    spilled: Path | None = None
    """Where the rows of a large file wait for whoever stores them; none takes this machine's temporary folder."""

    def size(self) -> int:
        """Bytes of the file as it is now, 0 where that cannot be told."""
        try:
            return self.found.file.stat().st_size
        except OSError:
            return 0

    def is_pdf(self) -> bool:
        """Does the file open like a PDF?"""
        try:
            with self.found.file.open("rb") as file:
                return is_pdf(file.read(PDF_WINDOW))
        except OSError:
            return False


def reading_of(parser: str, job: FileJob, *, ocr: str = "") -> str:
    """All that decides what is read from the same bytes: parser, kind of work, header map, and what the settings say.

    Of settings only those that this file's reading used: the OCR of a scan, the threshold of dialogues, changed limits.
    """
    declaration, threshold = job.work.declaration, job.settings.paediatric_threshold
    parts = [parser, declaration.source.kind]
    if declaration.columns:
        parts.append(content_id("columns", canonical_json(declaration.columns)))
    if changed := job.settings.limits.changed_parts():
        parts.append(f"limits={content_id('limits', canonical_json(changed))}")
    if declaration.source.kind in _KINDS_OF_DIALOGUES:
        parts.append(f"paediatric={threshold}")
    return ":".join([*parts, *([f"ocr={ocr}"] if ocr else [])])


def _is_current(job: FileJob, fingerprint: str, parser: str) -> bool:
    """Was the file read before as it would be now? A scan is read anew once another engine, or any, is there."""
    if job.known is None or job.known[0] != fingerprint:
        return False
    before, plain = job.known[1], reading_of(parser, job)
    if not before.startswith(f"{plain}:ocr="):
        return before == plain
    now = ocr_signature(job.settings.ocr, job.settings.ocr_dpi)
    return not now or before == reading_of(parser, job, ocr=now)


def read_file(job: FileJob) -> Parsed | Failure | None:
    """What a file holds, why it cannot be used, or nothing when it is as it was."""
    try:
        original = _original(job)
    except (OSError, InputError) as error:
        return _failure(job, error, fingerprint="")
    parsed = None
    try:
        with _time_limit(job, original):
            parser = choose_parser(original)
            if not _is_current(job, original.sha256, f"{parser.name}@{parser.version}"):
                parsed = _parsed(original, job.spilled)
        keep_original(job.originals, job.found.file, original.sha256, how=job.settings.originals)
    except (OSError, InputError) as error:
        if isinstance(parsed, Spilled):
            parsed.let_go()
        return _failure(job, error, fingerprint=original.sha256)
    return parsed


def _parsed(original: Original, folder: Path | None) -> Parsed:
    """Everything the file holds; of a large one, its passages and triples on disk."""
    stream = stream_original(original) if len(original.data) > STREAMED_BYTES else None
    return parse_original(original) if stream is None else spill(stream, folder)


def probe_file(job: FileJob) -> tuple[Literal["new", "changed", "unchanged"], str] | Failure:
    """What reading the file would do, and the parser that would read it; nothing is parsed or kept."""
    fingerprint = ""
    try:
        original = _original(job)
        fingerprint = original.sha256
        chosen = choose_parser(original)
    except (OSError, InputError) as error:
        return _failure(job, error, fingerprint=fingerprint)
    parser = f"{chosen.name}@{chosen.version}"
    if job.known is None:
        return "new", parser
    return ("unchanged" if _is_current(job, fingerprint, parser) else "changed"), parser


def crashed(job: FileJob) -> Failure:
    """The failure of a file whose reading ended its process, as a broken library may."""
    detail = "ended the process that read it, expected a file that its library can open; leave it out or convert it"
    return _failure(job, InputError(str(job.found.file), "crashed", detail), fingerprint="")


def _original(job: FileJob) -> Original:
    size = job.found.file.stat().st_size
    limit_mb = job.settings.limits.file_mb
    if size > limit_mb << 20:
        detail = f"is {size >> 20} MB, allowed are {limit_mb} MB; split the file, or raise ingest.limits.file_mb"
        raise InputError(str(job.found.file), "too_large", detail)
    declaration = job.work.declaration
    options = ParseOptions(
        ocr=job.settings.ocr,
        ocr_dpi=job.settings.ocr_dpi,
        paediatric_threshold=job.settings.paediatric_threshold,
        jobs=job.processes,
    )
    data = job.found.file.read_bytes()
    limits, on_page = job.settings.limits, _page_listener(job)
    return Original(declaration.source, job.found.path, data, declaration.columns, limits, options, on_page)


def _page_listener(job: FileJob) -> Callable[[int, int], None]:
    """Who hears of each page: the time limit, which starts anew, and whoever the job names."""

    def on_page(done: int, total: int) -> None:
        if signal.getitimer(signal.ITIMER_REAL)[0]:
            signal.setitimer(signal.ITIMER_REAL, job.settings.limits.file_seconds)
        if job.on_page is not None:
            job.on_page(done, total)

    return on_page


@contextmanager
def _time_limit(job: FileJob, original: Original) -> Iterator[None]:
    """Ends a reading that takes too long; only a main thread can be interrupted, and every worker's is one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def too_long(_signal: int, _frame: FrameType | None) -> None:
        limit = f"{job.settings.limits.file_seconds:g} s"
        detail = f"took longer than {limit} for the file or a page of it; split it, or raise ingest.limits.file_seconds"
        raise InputError(original.path, "too_slow", detail)

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, job.settings.limits.file_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _failure(job: FileJob, error: OSError | InputError, *, fingerprint: str) -> Failure:
    source = job.work.declaration.source
    if isinstance(error, InputError):
        reason, detail = error.reason, error.detail
    else:
        reason, detail = (
            "unreadable",
            f"cannot be read or kept: {error.strerror}; check the file, its rights and the disk",
        )
    return Failure(
        stage="ingest",
        where=str(job.found.file),
        source=source.id,
        path=job.found.path,
        reason=reason,
        detail=detail,
        fingerprint=f"{fingerprint}:{source.kind}",
    )
