"""Where each pair of the view `dfpo` is from, row by row beside it: with its texts there, the whole record."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from pedcorpus.records import Message, Preference

__all__ = ["PAIRS", "pair_of", "pair_row"]

Row = dict[str, Any]  # column values of several types

_TOLD = ("id", "task", "topic", "chosen_from", "rejected_from", "chosen_by")

PAIRS = pa.schema([("split", pa.string()), *((name, pa.string()) for name in _TOLD)])
"""One row for each of `dfpo`, in its order within a split."""


def pair_row(pair: Preference, split: str) -> Row:
    """The row of a pair that stands in `split`."""
    return {"split": split, **{name: getattr(pair, name) for name in _TOLD}}


def pair_of(row: Row, shown: Row) -> Preference:
    """The pair whose row is `row`, and that the view `dfpo` shows as `shown`.

    Raises:
        ValueError: together they are none.
    """
    told = {name: row[name] for name in _TOLD if name != "id"}
    return Preference(
        prompt=tuple(Message.model_validate(message) for message in shown["prompt"]),
        chosen=shown["chosen"][0]["content"],
        rejected=shown["rejected"][0]["content"],
        **told,
    )
