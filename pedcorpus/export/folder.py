"""A folder that exists whole or not at all: written beside its place under a hidden name, then renamed.

A process that is killed leaves a hidden `.NAME.partial` behind. It is locked while its writer lives, so that the
next writer can tell what is abandoned, and clears it away.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pedcorpus.durable import sync
from pedcorpus.errors import ExportError, UsageError

__all__ = ["check_new_version", "move_folder", "new_folder", "scratch_folder", "scratch_path"]

_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")
_SUFFIX = ".partial"


def check_new_version(folder: Path, version: str) -> None:
    """Refuse a version that cannot be the name of a folder in `folder`, or is there already.

    Raises:
        UsageError: empty, with a path in it, with characters that do not travel between systems, or taken.
    """
    if not _VERSION.fullmatch(version) or ".." in version or version.endswith((".", _SUFFIX)):
        raise UsageError(
            f"version {version!r} cannot name a folder: expected up to 64 letters, digits, and . _ + - between them, "
            "as v1 or 2026.1"
        )
    _refuse_existing(folder / version)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to write into, which becomes `target` when the block ends well and vanishes when it does not.

    Raises:
        UsageError: `target` exists, or another process is writing it.
        ExportError: the disk is full or the place cannot be written to.
    """
    _refuse_existing(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear_abandoned(target.parent)
        partial = target.with_name(f".{target.name}{_SUFFIX}")
        with _locked_folder(partial, target):
            try:
                yield partial
                _settle(partial, target)
            except BaseException:
                shutil.rmtree(partial, ignore_errors=True)
                raise
    except OSError as error:
        raise _unwritten(target, error) from error


@contextmanager
def scratch_folder(target: Path) -> Iterator[Path]:
    """A folder beside `target` for what is needed while it is made; it vanishes with the block, or with the next one.

    Raises:
        UsageError: another process is making `target`.
        ExportError: the place cannot be written to.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear_abandoned(target.parent)
        place = scratch_path(target)
        with _locked_folder(place, target):
            try:
                yield place
            finally:
                shutil.rmtree(place, ignore_errors=True)
    except OSError as error:
        raise _unwritten(target, error) from error


def scratch_path(target: Path) -> Path:
    """Where the scratch folder of `target` lies, and what is left of it after a process was killed."""
    return target.with_name(f".{target.name}~scratch{_SUFFIX}")


def move_folder(folder: Path, target: Path) -> None:
    """Make a finished folder of the same disk visible as `target`, whole.

    Raises:
        UsageError: `target` exists.
        ExportError: the place cannot be written to.
    """
    try:
        _move(folder, target)
    except OSError as error:
        raise _unwritten(target, error) from error


def _unwritten(target: Path, error: OSError) -> ExportError:
    return ExportError(f"{target}: could not be written ({error.strerror or error}); nothing was left there")


def _refuse_existing(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise UsageError(f"{target} exists and exports never change; choose another version name")


@contextmanager
def _locked_folder(partial: Path, target: Path) -> Iterator[None]:
    handle = _lock_new(partial)
    if handle is None:
        raise UsageError(f"{target} is being written by another process; wait for it or choose another name")
    try:
        yield
    finally:
        os.close(handle)


def _lock_new(partial: Path) -> int | None:
    """Make and lock a folder; none where it is another's, who may also have cleared it away before it was locked."""
    with suppress(FileExistsError, FileNotFoundError):
        partial.mkdir()
        handle = os.open(partial, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(handle, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if partial.stat().st_ino == os.fstat(handle).st_ino:
                return handle
        os.close(handle)
    return None


def _clear_abandoned(parent: Path) -> None:
    for partial in sorted(parent.glob(f".*{_SUFFIX}")):
        with suppress(BlockingIOError, FileNotFoundError), _open_folder(partial) as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(partial)


@contextmanager
def _open_folder(path: Path) -> Iterator[int]:
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)


def _settle(partial: Path, target: Path) -> None:
    """Make what was written durable, then visible, in this order."""
    for path in sorted(partial.rglob("*")):
        sync(path)
    sync(partial)
    _move(partial, target)


def _move(folder: Path, target: Path) -> None:
    _refuse_existing(target)
    folder.rename(target)
    try:
        sync(target.parent)
    except OSError:  # nobody may rely on what might be gone after a power cut
        with suppress(OSError):
            target.rename(folder)
        raise
