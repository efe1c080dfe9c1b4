"""An export's test split as questions, with their references, evidence and records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow.parquet as pq

from pedcorpus.errors import ExportError
from pedcorpus.evaluation.questions.question import Asked, Question, Quoted
from pedcorpus.export import SPLITS, Export, record_of
from pedcorpus.records import Message

__all__ = ["questions_of_export"]

Row = Mapping[str, Any]  # columns of `instructions`


def questions_of_export(export: Export) -> Asked:
    """Every row of the test split; its topic is held out where no row of another split is about it.

    Raises:
        ExportError: it has no test split, or a row of it is no record.
    """
    if export.view_file("instructions", "test") is None:
        raise ExportError(
            f"{export.root}: has no row in its test split; export more, or raise export.test_share in pedcorpus.toml"
        )
    trained = _topics(export)
    found = [_question(row, trained, f"{export.root}: {row['id']}") for row in export.rows("instructions", "test")]
    return Asked(export.manifest.version, export.sha256, found)


def _topics(export: Export) -> set[str]:
    """What the rows are about that a model of this export may have seen."""
    paths = [export.view_file("instructions", split) for split in SPLITS if split != "test"]
    return {topic for path in paths if path for topic in pq.read_table(path, columns=["topic"]).column(0).to_pylist()}


def _question(row: Row, trained: set[str], where: str) -> Question:
    *asked, answer = (Message(**turn) for turn in row["messages"])
    record = record_of(dict(row), where=where)
    return Question(
        id=row["id"],
        messages=tuple(asked),
        reference=answer.content,
        task=row["task"],
        topic=row["topic"],
        language=row["language"],
        evidence=tuple(Quoted(each.source, each.quote, each.address.place) for each in record.evidence),
        record=record,
        is_held_out=row["topic"] not in trained,
    )
