"""Texts in the order of a hash, in memory that hardly grows with them: parted by the hash's start, each part sorted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

__all__ = ["HASH", "Hashes", "SortedTexts", "hashes_of"]

Hashes = NDArray[np.bytes_]
HASH = pa.binary(10)

_PARTS = 16
_LZ4 = pa.ipc.IpcWriteOptions(compression="lz4")


def hashes_of(column: pa.ChunkedArray) -> Hashes:
    """A column of hashes, ten bytes each, as an array that sorts as they do."""
    parts = [np.frombuffer(part.buffers()[1], "S10")[part.offset : part.offset + len(part)] for part in column.chunks]
    return np.concatenate([np.zeros(0, "S10"), *parts])


class SortedTexts:
    """A table that comes in any order, and goes by its column `key`, hashes of some bytes each."""

    def __init__(self, folder: Path, schema: pa.Schema) -> None:
        self._folder, self._schema = folder, schema
        self._closing = ExitStack()
        self._writers: dict[int, pa.RecordBatchFileWriter] = {}

    def add(self, table: pa.Table) -> None:
        """More rows."""
        parts = hashes_of(table.column("key")).astype("S1").view(np.uint8) // (256 // _PARTS)
        for part in np.unique(parts).tolist():
            self._writer(part).write_table(table.filter(pa.array(parts == part)))

    def _writer(self, part: int) -> pa.RecordBatchFileWriter:
        if part not in self._writers:
            self._folder.mkdir(parents=True, exist_ok=True)
            opened = pa.ipc.new_file(str(self._path(part)), self._schema, options=_LZ4)
            self._writers[part] = self._closing.enter_context(opened)
        return self._writers[part]

    def _path(self, part: int) -> Path:
        return self._folder / f"{part:02}.arrow"

    def parts(self) -> Iterator[pa.Table]:
        """All rows, by key; nothing is left behind."""
        self._closing.close()
        for part in sorted(self._writers):
            with pa.OSFile(str(self._path(part))) as stream, pa.ipc.open_file(stream) as opened:
                yield opened.read_all().sort_by("key")
            self._path(part).unlink()
