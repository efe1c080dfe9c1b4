"""Trouble with the copy of the corpus that an export is made of: it lies beside the version, and is told as such."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pedcorpus.errors import CorpusError, CorpusTrouble, ExportError

__all__ = ["copy_troubles"]

_SAID: dict[CorpusTrouble, str] = {
    "full": "the disk is full",
    "gone": "what was written there is gone, with its drive or its folder",
    "read_only": "it may not be written",
    "damaged": "what was written there cannot be read back",
}


@contextmanager
def copy_troubles(target: Path, scratch: Path) -> Iterator[None]:
    """Tell trouble with a copy in `scratch` as trouble with the place of `target`, for the corpus itself is sound.

    Raises:
        ExportError: the copy cannot be written, or read back.
    """
    try:
        yield
    except CorpusError as error:
        if error.trouble not in _SAID or not str(error).startswith(str(scratch)):
            raise
        said = _SAID[error.trouble]
        raise ExportError(f"{target}: could not be written ({said}); nothing was left there") from error
