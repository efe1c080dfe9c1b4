"""How long the texts of a version are, counted from its Parquet: a table at a time, whatever its size."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pedcorpus.export.read import SPLITS, View, export_path

__all__ = ["Lengths", "lengths_report", "text_lengths"]


@dataclass(frozen=True)
class Lengths:
    """How many texts of one sort have which length."""

    what: str
    """`question`, `answer`, `text`, `chosen` or `rejected`."""
    of: str
    """Task of a question or answer, kind of a pre-training text, view of an answer in a pair."""
    counts: Mapping[int, int]
    """Texts by length in characters, shortest first."""

    @property
    def texts(self) -> int:
        return sum(self.counts.values())

    def quantile(self, hundredths: int) -> int:
        """The shortest length that `hundredths` of 100 texts do not exceed; of 0, the shortest of all."""
        wanted = max(1, -(-self.texts * hundredths // 100))
        lengths, passed = list(self.counts), list(accumulate(self.counts.values()))
        return lengths[bisect_left(passed, wanted)]


def text_lengths(root: Path) -> list[Lengths]:
    """Lengths in characters of questions and answers by task, pre-training texts by kind, and answers in pairs."""
    found: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for what, names, lengths in _batches(root):
        for name in sorted(set(names)):
            values, counts = np.unique(lengths[np.asarray(names) == name], return_counts=True)
            found[what, name].update(dict(zip(values.tolist(), counts.tolist(), strict=True)))
    order = ("question", "answer", "text", "chosen", "rejected")
    keys = sorted(found, key=lambda key: (order.index(key[0]), key[1]))
    return [Lengths(what, of, dict(sorted(found[what, of].items()))) for what, of in keys]


def lengths_report(lengths: Sequence[Lengths]) -> dict[str, Any]:  # JSON values
    """`reports/lengths.json`: the figures of each sort of text."""
    return {
        "unit": "characters",
        "lengths": [
            {
                "what": each.what,
                "of": each.of,
                "texts": each.texts,
                "min": each.quantile(0),
                "median": each.quantile(50),
                "p95": each.quantile(95),
                "max": each.quantile(100),
            }
            for each in lengths
        ],
    }


def _batches(root: Path) -> Iterator[tuple[str, list[str], Any]]:  # arrays of numpy
    """What was measured, the name that each text counts under, and its length."""
    for batch in _read(root, "instructions", ["task", "messages"]):
        tasks = batch.column("task").to_pylist()
        whole, last = _message_chars(batch.column("messages"))
        yield "question", tasks, whole - last
        yield "answer", tasks, last
    for batch in _read(root, "cpt", ["text", "kind"]):
        yield "text", batch.column("kind").to_pylist(), pc.utf8_length(batch.column("text")).to_numpy()
    for batch in _read(root, "dfpo", ["chosen", "rejected"]):
        for name in ("chosen", "rejected"):
            yield name, ["dfpo"] * batch.num_rows, _message_chars(batch.column(name))[0]


def _read(root: Path, view: View, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    for split in SPLITS:
        path = root / export_path(view, split)
        if path.exists():
            with pq.ParquetFile(path) as table:
                yield from table.iter_batches(batch_size=4096, columns=list(columns))


def _message_chars(column: pa.ListArray) -> tuple[Any, Any]:  # arrays of numpy
    """Characters of each conversation, and of its last message."""
    contents = column.flatten().field("content")
    ends = np.cumsum(column.value_lengths().to_numpy())
    sums = np.concatenate(([0], np.cumsum(pc.utf8_length(contents).to_numpy(), dtype=np.int64)))
    starts = np.concatenate(([0], ends[:-1]))
    return sums[ends] - sums[starts], sums[ends] - sums[ends - 1]
