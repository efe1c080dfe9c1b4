"""What the corpus may tell of identifiers: how many were replaced in which dialogue, and which rows hold some."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import fetch
from pedcorpus.records import IdentifierKind

__all__ = ["identifiers_replaced", "judged_by", "standing_in_error"]


def identifiers_replaced(unit: Unit, dialogues: Sequence[str]) -> dict[str, dict[IdentifierKind, int]]:
    """How many identifiers of each kind were replaced, by the id of the de-identified dialogue; none may be."""
    query = "SELECT id, replaced FROM latest_deidentified WHERE id IN (SELECT unnest(?)) ORDER BY written"
    counts: dict[str, Counter[IdentifierKind]] = {}
    for name, replaced in fetch(unit, query, [list(dialogues)], make=lambda *values: values):
        kinds = {IdentifierKind(kind): count for kind, count in json.loads(replaced).items()}
        counts.setdefault(name, Counter()).update(kinds)
    return {name: dict(kinds) for name, kinds in counts.items()}


def judged_by(unit: Unit, check: str, ids: Sequence[str]) -> dict[str, str]:
    """Those of `ids` that the check called `check` has judged, each with the id of the check that did so last."""
    query = """
        SELECT DISTINCT instruction, "check" FROM current_finding
        WHERE starts_with("check", ? || '@') AND instruction IN (SELECT unnest(?))"""
    return dict(fetch(unit, query, [check, list(ids)], make=lambda name, judge: (str(name), str(judge))))


def standing_in_error(unit: Unit, check: str) -> set[str]:
    """Accepted instructions, and those that wait, in which the check called `check` finds an error."""
    query = """
        SELECT DISTINCT f.instruction FROM current_finding AS f JOIN instruction_status AS s ON s.id = f.instruction
        WHERE starts_with(f."check", ? || '@') AND f.severity = 'error'
          AND s.status IN ('draft', 'candidate', 'pending', 'accepted')"""
    return set(fetch(unit, query, [check], make=str))
