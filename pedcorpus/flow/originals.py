"""Originals: the bytes behind every document, found by their hash wherever their folder has moved.

    <workspace>/originals/ab/abcdef….pdf

A page can be shown and a version rebuilt years later, because what is kept is named by its SHA-256 and checked on use.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Literal

from pedcorpus.corpus import StoredDocument
from pedcorpus.errors import InputError, UsageError
from pedcorpus.settings import Workspace

__all__ = ["keep_original", "original_bytes"]


def _place(originals: Path, digest: str, suffix: str) -> Path:
    return originals / digest[:2] / f"{digest}{suffix.lower()}"


def keep_original(originals: Path, file: Path, digest: str, *, how: Literal["copy", "link", "none"]) -> None:
    """Keep `file`, whose SHA-256 is `digest`, whole or not at all; a hard link falls back to a copy across disks.

    Raises:
        OSError: the disk is full or not writable.
        InputError: the file has changed since it was read.
    """
    place = _place(originals, digest, file.suffix)
    if how == "none" or place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    partial = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        if how == "copy" or not _linked(file, partial):
            shutil.copyfile(file, partial)
        if _digest(partial) != digest:
            detail = "changed while it was read, expected a file that nobody writes to; ingest it again"
            raise InputError(str(file), "changed_while_read", detail)
        partial.replace(place)
    finally:
        partial.unlink(missing_ok=True)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _linked(file: Path, target: Path) -> bool:
    try:
        target.hardlink_to(file)
    except OSError:
        return False
    return True


def original_bytes(workspace: Workspace, stored: StoredDocument) -> bytes:
    """The document's bytes, from the kept file or from where it was read.

    Raises:
        UsageError: neither holds these bytes any more.
    """
    document = stored.document
    for file in _candidates(workspace, stored):
        try:
            data = file.read_bytes()
        except OSError:
            continue
        if sha256(data).hexdigest() == document.id:
            return data
    if stored.is_excerpt:
        raise UsageError(
            f"{document.path} of {document.source}: pages and files do not travel with an export, and this one came "
            f"with {stored.folder}; with the work at hand, ingest its folder here"
        )
    raise UsageError(
        f"{document.path} of {document.source}: its original ({document.id[:12]}…) is neither kept in "
        f"{workspace.originals} nor in {stored.folder} as it was read; ingest its folder again"
    )


def _candidates(workspace: Workspace, stored: StoredDocument) -> Iterator[Path]:
    yield _place(workspace.originals, stored.document.id, Path(stored.document.path).suffix)
    yield Path(stored.folder) / stored.document.path
