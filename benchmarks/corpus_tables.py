"""Rows that `review_rows` makes, as the tables of a corpus. Who decided what of them is left to each corpus."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from benchmarks.review_rows import READING, Made, Shelf
from pedcorpus.corpus import Corpus, add_document, add_passages, add_source

__all__ = ["add_shelf", "evidence_table", "finding_table", "instruction_table", "pass_table"]

_WARNINGS, _ERRORS = 0.03, 0.01
_REASONS = {"warning": "rare_character", "error": "not_in_evidence"}
_DETAIL = "「样例」 does not stand in what it cites; edit the sentence, or reject"


def add_shelf(corpus: Corpus, shelf: Shelf) -> None:
    """Add works, files and passages."""
    with corpus.unit() as unit:
        for source in shelf.sources:
            add_source(unit, source)
        for document in shelf.documents:
            add_document(unit, document, reading=READING, folder="gone")
        add_passages(unit, shelf.passages, reading=READING)


def instruction_table(batch: list[Made]) -> pa.Table:
    """Columns of the table `instruction`."""
    plain = ("task", "topic", "language", "generator", "parent")
    columns = {name: pa.array([made.fields[name] for made in batch], pa.string()) for name in plain}
    columns |= {
        "id": pa.array([made.id for made in batch]),
        "source": pa.array([made.fields["evidence"][0]["source"] for made in batch]),
        "body": pa.array([made.body for made in batch]),
    }
    return pa.table(columns)


def evidence_table(batch: list[Made]) -> pa.Table:
    """Columns of the table `evidence`."""
    rows = [
        (made.id, place, item["source"], item["document"], item["origin"], item["origin_id"])
        for made in batch
        for place, item in enumerate(made.fields["evidence"])
    ]
    names = ("instruction", "position", "source", "document", "origin", "origin_id")
    return pa.table({name: pa.array(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)})


def finding_table(batch: list[Made], names: list[str], drawn: np.random.Generator) -> pa.Table:
    """Verdicts as `curate` leaves them: every check on every row, check after check within a portion."""
    ids = [made.id for made in batch]
    chance = drawn.random(len(ids) * len(names))
    severity = np.where(chance < _ERRORS, 2, np.where(chance < _ERRORS + _WARNINGS, 1, 0))
    return _verdicts(ids, names, severity)


def pass_table(ids: list[str], names: list[str]) -> pa.Table:
    """The same, of rows that every check passed."""
    return _verdicts(ids, names, np.zeros(len(ids) * len(names), int))


def _verdicts(ids: list[str], names: list[str], severity: np.ndarray) -> pa.Table:
    place = pa.array(severity)
    reasons, details = ["", *_REASONS.values()], ["", _DETAIL, _DETAIL]
    found = severity > 0
    return pa.table(
        {
            "instruction": pa.array(ids * len(names)),
            "check": pa.array(names).take(pa.array(np.repeat(np.arange(len(names)), len(ids)))),
            "severity": pa.array(["pass", *_REASONS]).take(place),
            "reason": pa.array(reasons).take(place),
            "detail": pa.array(details).take(place),
            "path": pa.array(["", "question", "question"]).take(place),
            "start": pa.array(np.zeros(len(found), np.int32), mask=~found),
            "end": pa.array(np.full(len(found), 4, np.int32), mask=~found),
        }
    )
