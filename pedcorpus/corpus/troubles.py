"""What DuckDB and the operating system say of a corpus file, put so that a user knows what happened and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from pedcorpus.errors import CorpusBusy, CorpusError, CorpusTrouble

__all__ = ["busy", "gone", "is_held", "no_corpus_here", "told"]

_HELD = ("could not set lock", "conflicting lock", "being used by another process", "unique file handle conflict")
_HOLDER = re.compile(r"held in (?P<program>.+?) \(PID (?P<process>\d+)\)")

_SAID: tuple[tuple[CorpusTrouble, tuple[str, ...]], ...] = (
    ("full", ("no space left on device", "disk quota exceeded", "file too large")),
    ("gone", ("does not exist", "no such file or directory", "stale file handle", "not connected", "not a directory")),
    ("read_only", ("permission denied", "read-only file system", "operation not permitted", "read-only mode")),
    ("damaged", ("not a valid duckdb", "enough bytes", "corrupt", "checksum", "input/output error", "serializ")),
)
"""In small letters. The first that fits says what it is."""

_TOLD: dict[CorpusTrouble, str] = {
    "full": "the disk is full, nothing of this step was stored; free some space and try again",
    "gone": "the corpus is not there any more, moved or its drive is off; put it back and try again",
    "read_only": "may not be written, nothing was stored; give yourself write access to the file and its folder, "
    "then try again",
    "damaged": "damaged, or its drive is failing ({said}); stop, and restore the folder from a backup",
    "memory": "not enough memory ({said}); close other programs and try again",
}


def told(path: Path, error: duckdb.Error) -> CorpusError:
    """What `error` means for a user of the corpus at `path`."""
    if is_held(error):
        return busy(path, error)
    said = _first_line(error)
    trouble = _trouble(error)
    text = _TOLD.get(trouble, "{said}").format(said=said)
    return CorpusError(f"{path}: {text}", trouble=trouble)


def gone(path: Path) -> CorpusError:
    """It was there, and is no more."""
    return CorpusError(f"{path}: {_TOLD['gone']}", trouble="gone")


def _trouble(error: duckdb.Error) -> CorpusTrouble:
    if isinstance(error, duckdb.OutOfMemoryException):
        return "memory"
    if not isinstance(error, duckdb.OperationalError | duckdb.InternalError | duckdb.FatalException):
        return "other"  # what a query says of itself is no trouble with the file
    whole = str(error).lower()
    return next((trouble for trouble, signs in _SAID if any(sign in whole for sign in signs)), "other")


def is_held(error: duckdb.Error) -> bool:
    """Does another process, or another part of this one, hold the file?"""
    return any(sign in str(error).lower() for sign in _HELD)


def busy(path: Path, error: duckdb.Error | None = None, *, waited_s: float | None = None) -> CorpusBusy:
    """Nobody gave the file back in time; `error` may name the program that has it."""
    holder = _HOLDER.search(str(error)) if error else None
    who = f"{Path(holder['program']).name} (process {holder['process']})" if holder else "another process"
    waited = "" if waited_s is None else f" for {waited_s:.0f} s"
    return CorpusBusy(f"{path}: held by {who}{waited}; try again when that ends")


def no_corpus_here(path: Path) -> CorpusError:
    """There never was one, as far as we know."""
    advice = "run `pedcorpus ingest FOLDER`, or name one with --workspace"
    return CorpusError(f"{path}: no corpus here; {advice}", trouble="gone")


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
