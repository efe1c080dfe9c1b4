"""Data sets kept in columns: Parquet, and the Arrow files of a Hugging Face `save_to_disk` folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pedcorpus.errors import InputError
from pedcorpus.parse.dialogues import parse_rows
from pedcorpus.parse.json_rows import JsonRow
from pedcorpus.parse.parser import Original, Parsed
from pedcorpus.records import SourceKind

__all__ = ["PARSER", "DialogueArrowParser"]

_PARQUET, _ARROW_FILE, _ARROW_STREAM = b"PAR1", b"ARROW1", b"\xff\xff\xff\xff"
_BATCH_ROWS = 64
_MOST_ROWS = 5_000_000
_EXPANSION, _SMALL_BYTES = 100, 256 << 20
"""Unpacked bytes may be so many times the file's, or the second number; real text packs to a tenth."""


class DialogueArrowParser:
    """Parquet and Arrow in works of kind consultation or dataset."""

    name = "dialogue_arrow"
    version = 1
    suffixes = frozenset({".parquet", ".arrow", ".feather"})
    kinds = frozenset({SourceKind.CONSULTATION, SourceKind.DATASET})

    def recognises(self, original: Original) -> bool:
        return original.data.startswith((_PARQUET, _ARROW_FILE, _ARROW_STREAM))

    def parse(self, original: Original) -> Parsed:
        try:
            return parse_rows(_rows(original), original, f"{self.name}@{self.version}")
        except (pa.ArrowException, OSError, EOFError) as error:
            detail = f"found no sound Parquet or Arrow file ({str(error)[:200]}), expected one; fetch it again"
            raise InputError(original.path, "unreadable", detail) from error


def _rows(original: Original) -> Iterator[JsonRow]:
    number = 0
    for batch in _batches(original):
        _check_size(number + batch.num_rows, 0, original)
        for index in range(batch.num_rows):
            number += 1
            yield JsonRow(_row(batch, index), f"row {number}", None, "")


def _row(batch: pa.RecordBatch, index: int) -> dict[str, Any]:
    """One row at a time: a column of one long repeated text is small in the file and huge as strings."""
    return {name: batch.column(name)[index].as_py() for name in dict.fromkeys(batch.schema.names)}


def _batches(original: Original) -> Iterator[pa.RecordBatch]:
    data = pa.BufferReader(original.data)
    if original.data.startswith(_PARQUET):
        yield from _parquet_batches(pq.ParquetFile(data), original)
    elif original.data.startswith(_ARROW_FILE):
        reader = pa.ipc.open_file(data)
        for index in range(reader.num_record_batches):
            yield reader.get_batch(index)
    else:
        yield from pa.ipc.open_stream(data)


def _parquet_batches(file: pq.ParquetFile, original: Original) -> Iterator[pa.RecordBatch]:
    groups = [file.metadata.row_group(index) for index in range(file.metadata.num_row_groups)]
    _check_size(file.metadata.num_rows, sum(group.total_byte_size for group in groups), original)
    yield from file.iter_batches(batch_size=_BATCH_ROWS)


def _check_size(rows: int, unpacked: int, original: Original) -> None:
    if rows > _MOST_ROWS:
        detail = f"found {rows} rows, allowed are {_MOST_ROWS}; split the file"
        raise InputError(original.path, "too_large", detail)
    if unpacked > max(_EXPANSION * len(original.data), _SMALL_BYTES):
        detail = f"claims {unpacked >> 20} MB unpacked, allowed is {_EXPANSION} times its size; check the file"
        raise InputError(original.path, "expands_too_much", detail)


PARSER = DialogueArrowParser()
