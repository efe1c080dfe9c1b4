"""`reports/contamination.json`: which rows and texts that are trained on hold an item of an evaluation set.

Finding them is left to whoever hands in a finder: this room counts and tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pedcorpus.export.counts import counted
from pedcorpus.export.read import export_path
from pedcorpus.export.release import Conversations, OverlapFinder
from pedcorpus.records import EvaluationSet, Overlap

__all__ = ["contamination_report", "told_overlaps"]

_BATCH = 2048


def contamination_report(finder: OverlapFinder | None, folder: Path) -> dict[str, Any]:  # JSON values
    """The report on the training rows and plain pre-training texts of the tables in `folder`."""
    if finder is None:
        return told_overlaps((), {}, [], rows=0, texts=0)
    found: list[Overlap] = []
    rows = 0
    for spoken in _conversations(folder / export_path("instructions", "train")):
        found += finder.of_conversations(spoken)
        rows += len(spoken.ids)
    texts = _Counting(_plain_texts(folder / export_path("cpt", "train")))
    found += finder.of_texts(texts)
    return told_overlaps(finder.sets, finder.compared_by, found, rows=rows, texts=texts.count)


class _Counting:
    """Texts, counted as they go by."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.count = 0
        self._texts = texts

    def __iter__(self) -> Iterator[str]:
        for text in self._texts:
            self.count += 1
            yield text


def _batches(path: Path, columns: list[str]) -> Iterator[pa.RecordBatch]:
    if path.exists():
        with pq.ParquetFile(path) as table:
            yield from table.iter_batches(batch_size=_BATCH, columns=columns, use_threads=False)


def _conversations(path: Path) -> Iterator[Conversations]:
    for batch in _batches(path, ["id", "task", "topic", "messages"]):
        ids, tasks, topics, spoken = (column.to_pylist() for column in batch.columns)
        sides = [_sides(messages) for messages in spoken]
        yield Conversations(ids, tasks, topics, [asked for asked, _ in sides], [answered for _, answered in sides])


def _sides(messages: Sequence[Mapping[str, str]]) -> tuple[str, str]:
    asked = (message["content"] for message in messages if message["role"] == "user")
    answered = (message["content"] for message in messages if message["role"] == "assistant")
    return "\n".join(asked), "\n".join(answered)


def _plain_texts(path: Path) -> Iterator[str]:
    for batch in _batches(path, ["text", "kind"]):
        yield from batch.filter(pc.not_equal(batch.column("kind"), "instruction")).column("text").to_pylist()


def told_overlaps(
    sets: Sequence[EvaluationSet], compared_by: Mapping[str, float], found: Sequence[Overlap], *, rows: int, texts: int
) -> dict[str, Any]:  # JSON values
    """Sets, what was checked, counts by set and task, and each matched pair with both its sides."""
    return {
        "sets": [each.model_dump(mode="json") for each in sets],
        "compared_by": dict(compared_by),
        "checked": {"rows": rows, "pretraining_texts": texts},
        "matched": {
            "rows": len({each.row for each in found if each.said_by != "text"}),
            "pretraining_texts": len({each.row for each in found if each.said_by == "text"}),
        },
        "by_set": {
            each.name: {
                "items": len({pair.item for pair in found if pair.set == each.name}),
                "rows": len({pair.row for pair in found if pair.set == each.name}),
            }
            for each in sets
        },
        "by_task": counted(task for task, _ in sorted({(each.task, each.row) for each in found})),
        "overlaps": [each.model_dump(mode="json") for each in found],
    }
