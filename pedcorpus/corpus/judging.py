"""What checks still have to judge, in portions of a million rows, and their verdicts as Arrow tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from pedcorpus.corpus.drafts import instruction_of_row, origin_texts
from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import append_table, fetch
from pedcorpus.records import Finding, Instruction, Source

__all__ = [
    "Portion",
    "StoredDraft",
    "VerdictsOfRun",
    "add_verdicts",
    "drafts_between",
    "finding_table",
    "portions_to_judge",
]

_PORTION = 4_000
_COLUMNS = pa.schema(
    [(name, pa.string()) for name in ("instruction", "check", "severity", "reason", "detail", "path")]
    + [("start", pa.int32()), ("end", pa.int32())]
)


@dataclass(frozen=True)
class Portion:
    """Some instructions that the same checks have not judged last, next to one another in the file."""

    checks: tuple[str, ...]
    """Ids of these checks, with version and setting."""
    first: int
    last: int
    """The `written` numbers of the first and the last, between which these lie."""
    ids: tuple[str, ...]
    """In the order in which they were written."""


@dataclass(frozen=True)
class StoredDraft:
    """An instruction as it lies in the file, to be read in another process."""

    id: str
    body: str
    origins: tuple[str, ...]
    """Ids of the passages, triples and dialogues that its evidence is from."""

    def instruction(self, sources: Mapping[str, Source]) -> Instruction:
        """The record, with the licence and tier that its `sources` have today."""
        return instruction_of_row(self.id, self.body, sources)


def portions_to_judge(unit: Unit, checks: Sequence[str]) -> list[Portion]:
    """All standing instructions that any of `checks`, by id, did not judge last; grouped by those that did not."""
    lacking = """
        WITH judged AS (
            SELECT instruction, bit_or(1::BIGINT << (list_position(?, "check") - 1)::INTEGER) AS mask
            FROM current_finding WHERE "check" IN (SELECT unnest(?)) GROUP BY instruction)
        SELECT xor(?::BIGINT, coalesce(judged.mask, 0)) AS missing, s.written, s.id
        FROM instruction_status AS s LEFT JOIN judged ON judged.instruction = s.id
        WHERE s.status <> 'superseded' AND missing <> 0 ORDER BY ALL"""
    everything = (1 << len(checks)) - 1
    portions: list[Portion] = []
    rows: list[tuple[int, str]] = []
    before = 0
    for missing, written, identifier in fetch(unit, lacking, [list(checks), list(checks), everything], make=_row):
        if rows and (missing != before or len(rows) >= _PORTION):
            portions.append(_portion(before, rows, checks))
            rows = []
        rows.append((written, identifier))
        before = missing
    return portions + ([_portion(before, rows, checks)] if rows else [])


def _row(missing: int, written: int, identifier: str) -> tuple[int, int, str]:
    return missing, written, identifier


def _portion(missing: int, rows: Sequence[tuple[int, str]], checks: Sequence[str]) -> Portion:
    chosen = tuple(check for place, check in enumerate(checks) if missing >> place & 1)
    return Portion(chosen, rows[0][0], rows[-1][0], tuple(identifier for _, identifier in rows))


def drafts_between(unit: Unit, portion: Portion) -> tuple[list[StoredDraft], dict[str, dict[str, str]]]:
    """The instructions of `portion`, as written, and for each id of their origins the texts found there."""
    query = """
        WITH cited AS (
            SELECT instruction, list(DISTINCT origin_id ORDER BY origin_id) AS origins FROM evidence
            WHERE instruction IN (SELECT unnest(?)) GROUP BY instruction)
        SELECT i.id, i.body, c.origins FROM instruction AS i JOIN cited AS c ON c.instruction = i.id
        WHERE i.written BETWEEN ? AND ? ORDER BY i.written"""
    drafts = fetch(unit, query, [list(portion.ids), portion.first, portion.last], make=_draft)
    texts: dict[str, dict[str, str]] = {}
    for name, text in origin_texts(unit, portion.ids).items():
        texts.setdefault(name.partition("#")[0], {})[name] = text
    return drafts, texts


def _draft(identifier: str, body: str, origins: Sequence[str]) -> StoredDraft:
    return StoredDraft(identifier, body, tuple(origins))


def finding_table(findings: Iterable[Finding]) -> pa.Table:
    """Verdicts as the columns in which they are stored."""
    rows = [
        (row.instruction, row.check, str(row.severity), row.reason, row.detail, row.path, row.start, row.end)
        for row in findings
    ]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(_COLUMNS)
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, _COLUMNS, strict=True)], _COLUMNS)


def add_verdicts(unit: Unit, tables: Sequence[pa.Table]) -> int:
    """Add verdicts, tables of `finding_table`, in their order; how many rows."""
    return append_table(unit, "finding", pa.concat_tables(tables)) if tables else 0


class VerdictsOfRun:
    """Adds the verdicts of one run, but for those that another run has given since it began."""

    def __init__(self, unit: Unit) -> None:
        """Begins in the unit of work that told what is to be judged."""
        self._last = self._last_of(unit, 0)
        self._others: set[tuple[str, str]] = set()

    def add(self, unit: Unit, verdicts: pa.Table) -> pa.Table:
        """Add `verdicts`, a table of `finding_table`, in their order; those that were added."""
        query = 'SELECT DISTINCT instruction, "check" FROM finding WHERE written > ?'
        self._others.update(unit.execute(query, [self._last]).fetchall())
        if self._others:
            pairs = zip(*(verdicts.column(name).to_pylist() for name in ("instruction", "check")), strict=True)
            verdicts = verdicts.filter(pa.array([pair not in self._others for pair in pairs], pa.bool_()))
        add_verdicts(unit, [verdicts])
        self._last = self._last_of(unit, self._last)
        return verdicts

    @staticmethod
    def _last_of(unit: Unit, after: int) -> int:
        query = "SELECT coalesce(max(written), ?) FROM finding WHERE written > ?"
        return fetch(unit, query, [after, after], make=int)[0]
