"""What each row of a view is and whose work it comes from, read a batch at a time, without its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from pedcorpus.export import Export, Split, View
from pedcorpus.tasks import task_names, task_of

__all__ = ["RowLabels", "row_labels"]

_BATCH = 16384


@dataclass(frozen=True)
class RowLabels:
    """Rows by what they are and where from."""

    pairs: tuple[tuple[str, str], ...]
    """Kind or task, and source; the source is empty where it was not asked for."""
    codes: NDArray[np.int32]
    """Place in `pairs` of each row."""

    def counts(self, codes: NDArray[np.int32]) -> dict[str, int]:
        """How many of each kind or task there are among `codes`, by name."""
        found: dict[str, int] = {}
        for code, count in enumerate(np.bincount(codes, minlength=len(self.pairs)).tolist()):
            found[self.pairs[code][0]] = found.get(self.pairs[code][0], 0) + count
        return dict(sorted((name, count) for name, count in found.items() if count))


def row_labels(export: Export, view: View, split: Split, *, with_sources: bool) -> RowLabels | None:
    """Labels of a view's rows in their order; none for a view whose rows say nothing of themselves.

    `sft` repeats the instructions row for row, and `mue` those that train experts: what they are, these say.
    """
    if view == "cpt":
        parts = _parts(export, "cpt", split, ["kind", *(["source"] if with_sources else [])])
    elif view in ("sft", "mue"):
        columns = ["task", *(["evidence.list.element.source"] if with_sources else [])]
        parts = _parts(export, "instructions", split, columns)
    else:
        return None
    places: dict[tuple[str, str], int] = {}
    wanted = _tasks_of_experts() if view == "mue" else None
    codes = [
        _coded(part if wanted is None else part.filter(pc.is_in(part.column(0), wanted)), places) for part in parts
    ]
    return RowLabels(tuple(places), np.concatenate(codes) if codes else np.zeros(0, np.int32))


def _parts(export: Export, view: View, split: Split, columns: list[str]) -> Iterator[pa.RecordBatch]:
    path = export.view_file(view, split)
    if path is not None:
        with pq.ParquetFile(path) as table:
            yield from table.iter_batches(batch_size=_BATCH, columns=columns)


def _coded(part: pa.RecordBatch, places: dict[tuple[str, str], int]) -> NDArray[np.int32]:
    names, sources = part.column(0).dictionary_encode(), _sources(part).dictionary_encode()
    width = max(len(sources.dictionary), 1)
    joined = names.indices.to_numpy().astype(np.int64) * width + sources.indices.to_numpy()
    found, inverse = np.unique(joined, return_inverse=True)
    kinds, works = names.dictionary.to_pylist(), sources.dictionary.to_pylist()
    pairs = [(kinds[code // width], works[code % width]) for code in found.tolist()]
    return np.array([places.setdefault(pair, len(places)) for pair in pairs], np.int32)[inverse]


def _tasks_of_experts() -> pa.Array:
    return pa.array([name for name in task_names() if task_of(name).record.trains_experts], pa.string())


def _sources(part: pa.RecordBatch) -> pa.Array:
    """The first work that each row rests on; empty where none was asked for, or it rests on none."""
    if part.num_columns == 1:
        return pa.array([""] * len(part), pa.string())
    column = part.column(1)
    if pa.types.is_string(column.type):
        return column
    offsets = column.offsets.to_numpy()
    named = np.append(column.values.field("source").to_numpy(zero_copy_only=False), "")
    return pa.array(
        np.where(offsets[1:] > offsets[:-1], named[np.minimum(offsets[:-1], len(named) - 1)], ""), pa.string()
    )
