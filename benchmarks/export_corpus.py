"""A corpus of any number of accepted instructions to measure an export on.

As `review_corpus` makes one, but in sections: an instruction quotes passages of the disease that it is about, as those
of a real shelf do, so that there is something to split. Every row is accepted in bulk; rows that a model wrote name the
reply that they were made of. The same numbers give the same corpus; a folder that holds it already is left as it is.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.corpus_command import making_command
from benchmarks.corpus_tables import add_shelf, evidence_table, finding_table, instruction_table
from benchmarks.review_rows import Made, Shelf, instructions, make_shelf
from pedcorpus.corpus import Corpus, Unit, add_verdicts
from pedcorpus.corpus.rows import append_table
from pedcorpus.curate import check_id, checks
from pedcorpus.records import content_id
from pedcorpus.settings import Workspace

__all__ = ["export_corpus"]

_BATCH = 50_000
_PASSAGES_A_ROW = 0.1
_AT = datetime(2026, 1, 5, 8, tzinfo=UTC).replace(tzinfo=None)


def export_corpus(folder: Path, rows: int, *, seed: int = 7, rule_pairs: int | None = None) -> Workspace:
    """A workspace of `rows` accepted instructions of which nothing was exported yet; made now unless it is there."""
    workspace = Workspace(folder.resolve())
    mark, told = folder / "made.json", {"rows": rows, "seed": seed}
    if not mark.exists() or json.loads(mark.read_text(encoding="utf-8")) != told:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        corpus = Corpus(workspace.corpus_path)
        corpus.prepare()
        _fill(corpus, rows, seed)
        mark.write_text(json.dumps(told), encoding="utf-8")
    own = "" if rule_pairs is None else f"[export]\nrule_pairs = {rule_pairs}\n"
    workspace.settings_path.write_text(own, encoding="utf-8")
    corpus = Corpus(workspace.corpus_path)
    corpus.prepare()
    with corpus.unit() as unit:
        for table in ("export_item", "export"):
            unit.execute(f"DELETE FROM {table}")
    return workspace


def _fill(corpus: Corpus, rows: int, seed: int) -> None:
    shelf = make_shelf(max(500, int(rows * _PASSAGES_A_ROW)), seed=seed)
    add_shelf(corpus, shelf)
    names = [check_id(check) for check in checks()]
    drawn = np.random.default_rng(seed)
    made = _by_section(shelf, rows, seed)
    while batch := list(islice(made, _BATCH)):
        with corpus.unit() as unit:
            append_table(unit, "instruction", instruction_table(batch))
            append_table(unit, "evidence", evidence_table(batch))
            add_verdicts(unit, [finding_table(batch, names, drawn)])
            append_table(unit, "decision", _acceptances(batch))
            _add_requests(unit, batch)


def _by_section(shelf: Shelf, rows: int, seed: int) -> Iterator[Made]:
    """Rows about one topic after the other, each quoting passages under a heading that names it."""
    of_topic: dict[str, list[int]] = {}
    for place, passage in enumerate(shelf.passages):
        of_topic.setdefault(passage.address.heading_path[-1], []).append(place)
    topics = sorted(of_topic)
    shares = [rows * (number + 1) // len(topics) - rows * number // len(topics) for number in range(len(topics))]
    for number, (topic, share) in enumerate(zip(topics, shares, strict=True)):
        own = replace(shelf, quotes=[shelf.quotes[place] for place in of_topic[topic]], topics=[topic])
        yield from instructions(own, share, seed=seed * 1_000_003 + number)


def _acceptances(batch: list[Made]) -> pa.Table:
    count = len(batch)
    same = {"reviewer": "wang", "verdict": "accept", "reason": "", "note": "", "acceptance": "accept-all", "plan": "",
            "role": "reviewer", "colleague": ""}  # fmt: skip
    columns = {name: pa.array([value] * count, pa.string()) for name, value in same.items()}
    return pa.table(
        columns
        | {
            "id": [content_id("accepted", made.id) for made in batch],
            "instruction": [made.id for made in batch],
            "edited": pa.nulls(count, pa.string()),
            "undoes": pa.nulls(count, pa.string()),
            "seconds": pa.nulls(count, pa.float64()),
            "readers": pa.array(np.ones(count, np.int32)),
            "at": pa.array([_AT] * count, pa.timestamp("us")),
        }
    )


def _add_requests(unit: Unit, batch: list[Made]) -> None:
    written = [made for made in batch if made.fields["generator"].startswith("llm.")]
    first = [made.fields["evidence"][0] for made in written]
    keys, writers = [content_id("key", made.id) for made in written], [made.fields["generator"] for made in written]
    request = {
        "key": keys,
        "writer": [name.partition(":")[0] for name in writers],
        "model": [name.partition(":")[2] for name in writers],
        "document": [item["document"] for item in first],
        "reading": ["markdown@1"] * len(written),
        "source": [item["source"] for item in first],
        "fault": [""] * len(written),
        "drafts": [1] * len(written),
        "unusable": [0] * len(written),
    }
    append_table(unit, "request", pa.table(request))
    item = {"key": keys, "writer": request["writer"], "instruction": [made.id for made in written]}
    append_table(unit, "request_item", pa.table(item))


if __name__ == "__main__":
    sys.exit(making_command(export_corpus))
