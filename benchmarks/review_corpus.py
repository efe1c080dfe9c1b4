"""A corpus of any size to measure a review on: `python -m benchmarks.review_corpus FOLDER [--rows N]`.

Everything is there that the queue, an item and a status are read from: works, files, passages, instructions of the
three tasks, fifteen findings each (3 % warnings, 1 % errors), and a tenth as many decisions of eight reviewers, some of
them edits. A million rows take some minutes; a folder that holds so many already is left as it is.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np

from benchmarks.corpus_command import making_command
from benchmarks.corpus_tables import add_shelf, evidence_table, finding_table, instruction_table, pass_table
from benchmarks.review_rows import Made, instructions, make_shelf
from pedcorpus.corpus import Corpus, add_decisions, add_instructions, add_verdicts
from pedcorpus.corpus.rows import append_table
from pedcorpus.curate import check_id, checks
from pedcorpus.records import Decision, Instruction, Verdict
from pedcorpus.settings import Workspace, settings_template
from pedcorpus.tasks import instruction_from_json

__all__ = ["REVIEWERS", "review_corpus"]

REVIEWERS = tuple(f"doctor-{number}" for number in range(1, 9))
_BATCH = 50_000
_PASSAGES_A_ROW = 0.1
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
    add_shelf(corpus, shelf)
    names = [check_id(check) for check in checks()]
    drawn = np.random.default_rng(seed)
    made, some = instructions(shelf, rows, seed=seed), list[Made]()
    while batch := list(islice(made, _BATCH)):
        with corpus.unit() as unit:
            append_table(unit, "instruction", instruction_table(batch))
            append_table(unit, "evidence", evidence_table(batch))
            add_verdicts(unit, [finding_table(batch, names, drawn)])
        some += batch[::10]
    with corpus.unit() as unit:
        edits = [edited for edited, _ in _edits(some)]
        add_instructions(unit, edits)
        add_verdicts(unit, [pass_table([edited.id for edited in edits], names)])
        add_decisions(unit, list(_decisions(some, seed)))


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


if __name__ == "__main__":
    sys.exit(making_command(review_corpus))
