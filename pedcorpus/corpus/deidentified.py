"""Dialogues as they were read, for de-identification alone, and as everybody else may read them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import Row, append, fetch, json_text
from pedcorpus.corpus.shelf import EXCERPT
from pedcorpus.records import Dialogue, IdentifierKind

__all__ = ["Deidentified", "OriginalDialogue", "add_deidentified", "dialogues_of", "originals_to_deidentify"]


@dataclass(frozen=True)
class OriginalDialogue:
    """A dialogue as it was read, identifiers and all. It leaves the corpus file only to be de-identified."""

    dialogue: Dialogue
    reading: str


@dataclass(frozen=True)
class Deidentified:
    """A dialogue that may be used, which original it stands for, and how much of that was replaced."""

    original: OriginalDialogue
    dialogue: Dialogue
    replaced: Mapping[IdentifierKind, int]


def originals_to_deidentify(unit: Unit, recipe: str, *, limit: int) -> list[OriginalDialogue]:
    """At most `limit` current dialogues that were not de-identified by `recipe` last.

    Those that came with an export were, where it was made, and their originals are not here.
    """
    query = f"""
        SELECT g.body, g.reading FROM dialogue AS g
        WHERE EXISTS (SELECT 1 FROM current_document AS d WHERE d.id = g.document AND d.reading = g.reading)
          AND NOT EXISTS (SELECT 1 FROM latest_deidentified AS s
                          WHERE s.original = g.id AND s.reading = g.reading AND s.recipe = ?)
          AND NOT starts_with(g.reading, '{EXCERPT}')
        ORDER BY g.id, g.reading LIMIT ?"""
    return fetch(unit, query, [recipe, limit], make=lambda body, reading: OriginalDialogue(_dialogue(body), reading))


def add_deidentified(unit: Unit, rows: Iterable[Deidentified], *, recipe: str) -> int:
    """Add dialogues as `recipe` de-identified them; how many."""
    return append(unit, "deidentified", [_row(row, recipe) for row in rows])


def dialogues_of(unit: Unit, document: str, reading: str) -> list[Dialogue]:
    """A document's dialogues, de-identified, in the order of its rows; those that are not yet are left out."""
    query = "SELECT body FROM latest_deidentified WHERE document = ? AND reading = ?"
    found = fetch(unit, query, [document, reading], make=_dialogue)
    return sorted(found, key=lambda dialogue: (dialogue.address.row or 0, dialogue.id))


def _dialogue(body: str) -> Dialogue:
    return Dialogue.model_validate_json(body)


def _row(row: Deidentified, recipe: str) -> Row:
    return {
        "original": row.original.dialogue.id,
        "document": row.dialogue.document,
        "reading": row.original.reading,
        "recipe": recipe,
        "id": row.dialogue.id,
        "body": json_text(row.dialogue),
        "replaced": json.dumps({str(kind): count for kind, count in sorted(row.replaced.items())}),
    }
