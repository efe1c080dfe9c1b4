"""Counts of a selection, as the manifest and the card state them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from pedcorpus.export.read import SPLITS
from pedcorpus.export.release import Selection

__all__ = ["count_rows", "counted", "counts_of"]


def count_rows(selection: Selection) -> dict[str, dict[str, int]]:
    """Rows by split, task (`medkqa`, and `medkqa/train`), way of acceptance, source, language and licence.

    A row counts for each source that it cites, so the counts of sources may add up to more than the rows.
    """
    keys = selection.keys
    splits = pa.array(SPLITS).take(pa.array(selection.splits))
    tasks = keys.column("task").combine_chunks()
    by_split = counts_of(pc.binary_join_element_wise(tasks, splits, "/"))
    return {
        "splits": counts_of(splits),
        "tasks": dict(sorted((counts_of(tasks) | by_split).items())),
        "acceptance": counts_of(keys.column("acceptance")),
        "sources": counts_of(pc.list_flatten(keys.column("sources"))),
        "languages": counts_of(keys.column("language")),
        "licenses": counts_of(keys.column("license")),
        "topics": {"all": pc.count_distinct(keys.column("topic")).as_py()},
        "left_out": dict(selection.left_out),
    }


def counts_of(column: pa.Array | pa.ChunkedArray) -> dict[str, int]:
    """How often each value of a column occurs, by value."""
    return dict(sorted((item["values"], item["counts"]) for item in column.value_counts().to_pylist()))


def counted(names: Iterable[str]) -> dict[str, int]:
    """How often each name occurs, by name."""
    return dict(sorted(Counter(names).items()))
