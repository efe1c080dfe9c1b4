"""What checks found in a few instructions, without a look at every verdict: from the kept file and what came since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.queue_file import KeptQueue
from pedcorpus.corpus.verdicts import findings_by_instruction
from pedcorpus.records import Finding, Severity

__all__ = ["faults_of"]

_COLUMNS = 'written, instruction, "check", severity, reason, detail, path, "start", "end"'
_NAMES = [name.strip('"') for name in _COLUMNS.split(", ")]
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.PASS)

Row = dict[str, Any]  # column values of mixed types


def faults_of(unit: Unit, ids: Sequence[str], kept: KeptQueue | None) -> dict[str, list[Finding]]:
    """Current warnings and errors of the instructions `ids`, by instruction, worst first."""
    if not ids:
        return {}
    if kept is None:
        found = [finding for each in findings_by_instruction(unit, ids).values() for finding in each]
    else:
        query = f"SELECT {_COLUMNS} FROM finding WHERE written > ? AND instruction IN (SELECT unnest(?))"
        newer = _rows(unit.execute(query, [kept.last_finding, list(ids)]))
        found = [_finding(row) for row in _current(_kept_rows(unit, kept.faults, ids), newer)]
    by_instruction: dict[str, list[Finding]] = {}
    for finding in sorted(found, key=_place):
        by_instruction.setdefault(finding.instruction, []).append(finding)
    return by_instruction


def _kept_rows(unit: Unit, path: Path, ids: Sequence[str]) -> list[Row]:
    query = f"SELECT {_COLUMNS} FROM read_parquet(?) WHERE instruction IN ({', '.join('?' for _ in ids)})"
    return _rows(unit.execute(query, [str(path), *ids]))


def _rows(result: Unit) -> list[Row]:
    return [dict(zip(_NAMES, values, strict=True)) for values in result.fetchall()]


def _current(kept: Iterable[Row], newer: Sequence[Row]) -> list[Row]:
    """What each check said last, as the view `current_finding` says it: its rows since it ran under another id."""
    latest: dict[tuple[str, str], Row] = {}
    for row in newer:
        key = _of_check(row)
        latest[key] = max(latest.get(key, row), row, key=lambda each: int(each["written"]))
    before: dict[tuple[str, str], int] = {}
    for row in newer:
        key = _of_check(row)
        if row["check"] != latest[key]["check"]:
            before[key] = max(before.get(key, 0), row["written"])
    rows = [row for row in newer if row["written"] > before.get(_of_check(row), 0)]
    rows += [row for row in kept if _stands(row, latest, before)]
    return [row for row in rows if row["severity"] != Severity.PASS]


def _stands(row: Row, latest: dict[tuple[str, str], Row], before: dict[tuple[str, str], int]) -> bool:
    """Whether an older row still counts: its check has said nothing since, or only under the same id."""
    key = _of_check(row)
    return key not in before and (key not in latest or latest[key]["check"] == row["check"])


def _of_check(row: Row) -> tuple[str, str]:
    return row["instruction"], row["check"].split("@")[0]


def _finding(row: Row) -> Finding:
    return Finding.model_validate({name: value for name, value in row.items() if name != "written"})


def _place(finding: Finding) -> tuple[int, str, str, int]:
    return _ORDER.index(finding.severity), finding.check, finding.path, finding.start or 0
