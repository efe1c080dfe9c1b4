"""Holds each row of a finished version against itself: its id is the hash of what it says, and `sft` repeats it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from pedcorpus.errors import PedcorpusError
from pedcorpus.export.read import SPLITS, Export, Split
from pedcorpus.records import Instruction, canonical_json
from pedcorpus.tasks import instruction_from_json

__all__ = ["record_of", "row_problems"]

_COLUMNS = ("task", "topic", "evidence", "language", "license", "tier", "generator", "parent")
"""Fields of a record that are columns of their own."""

Row = dict[str, Any]  # JSON values


def record_of(row: Row, *, where: str) -> Instruction:
    """The record that a row of `instructions` was made of.

    Raises:
        InputError: it is none.
    """
    body = json.loads(row["fields"]) | {name: row[name] for name in _COLUMNS}
    return instruction_from_json(canonical_json(body), where=where)


def row_problems(export: Export) -> Iterator[str]:
    """Rows whose id is not the hash of what they say, or whose conversation is not what they say."""
    for split in SPLITS:
        rows, shown = export.rows("instructions", split), export.rows("sft", split)
        for row, example in zip_longest(rows, shown):
            if row is None or example is None:
                return  # counts tell it
            yield from _problems(export, split, row, example)


def _problems(export: Export, split: Split, row: Row, example: Row) -> Iterator[str]:
    where = f"{export.root}/instructions/{split}.parquet: {row['id']}"
    try:
        record = record_of(row, where=where)
    except PedcorpusError as error:
        yield str(error)
        return
    if record.id != row["id"]:
        yield f"{where}: what it says has the id {record.id}"
    said = [{"role": message.role, "content": message.content} for message in record.messages]
    if row["messages"] != said:
        yield f"{where}: its messages are not what its fields say"
    if [*example["prompt"], *example["completion"]] != row["messages"]:
        yield f"{where}: the view sft says something else in its place"
