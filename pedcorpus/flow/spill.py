"""A file too large to hold: its records go by one at a time, and its rows wait in a folder of their own."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pedcorpus.corpus import SpillFolder
from pedcorpus.parse import Parsed, Stream
from pedcorpus.records import Failure

__all__ = ["STREAMED_BYTES", "Spilled", "spill"]

STREAMED_BYTES = 4 << 20
"""Files above this size are read as a stream where their parser can; a smaller one fits in memory as records."""


@dataclass(frozen=True)
class Spilled(Parsed):
    """A file whose passages and triples wait on disk; whoever stores them, or does not, lets them go."""

    folder: Path = Path()

    def let_go(self) -> None:
        """Delete what waits."""
        shutil.rmtree(self.folder, ignore_errors=True)


def spill(stream: Stream, place: Path | None = None) -> Spilled:
    """What `stream` holds, its passages and triples in a temporary folder in `place`, else where such folders are.

    Raises:
        InputError: the file as a whole cannot be used; nothing is left behind.
    """
    folder = Path(tempfile.mkdtemp(prefix="pedcorpus-", dir=place))
    failures: list[Failure] = []
    try:
        with SpillFolder(folder) as waiting:
            for record in stream.records:
                if isinstance(record, Failure):
                    failures.append(record)
                else:
                    waiting.add(record)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Spilled(stream.document, failures=tuple(failures), ocr=stream.ocr(), folder=folder)
