"""Rows of a file of JSON Lines or Parquet, each with its place; what is in a row is the caller's business."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pedcorpus.errors import UsageError
from pedcorpus.evaluation.run_rows import Raw

__all__ = ["rows_of"]

_BATCH = 1000


def rows_of(path: Path) -> Iterator[tuple[str, str | Raw]]:
    """Every row with its place: the text of a line, or the fields of a table's row.

    Raises:
        UsageError: the file cannot be read to its end.
    """
    try:
        yield from _table(path) if path.suffix.lower() == ".parquet" else _lines(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: byte {error.start + 1} of a line is not UTF-8; save the file as UTF-8") from error
    except pa.ArrowException as error:
        raise UsageError(f"{path}: no Parquet file: {' '.join(str(error).split())}") from error


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            if text.strip():
                yield f"{path.name}:{number}", text


def _table(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    number = 0
    with pq.ParquetFile(path) as table:
        for batch in table.iter_batches(batch_size=_BATCH):
            for row in batch.to_pylist():
                number += 1
                yield f"{path.name}, row {number}", row
