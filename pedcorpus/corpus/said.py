"""The last verdict of one check on every instruction: what a check that judges all anew compares its verdicts with."""

from __future__ import annotations

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import fetch
from pedcorpus.records import Finding

__all__ = ["verdicts_of"]

_NAMES = ("instruction", "check", "severity", "reason", "detail", "path", "start", "end")


def verdicts_of(unit: Unit, name: str) -> dict[str, Finding]:
    """By instruction, of the check called `name` in any version, one that gives each instruction one verdict."""
    columns = ", ".join(f'"{each}"' for each in _NAMES)
    query = f"""SELECT {columns} FROM current_finding WHERE starts_with("check", ? || '@') ORDER BY written"""
    rows = fetch(unit, query, [name], make=lambda *row: Finding.model_validate(dict(zip(_NAMES, row, strict=True))))
    return {row.instruction: row for row in rows}
