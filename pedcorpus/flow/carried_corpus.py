"""Fills a new corpus with what a version holds: works, texts, rows with what was said of them, and the version."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pedcorpus.corpus import (
    EXCERPT,
    Corpus,
    Deidentified,
    OriginalDialogue,
    StoredRequest,
    Unit,
    add_deidentified,
    add_dialogues,
    add_document,
    add_duplicates,
    add_findings,
    add_instructions,
    add_passages,
    add_plan_from_elsewhere,
    add_preferences,
    add_requests,
    add_source,
    add_triples,
    settle_decisions,
    stage_decisions,
)
from pedcorpus.engine import batches
from pedcorpus.export import (
    SPLITS,
    Export,
    OriginKind,
    Split,
    documents_of,
    origin_record,
    origin_tables,
    pairs_of,
    replies_of,
    sources_of,
)
from pedcorpus.flow.carried_rows import CarriedRow, carried_row, reviewer_names_of
from pedcorpus.flow.remembered import State, remember_export
from pedcorpus.records import Dialogue, IdentifierKind, Passage, SamplingPlan, Triple

__all__ = ["Carried", "fill_corpus"]

Row = dict[str, Any]  # column values of several types

_AT_ONCE = 4096
"""Rows that are stored in one unit of work."""


@dataclass
class Carried:
    """What a version was made into."""

    instructions: Counter[str] = field(default_factory=Counter)
    """By task."""
    passages: int = 0
    triples: int = 0
    dialogues: int = 0
    decisions: int = 0
    preferences: int = 0


def fill_corpus(
    corpus: Corpus, export: Export, advance: Callable[[int], None], *, earlier: Sequence[Export] = ()
) -> Carried:
    """Add all of `export` to `corpus`, in which nothing is yet; `advance` is told of rows.

    Of the versions `earlier`, oldest first, it is only remembered that they were.
    """
    filling = _Filling(export, earlier, advance)
    filling.fill(corpus)
    return filling.carried


class _Filling:
    """A version on its way into a new corpus."""

    def __init__(self, export: Export, earlier: Sequence[Export], advance: Callable[[int], None]) -> None:
        self.carried = Carried()
        self._export, self._earlier, self._advance = export, earlier, advance
        self._reading = f"{EXCERPT}{self._export.sha256[:12]}"
        self._behind = reviewer_names_of(self._export)

    def fill(self, corpus: Corpus) -> None:
        """Everything, the version itself last: what is written later is new to it."""
        with corpus.unit() as unit:
            self._add_works(unit)
        with corpus.unit() as unit:
            self._add_texts(unit)
        for split in SPLITS:
            self._add_rows(corpus, split)
        with corpus.unit() as unit:
            self.carried.decisions = settle_decisions(unit)
            self._add_plans(unit)
            self._add_requests(unit)
            for some in batches((pair for _, pair in pairs_of(self._export)), _AT_ONCE):
                self.carried.preferences += add_preferences(unit, some)
        for each in (*self._earlier, self._export):
            remember_export(corpus, each, State())

    def _add_works(self, unit: Unit) -> None:
        for source in sources_of(self._export):
            add_source(unit, source)
        for document in documents_of(self._export):
            add_document(unit, document, reading=self._reading, folder=f"exports/{self._export.manifest.version}")

    def _add_texts(self, unit: Unit) -> None:
        carried = self.carried
        for rows in self._rows("passages"):
            passages = [each for row in rows if isinstance(each := origin_record("passages", row), Passage)]
            carried.passages += add_passages(unit, passages, reading=self._reading)
        for rows in self._rows("triples"):
            triples = [each for row in rows if isinstance(each := origin_record("triples", row), Triple)]
            carried.triples += add_triples(unit, triples, reading=self._reading)
        for rows in self._rows("dialogues"):
            told = [(each, row) for row in rows if isinstance(each := origin_record("dialogues", row), Dialogue)]
            carried.dialogues += add_dialogues(unit, [each for each, _ in told], reading=self._reading)
            add_deidentified(unit, [self._deidentified(*each) for each in told], recipe=self._reading)

    def _rows(self, kind: OriginKind) -> Iterator[list[Row]]:
        return (table.to_pylist() for table in origin_tables(self._export, kind))

    def _deidentified(self, dialogue: Dialogue, row: Row) -> Deidentified:
        """What was de-identified elsewhere stands for itself: its original is not known here."""
        replaced = {IdentifierKind(kind): count for kind, count in json.loads(row["replaced"]).items()}
        return Deidentified(OriginalDialogue(dialogue, self._reading), dialogue, replaced)

    def _add_rows(self, corpus: Corpus, split: Split) -> None:
        where = f"{self._export.root}/instructions/{split}.parquet"
        for some in batches(self._export.rows("instructions", split), _AT_ONCE):
            carried = [carried_row(row, where=f"{where}: {row['id']}", behind=self._behind) for row in some]
            with corpus.unit() as unit:
                self._store(unit, carried)
            self._advance(len(carried))

    def _store(self, unit: Unit, rows: Sequence[CarriedRow]) -> None:
        self.carried.instructions.update(add_instructions(unit, [row.instruction for row in rows]))
        add_findings(unit, [finding for row in rows for finding in row.findings])
        add_duplicates(unit, [each for row in rows for each in row.alike])
        stage_decisions(unit, [each for row in rows for each in row.decisions])

    def _add_requests(self, unit: Unit) -> None:
        """Which reply a row was made of. What else became of it is not known here: to every writer it is still open."""
        for some in batches(replies_of(self._export), _AT_ONCE):
            made: dict[tuple[str, str], list[str]] = defaultdict(list)
            for row, key, model in some:
                made[key, model].append(row)
            add_requests(unit, [(self._request(*each), rows) for each, rows in made.items()])

    def _request(self, key: str, model: str) -> StoredRequest:
        return StoredRequest(key, self._reading, model, document="", reading=self._reading, source="")

    def _add_plans(self, unit: Unit) -> None:
        """Sampling plans by which rows were accepted; their lots and samples stay where they are."""
        review = json.loads((self._export.root / "reports/review.json").read_bytes())
        for told in review["plans"]:
            values = {name: told[name] for name in SamplingPlan.model_fields}
            add_plan_from_elsewhere(unit, SamplingPlan.model_validate(values))
