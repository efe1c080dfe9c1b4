"""Rows of a view as the trainer reads them: streamed into an Arrow file, mapped from there and never whole in memory.

The file's name says what is in it, so that a resumed run, and the other processes of a run, find it and what the
trainer has made of it. Imports `datasets` when called.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pedcorpus.training.drawing import Numbers

if TYPE_CHECKING:
    from datasets import Dataset

__all__ = ["ROW_FILES", "load_rows", "row_batches"]

ROW_FILES = "rows"
"""Folder of them, in the folder of their phase, until that is done."""
_BATCH = 4096


def load_rows(table: Path, folder: Path, *, columns: Sequence[str], rows: Numbers) -> Dataset:
    """Columns of a view's rows, through a file in `folder`; `rows` are numbers, ascending, some several times."""
    from datasets import Dataset
    from datasets.table import MemoryMappedTable

    told = _fingerprint(table, columns, rows)
    path = folder / f"{table.stem}-{told}.arrow"
    if not path.exists():
        folder.mkdir(exist_ok=True)
        _write(path, table, columns, rows)
    return Dataset(MemoryMappedTable.from_file(str(path)), fingerprint=told)


def _fingerprint(table: Path, columns: Sequence[str], rows: Numbers) -> str:
    with table.open("rb") as file:
        of_table = file_digest(file, "sha256").hexdigest()
    told = "\n".join([of_table, *columns]).encode()
    return sha256(told + rows.astype(np.int64).tobytes()).hexdigest()[:16]


def _write(path: Path, table: Path, columns: Sequence[str], rows: Numbers) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    fields = pq.read_schema(table)
    schema = pa.schema([fields.field(name) for name in columns])
    with pa.OSFile(str(draft), "wb") as file, pa.ipc.new_stream(file, schema) as writer:
        for part in row_batches(table, columns, rows):
            writer.write_batch(part)
    draft.replace(path)


def row_batches(table: Path, columns: Sequence[str], rows: Numbers) -> Iterator[pa.RecordBatch]:
    """Columns of the rows with these numbers, ascending, a batch at a time."""
    start = 0
    with pq.ParquetFile(table) as source:
        for part in source.iter_batches(batch_size=_BATCH, columns=list(columns)):
            if len(rows) and start > rows[-1]:
                return
            first, end = np.searchsorted(rows, [start, start + len(part)])
            if end > first:
                numbers = rows[first:end] - start
                is_whole = np.array_equal(numbers, np.arange(len(part)))
                chosen = part if is_whole else part.take(pa.array(numbers))
                yield chosen.select(list(columns))
            start += len(part)
