"""One process at a time over the files of a folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["folder_turn"]


@contextmanager
def folder_turn(folder: Path) -> Iterator[None]:
    """Waits until nobody else has the turn at `folder`; whoever ends, or is killed, gives it back.

    Raises:
        OSError: there is no such folder, or it cannot be opened.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
