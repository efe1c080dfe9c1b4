"""What reports count of rows as they go by: findings, decisions, plans, dialogues; and hashes of what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pedcorpus.export.plain_text import SplitFinder
from pedcorpus.export.pretraining import InstructionTexts
from pedcorpus.export.sorted_texts import Hashes, hashes_of
from pedcorpus.export.split import Codes

__all__ = ["Tally"]


class Tally:
    """Counts over rendered rows, portion by portion in the order of their ids."""

    def __init__(self, finder: SplitFinder) -> None:
        self.findings: Counter[tuple[str, str, str]] = Counter()
        """By check, severity and reason."""
        self.rows_found_by: Counter[str] = Counter()
        """Rows in which a check, by its name without a version, found something."""
        self.decisions: Counter[str] = Counter()
        """By verdict."""
        self.plans: Counter[str] = Counter()
        """Rows that a sampling plan accepted, by the plan that did so last."""
        self.dialogues: set[str] = set()
        """Ids of dialogues that rows cite."""
        self._finder = finder
        self._decided = sha256(b"[")
        self._is_first = True
        self._keys: list[Hashes] = []
        self._draws: list[Hashes] = []

    def add(self, rows: pa.Table, splits: Codes) -> None:
        """Rows, tables of `RENDERED`, and the split of each."""
        self._finder.note(rows.column("topic"), rows.column("evidence"), splits)
        self._keys.append(hashes_of(rows.column("text")))
        self._draws.append(hashes_of(rows.column("draw")))
        self._count_findings(rows.column("findings").combine_chunks())
        self._count_decisions(rows)
        cited = pc.list_flatten(rows.column("evidence").combine_chunks())
        turns = cited.filter(pc.equal(pc.struct_field(cited, "origin"), "turn"))
        self.dialogues.update(pc.struct_field(turns, "origin_id").unique().to_pylist())

    def _count_findings(self, findings: pa.ListArray) -> None:
        each = pa.Table.from_batches([pa.RecordBatch.from_struct_array(findings.flatten())])
        for check, severity, reason, count in _counts(each, "check", "severity", "reason"):
            self.findings[check, severity, reason] += count
        names = [name.partition("@")[0] for name in each.column("check").to_pylist()]
        rows = pc.list_parent_indices(findings).to_pylist()
        self.rows_found_by.update(name for name, _ in set(zip(names, rows, strict=True)))

    def _count_decisions(self, rows: pa.Table) -> None:
        decisions = rows.column("decisions").combine_chunks()
        each = pa.Table.from_batches([pa.RecordBatch.from_struct_array(decisions.flatten())])
        for verdict, count in _counts(each, "verdict"):
            self.decisions[verdict] += count
        row = pc.list_parent_indices(decisions)
        of_plan = each.append_column("row", row).filter(pc.equal(each.column("acceptance"), "plan"))
        last = of_plan.group_by("row", use_threads=False).aggregate([("plan", "last")])
        by_plan = pc.equal(rows.column("acceptance").combine_chunks().take(last.column("row").combine_chunks()), "plan")
        self.plans.update(last.column("plan_last").filter(by_plan).to_pylist())
        for text in rows.column("decided").to_pylist():
            if text:
                self._decided.update(text.encode() if self._is_first else b"," + text.encode())
                self._is_first = False

    @property
    def decisions_sha256(self) -> str:
        """Over the canonical JSON of all decisions, row by row."""
        whole = self._decided.copy()
        whole.update(b"]")
        return whole.hexdigest()

    def texts(self, splits: Codes, first_sources: np.ndarray, sources: list[str]) -> InstructionTexts:
        """All rows as completion text; `first_sources` are places in `sources`."""
        nothing = np.zeros(0, "S10")
        key, draw = (np.concatenate([nothing, *parts]) for parts in (self._keys, self._draws))
        return InstructionTexts(key, draw, splits, first_sources, sources)


def _counts(table: pa.Table, *names: str) -> Iterator[tuple[Any, ...]]:  # values of `names`, and their number
    found = table.group_by(list(names), use_threads=False).aggregate([([], "count_all")])
    return zip(*(found.column(name).to_pylist() for name in (*names, "count_all")), strict=True)
