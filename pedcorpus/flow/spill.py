"""A graph too large to hold: its records go by one at a time, and its statements wait in a file of their own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pedcorpus.corpus import spill_triples
from pedcorpus.parse import Parsed, Stream
from pedcorpus.records import Failure, Passage, Triple

__all__ = ["STREAMED_BYTES", "Spilled", "spill"]

STREAMED_BYTES = 4 << 20
"""Graphs above this size are read as a stream; a smaller one fits in memory as records."""


@dataclass(frozen=True)
class Spilled(Parsed):
    """A file whose triples wait on disk; whoever stores them deletes the file."""

    triples_file: Path = Path()


def spill(stream: Stream, *, reading: str) -> Spilled:
    """What `stream` holds, its triples in a temporary file.

    Raises:
        InputError: the file as a whole cannot be used; nothing is left behind.
    """
    descriptor, name = tempfile.mkstemp(prefix="pedcorpus-", suffix=".parquet")
    os.close(descriptor)
    file = Path(name)
    passages: list[Passage] = []
    failures: list[Failure] = []

    def triples() -> Iterator[Triple]:
        for record in stream.records:
            if isinstance(record, Triple):
                yield record
            elif isinstance(record, Passage):
                passages.append(record)
            else:
                failures.append(record)

    try:
        spill_triples(file, triples(), reading=reading)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    return Spilled(stream.document, tuple(passages), failures=tuple(failures), triples_file=file)
