"""Rows and texts of a release, as they come, into the tables of a folder; what reports count is counted on the way."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pedcorpus.export.counts import count_rows
from pedcorpus.export.origins import write_origins, written_replies
from pedcorpus.export.plain_text import SplitFinder, passage_texts, statement_texts
from pedcorpus.export.pretraining import InstructionTexts, Pretraining
from pedcorpus.export.read import SPLITS
from pedcorpus.export.release import Release, Selection
from pedcorpus.export.render import Renderer
from pedcorpus.export.replies import Replies, bound_replies
from pedcorpus.export.split import LEFT_OUT
from pedcorpus.export.tables import TableWriters
from pedcorpus.export.tally import Tally
from pedcorpus.export.views import examples, write_pairs
from pedcorpus.records import Document, Tier

__all__ = ["Streamed", "stream_tables"]

_WAITING = ".waiting"
"""Folder of what is written and not yet sorted."""


@dataclass(frozen=True)
class Streamed:
    """What is known once all tables are written."""

    rows: Mapping[str, int]
    """Of each table, by path."""
    counts: Mapping[str, Mapping[str, int]]
    tally: Tally
    text_sources: Counter[str]
    """Plain pre-training texts, by work."""
    unsure: Counter[str]
    """Passages left out because OCR was not sure of them, by work."""
    reviewers: Mapping[str, str]
    """How each is called whose decisions are in it."""
    replies: Replies
    documents: Sequence[Document]
    """Files that cited texts stand in."""


def stream_tables(release: Release, selection: Selection, folder: Path, pool: Executor) -> Streamed:
    """Write all tables of `folder`."""
    tables = TableWriters(folder, pool)
    finder = SplitFinder(release.settings)
    tally = Tally(finder)
    called = _called(release, release.stream.reviewers(selection.chosen))
    _write_rows(release, selection, Renderer(release.tier == Tier.INTERNAL, called), tables, tally)
    rows = tables.close()
    texts, unsure = Pretraining(folder / _WAITING), Counter[str]()
    texts.gather(chain(passage_texts(release, finder, unsure), statement_texts(release, finder)))
    offered = _offered(release, selection, tally)
    chosen = texts.choose(offered, instruction_share=release.settings.cpt_instruction_share)
    texts.write(chosen, offered, tables, folder)
    pairs = write_pairs(release, selection, tables)
    documents = write_origins(release, selection, tables, folder / _WAITING)
    replies = bound_replies(written_replies(release.stream.replies(selection.chosen), tables))
    rows |= tables.close()
    shutil.rmtree(folder / _WAITING, ignore_errors=True)
    counts = count_rows(selection) | {
        "preferences": dict(sorted((kind.value, count) for kind, count in pairs.items())),
        "models": dict(sorted(replies.models.items())),
    }
    return Streamed(rows, counts, tally, texts.sources, unsure, called, replies, documents)


def _called(release: Release, reviewers: Iterable[str]) -> dict[str, str]:
    """How each reviewer is called: by name in tier internal, else by number of first appearance."""
    if release.tier == Tier.INTERNAL:
        return {name: name for name in reviewers}
    return {name: f"reviewer-{number}" for number, name in enumerate(reviewers, 1)}


def _write_rows(release: Release, selection: Selection, render: Renderer, tables: TableWriters, tally: Tally) -> None:
    """The views that follow row by row."""
    everything = np.full(len(selection.chosen), LEFT_OUT, np.int8)
    everything[selection.chosen] = selection.splits
    start = 0
    for rows in release.stream.mapped(render):
        here = everything[start : start + len(rows)]
        start += len(rows)
        kept = here != LEFT_OUT
        rows, here = rows.filter(pa.array(kept)), here[kept]
        if not len(rows):
            continue
        tally.add(rows, here)
        spoken = examples(rows)
        for code in np.unique(here).tolist():
            mine = pa.array(here == code)
            shown = spoken.filter(mine)
            tables.write("instructions", SPLITS[code], rows.filter(mine))
            tables.write("sft", SPLITS[code], shown)
            tables.write("mue", SPLITS[code], shown.filter(shown.column("expert")))


def _offered(release: Release, selection: Selection, tally: Tally) -> InstructionTexts:
    known = pc.unique(selection.keys.column("source")).to_pylist()
    sources = sorted({*release.source_by_id, *known})
    places = pc.index_in(selection.keys.column("source"), pa.array(sources, pa.string()))
    return tally.texts(selection.splits, places.to_numpy().astype(np.int32), sources)
