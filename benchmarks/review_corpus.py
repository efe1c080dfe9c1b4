"""A corpus of any size to measure a review on: `python -m benchmarks.review_corpus FOLDER [--rows N]`.

Everything is there that the queue, an item and a status are read from: works, files, passages, instructions of the
three tasks, fifteen findings each (3 % warnings, 1 % errors), and a tenth as many decisions of eight reviewers, some of
them edits. A million rows take some minutes; a folder that holds so many already is left as it is.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa

from benchmarks.review_rows import READING, Made, Shelf, instructions, make_shelf
from pedcorpus.corpus import (
    Corpus,
    add_decisions,
    add_document,
    add_instructions,
    add_passages,
    add_source,
    add_verdicts,
)
from pedcorpus.corpus.rows import append_table
from pedcorpus.curate import check_id, checks
from pedcorpus.records import Decision, Instruction, Verdict
from pedcorpus.settings import Workspace, settings_template
from pedcorpus.tasks import instruction_from_json

__all__ = ["REVIEWERS", "review_corpus"]

REVIEWERS = tuple(f"doctor-{number}" for number in range(1, 9))
_BATCH = 50_000
_PASSAGES_A_ROW = 0.1
_WARNINGS, _ERRORS = 0.03, 0.01
_REASONS = {"warning": "rare_character", "error": "not_in_evidence"}
_DETAIL = "「样例」 does not stand in what it cites; edit the sentence, or reject"
_VERDICTS = {Verdict.ACCEPT: 84, Verdict.REJECT: 9, Verdict.DEFER: 3, Verdict.FLAG: 3, Verdict.EDIT: 1}
_BEGAN = datetime(2026, 1, 5, 8, tzinfo=UTC)


def review_corpus(folder: Path, rows: int, *, seed: int = 6) -> Workspace:
    """A workspace whose corpus holds `rows` instructions, made now unless it is there."""
    workspace = Workspace(folder.resolve())
    mark = folder / "made.json"
    told = {"rows": rows, "seed": seed}
    if mark.exists() and json.loads(mark.read_text(encoding="utf-8")) == told:
        Corpus(workspace.corpus_path).prepare()
        return workspace
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    workspace.settings_path.write_text(settings_template(), encoding="utf-8")
    corpus = Corpus(workspace.corpus_path)
    corpus.prepare()
    _fill(corpus, rows, seed)
    mark.write_text(json.dumps(told), encoding="utf-8")
    return workspace


def _fill(corpus: Corpus, rows: int, seed: int) -> None:
    shelf = make_shelf(max(500, int(rows * _PASSAGES_A_ROW)), seed=seed)
    _add_shelf(corpus, shelf)
    names = [check_id(check) for check in checks()]
    drawn = np.random.default_rng(seed)
    made, some = instructions(shelf, rows, seed=seed), list[Made]()
    while batch := list(islice(made, _BATCH)):
        with corpus.unit() as unit:
            append_table(unit, "instruction", _instruction_table(batch))
            append_table(unit, "evidence", _evidence_table(batch))
            add_verdicts(unit, [_finding_table(batch, names, drawn)])
        some += batch[::10]
    with corpus.unit() as unit:
        edits = [edited for edited, _ in _edits(some)]
        add_instructions(unit, edits)
        add_verdicts(unit, [_passes([edited.id for edited in edits], names)])
        add_decisions(unit, list(_decisions(some, seed)))


def _add_shelf(corpus: Corpus, shelf: Shelf) -> None:
    with corpus.unit() as unit:
        for source in shelf.sources:
            add_source(unit, source)
        for document in shelf.documents:
            add_document(unit, document, reading=READING, folder="gone")
        add_passages(unit, shelf.passages, reading=READING)


def _instruction_table(batch: list[Made]) -> pa.Table:
    plain = ("task", "topic", "language", "generator", "parent")
    columns = {name: pa.array([made.fields[name] for made in batch], pa.string()) for name in plain}
    columns |= {
        "id": pa.array([made.id for made in batch]),
        "source": pa.array([made.fields["evidence"][0]["source"] for made in batch]),
        "body": pa.array([made.body for made in batch]),
    }
    return pa.table(columns)


def _evidence_table(batch: list[Made]) -> pa.Table:
    rows = [
        (made.id, place, item["source"], item["document"], item["origin"], item["origin_id"])
        for made in batch
        for place, item in enumerate(made.fields["evidence"])
    ]
    names = ("instruction", "position", "source", "document", "origin", "origin_id")
    return pa.table({name: pa.array(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)})


def _finding_table(batch: list[Made], names: list[str], drawn: np.random.Generator) -> pa.Table:
    """Verdicts as `curate` leaves them: every check on every row, check after check within a portion."""
    ids = [made.id for made in batch]
    chance = drawn.random(len(ids) * len(names))
    severity = np.where(chance < _ERRORS, 2, np.where(chance < _ERRORS + _WARNINGS, 1, 0))
    return _verdicts(ids, names, severity)


def _passes(ids: list[str], names: list[str]) -> pa.Table:
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


def _edits(some: list[Made]) -> Iterator[tuple[Instruction, Made]]:
    """Every hundredth of those that are decided, edited."""
    for made in some[::100]:
        fields = {**made.fields, "parent": made.id, "question": made.fields["question"] + "（已改）"}
        yield instruction_from_json(json.dumps(fields | {"license": "CC-BY-4.0", "tier": "open"}), where=made.id), made


def _decisions(some: list[Made], seed: int) -> Iterator[Decision]:
    chance = Random(seed)
    edited = {made.id: edit.id for edit, made in _edits(some)}
    others = [verdict for verdict in _VERDICTS if verdict is not Verdict.EDIT]
    shares = [_VERDICTS[verdict] for verdict in others]
    for number, made in enumerate(some):
        verdict = Verdict.EDIT if made.id in edited else chance.choices(others, shares)[0]
        yield Decision(
            instruction=made.id,
            reviewer=REVIEWERS[number % len(REVIEWERS)],
            verdict=verdict,
            reason="wrong_fact" if verdict is Verdict.REJECT else "",
            note="请看一下剂量" if verdict is Verdict.FLAG else "",
            edited=edited.get(made.id),
            seconds=round(chance.uniform(3, 90), 1),
            at=_BEGAN + timedelta(seconds=number),
        )


def main() -> int:
    """Makes the corpus and says what it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    given = parser.parse_args()
    began = time.perf_counter()
    workspace = review_corpus(given.folder, given.rows)
    size = workspace.corpus_path.stat().st_size / (1 << 20)
    print(f"{given.rows:,} instructions, {size:,.0f} MiB, {time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
