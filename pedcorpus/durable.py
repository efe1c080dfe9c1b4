"""Making what was written outlast a power cut."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["sync"]


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
