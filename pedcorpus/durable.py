"""Making what was written outlast a power cut."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__ = ["sync", "write_whole"]


def sync(path: Path) -> None:
    """The file or folder at `path` is on the disk as it is now; for a folder, the names in it.

    Raises:
        OSError: the disk does not say so.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, text: str) -> None:
    """The file at `path` holds `text`, for this user alone, or is as it was; its name is on the disk after a `sync`.

    A process that is killed meanwhile leaves a hidden file beside it.

    Raises:
        OSError: it cannot be written.
    """
    handle, partial = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
