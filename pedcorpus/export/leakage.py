"""How much of what is held out can be read in training, in numbers; computed from the tables as they were written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pedcorpus.export.read import SPLITS, Split, View, export_path
from pedcorpus.export.shingles import SHINGLE_CHARS, Places, ShingleIndex
from pedcorpus.tasks import task_of

__all__ = ["leakage_report", "texts_of"]

_HELD_OUT: tuple[Split, ...] = ("validation", "test")
_BATCH = 2048
_HELD_CHARS = 1 << 24
"""So many characters of held-out texts are compared at a time."""
Texts = Callable[[], Iterator[Sequence[str]]]
"""A stream of batches that can be asked for again."""


def leakage_report(folder: Path, *, left_out: int) -> dict[str, Any]:  # JSON values
    """`reports/leakage.json` of the tables in `folder`; `left_out` rows are not in it lest a row change its split."""

    def texts(view: View, told: str, *splits: Split) -> Texts:
        return lambda: (each for split in splits for each in texts_of(folder / export_path(view, split), told))

    answers, questions = texts("instructions", "answer", *_HELD_OUT), texts("instructions", "question", *_HELD_OUT)
    in_answers, in_pretraining = _overlaps(
        answers, [texts("instructions", "answer", "train"), texts("cpt", "text", "train")]
    )
    (in_questions,) = _overlaps(questions, [texts("instructions", "question", "train")])
    report: dict[str, Any] = {"shingle_chars": SHINGLE_CHARS, "rows_left_out_to_keep_splits": left_out}
    keys = {split: _keys(folder / export_path("instructions", split)) for split in SPLITS}
    report["task_shares"] = {split: _task_shares(keys[split]) for split in SPLITS}
    first = 0
    for split in _HELD_OUT:
        own = slice(first, first := first + len(keys[split]))
        report[split] = {
            "rows": len(keys[split]),
            "answers_in_train_answers": in_answers.told(own),
            "answers_in_pretraining_text": in_pretraining.told(own),
            "questions_in_train_questions": in_questions.told(own),
            "shared": _shared(keys[split], keys["train"]),
        }
    return report


def texts_of(path: Path, told: str) -> Iterator[list[str]]:
    """Texts of a table, in batches: its column `text`, or what a row's user (`question`) or assistant (`answer`) says.

    An answer is told without the task's fixed safety line, which all answers may share.
    """
    if not path.exists():
        return
    columns = ["text"] if told == "text" else ["messages", "task", "language"]
    with pq.ParquetFile(path) as table:
        for batch in table.iter_batches(batch_size=_BATCH, columns=columns, use_threads=False):
            yield batch.column("text").to_pylist() if told == "text" else _said(batch, told)


def _said(batch: pa.RecordBatch, told: str) -> list[str]:
    messages = batch.column("messages")
    ends = messages.offsets.to_numpy()[1:]
    said = messages.values.take(pa.array(ends - (2 if told == "question" else 1)))  # the last is the answer
    texts: list[str] = pc.struct_field(said, "content").to_pylist()
    if told == "question":
        return texts
    names = zip(batch.column("task").to_pylist(), batch.column("language").to_pylist(), strict=True)
    return [_without(text, _safety_line(*name)) for text, name in zip(texts, names, strict=True)]


def _without(text: str, line: str) -> str:
    return text.replace(line, "") if line else text


@cache
def _safety_line(task: str, language: str) -> str:
    return task_of(task).safety_lines.get(language, "")


@dataclass(frozen=True)
class _Overlap:
    """Of each held-out text, how many of its shingles stand in some training texts, and how many it has."""

    shared: Places
    total: Places

    def told(self, rows: slice) -> dict[str, float | int]:
        """The overlap of some of the texts."""
        shared, total = self.shared[rows], self.total[rows]
        part, whole = int(shared.sum()), int(total.sum())
        return {
            "shingles": whole,
            "shared_shingles": part,
            "share": round(part / whole, 4) if whole else 0.0,
            "rows_with_any": int((shared > 0).sum()),
            "rows_half_or_more": int(((2 * shared >= total) & (total > 0)).sum()),
            "rows_whole": int(((shared == total) & (total > 0)).sum()),
        }


def _overlaps(held_out: Texts, trains: Sequence[Texts]) -> list[_Overlap]:
    """The overlap of the held-out texts with each of `trains`, which are gone through once for each part of them."""
    parts = 1 + sum(len(text) for batch in held_out() for text in batch) // _HELD_CHARS
    found = [_overlaps_of_part(held_out, trains, part, parts) for part in range(parts)]
    return [
        _Overlap(np.sum([each.shared for each in same], axis=0), np.sum([each.total for each in same], axis=0))
        for same in zip(*found, strict=True)
    ]


def _overlaps_of_part(held_out: Texts, trains: Sequence[Texts], part: int, parts: int) -> list[_Overlap]:
    index, found = ShingleIndex(held_out(), part=part, parts=parts), []
    for train in trains:
        for batch in train():
            index.see(batch)
        found.append(_Overlap(*index.overlaps()))
        index.forget()
    return found


def _keys(path: Path) -> pa.Table:
    names = ["task", "topic", "group", "cluster"]
    if not path.exists():
        return pa.table({name: pa.array([], pa.string()) for name in names})
    return pq.read_table(path, columns=names)


def _task_shares(keys: pa.Table) -> dict[str, float]:
    counts = sorted((item["values"], item["counts"]) for item in keys.column("task").value_counts().to_pylist())
    return {task: round(count / len(keys), 4) for task, count in counts}


def _shared(held_out: pa.Table, train: pa.Table) -> dict[str, int]:
    """How many sections, clusters and topics stand on both sides; the first two are 0 by construction."""
    return {
        f"{name}s": int(pc.sum(pc.is_in(held_out.column(name).unique(), train.column(name).unique())).as_py() or 0)
        for name in ("group", "cluster", "topic")
    }
