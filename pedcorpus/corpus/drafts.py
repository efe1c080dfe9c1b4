"""Instructions with their evidence, what has been made of which document, and preference pairs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import Row, add_new, fetch
from pedcorpus.errors import UsageError
from pedcorpus.records import (
    Evidence,
    Instruction,
    NotPlain,
    Preference,
    Source,
    Status,
    Tier,
    canonical_json,
    read_back,
    strictest_tier,
)
from pedcorpus.tasks import instruction_from_json, task_of

__all__ = [
    "add_instructions",
    "add_preferences",
    "all_preferences",
    "ids_like",
    "instruction_ids",
    "instruction_of_row",
    "instructions_of_document",
    "load_instructions",
    "mark_generated",
    "origin_texts",
    "quoted_texts",
    "read_back_instructions",
    "revisions_of_accepted",
    "was_generated",
]

_FEW = 50


def add_instructions(unit: Unit, instructions: Sequence[Instruction]) -> Counter[str]:
    """Add instructions, in their order, and their evidence; how many of each task were new."""
    ids = [instruction.id for instruction in instructions]
    known = set(fetch(unit, "SELECT id FROM instruction WHERE id IN (SELECT unnest(?))", [ids], make=str))
    new = {instruction.id: instruction.task for instruction in instructions if instruction.id not in known}
    rows: list[Row] = []
    evidence: list[Row] = []
    for instruction in instructions:
        rows.append(
            {
                "id": instruction.id,
                "task": instruction.task,
                "topic": instruction.topic,
                "language": instruction.language,
                "generator": instruction.generator,
                "source": instruction.evidence[0].source,
                "parent": instruction.parent,
                "body": instruction.canonical,
            }
        )
        evidence += [
            {
                "instruction": instruction.id,
                "position": position,
                "source": item.source,
                "document": item.document,
                "origin": item.origin,
                "origin_id": item.origin_id,
            }
            for position, item in enumerate(instruction.evidence)
        ]
    add_new(unit, "instruction", rows, key=("id",))
    add_new(unit, "evidence", evidence, key=("instruction", "position"))
    return Counter(new.values())


def instruction_ids(unit: Unit, statuses: Sequence[Status]) -> list[str]:
    """Ids of the instructions that stand at one of `statuses`, sorted."""
    query = "SELECT id FROM instruction_status WHERE status IN (SELECT unnest(?)) ORDER BY id"
    return fetch(unit, query, [[str(status) for status in statuses]], make=str)


def instructions_of_document(unit: Unit, document: str, source: str) -> list[str]:
    """Ids of the instructions that rest on a file of a work, sorted."""
    query = "SELECT DISTINCT instruction FROM evidence WHERE document = ? AND source = ? ORDER BY instruction"
    return fetch(unit, query, [document, source], make=str)


def revisions_of_accepted(unit: Unit) -> set[str]:
    """Ids of candidates that revise an accepted instruction: until somebody accepts them, that one stands."""
    query = (
        "SELECT DISTINCT l.revision FROM lineage AS l "
        "JOIN instruction_status AS r ON r.id = l.revision AND r.status = 'candidate' "
        "JOIN instruction_status AS a ON a.id = l.ancestor AND a.status = 'accepted'"
    )
    return set(fetch(unit, query, make=str))


def load_instructions(unit: Unit, ids: Sequence[str], sources: Mapping[str, Source]) -> Iterator[Instruction]:
    """The instructions called `ids`, by id, with the licence and tier that their sources have today."""
    for identifier, body in _bodies(unit, ids):
        yield instruction_of_row(identifier, body, sources)


def read_back_instructions(unit: Unit, ids: Sequence[str], sources: Mapping[str, Source]) -> Iterator[Instruction]:
    """As `load_instructions`, for thousands of accepted ones: what was stored is not validated, nor named, again."""
    for identifier, body in _bodies(unit, ids):
        fields = _with_rights(body, sources)
        try:
            record = read_back(task_of(fields["task"]).record, fields)
        except (NotPlain, UsageError):
            yield instruction_from_json(canonical_json(fields), where=identifier)
        else:
            yield record.called(identifier)


def _bodies(unit: Unit, ids: Sequence[str]) -> list[tuple[str, str]]:
    is_few = 0 < len(ids) <= _FEW  # named one by one, they are found by the table's key
    among = ", ".join("?" for _ in ids) if is_few else "SELECT unnest(?)"
    return fetch(
        unit,
        f"SELECT id, body FROM instruction WHERE id IN ({among}) ORDER BY id",
        list(ids) if is_few else [list(ids)],
        make=lambda identifier, body: (str(identifier), str(body)),
    )


def instruction_of_row(identifier: str, body: str, sources: Mapping[str, Source]) -> Instruction:
    """The instruction whose canonical JSON is `body`, with the licence and tier that its sources have today."""
    return instruction_from_json(canonical_json(_with_rights(body, sources)), where=identifier)


def _with_rights(body: str, sources: Mapping[str, Source]) -> dict[str, Any]:  # JSON values
    record: dict[str, Any] = json.loads(body)
    names = sorted({item["source"] for item in record["evidence"]})
    known = [sources[name] for name in names if name in sources]
    record["license"] = " AND ".join(sorted({source.license for source in known})) or "unknown"
    record["tier"] = strictest_tier(tuple(source.tier for source in known)) if known else Tier.INTERNAL
    return record


def origin_texts(unit: Unit, ids: Sequence[str]) -> dict[str, str]:
    """Texts that the evidence of `ids` names: passages, triple quotes, de-identified turns as `<dialogue>#<turn>`."""
    unit.execute(
        "CREATE OR REPLACE TEMP TABLE wanted AS "
        "SELECT DISTINCT origin, origin_id FROM evidence WHERE instruction IN (SELECT unnest(?))",
        [list(ids)],
    )
    return _wanted_texts(unit)


def quoted_texts(unit: Unit, evidence: Iterable[Evidence]) -> dict[str, str]:
    """Texts that pieces of `evidence` at hand name, as `origin_texts` gives those of stored instructions."""
    named = sorted({(item.origin, item.origin_id) for item in evidence})
    origins, ids = [origin for origin, _ in named], [origin_id for _, origin_id in named]
    unit.execute(
        "CREATE OR REPLACE TEMP TABLE wanted AS "
        "SELECT unnest(?::VARCHAR[]) AS origin, unnest(?::VARCHAR[]) AS origin_id",
        [origins, ids],
    )
    return _wanted_texts(unit)


def _wanted_texts(unit: Unit) -> dict[str, str]:
    texts: dict[str, str] = {}
    for table, column, origin in (("passage", "text", "passage"), ("triple", "quote", "triple")):
        query = f"SELECT id, {column} FROM {table} WHERE id IN (SELECT origin_id FROM wanted WHERE origin = '{origin}')"
        texts.update(unit.execute(query).fetchall())
    query = "SELECT id, body FROM deidentified WHERE id IN (SELECT origin_id FROM wanted WHERE origin = 'turn')"
    for identifier, body in unit.execute(query).fetchall():
        turns = json.loads(body)["turns"]
        texts.update({f"{identifier}#{index}": turn["content"] for index, turn in enumerate(turns)})
    return texts


def was_generated(unit: Unit, *, document: str, reading: str, source: str, recipe: str) -> bool:
    """Have drafts been made of this revision with this recipe?"""
    query = "SELECT 1 FROM generation WHERE document = ? AND reading = ? AND source = ? AND recipe = ?"
    return bool(unit.execute(query, [document, reading, source, recipe]).fetchall())


def mark_generated(unit: Unit, *, document: str, reading: str, source: str, recipe: str, drafts: int) -> None:
    """Remember that drafts have been made of this revision with this recipe, by whoever was first."""
    row: Row = {"document": document, "reading": reading, "source": source, "recipe": recipe, "drafts": drafts}
    add_new(unit, "generation", [row], key=("document", "reading", "source", "recipe"))


def add_preferences(unit: Unit, preferences: Iterable[Preference]) -> int:
    """Add preference pairs; how many were new."""
    rows: list[Row] = [
        {
            "id": pair.id,
            "task": pair.task,
            "chosen_from": pair.chosen_from,
            "rejected_from": pair.rejected_from,
            "body": canonical_json(pair.model_dump(mode="json")),
        }
        for pair in preferences
    ]
    return add_new(unit, "preference", rows, key=("id",))


def all_preferences(unit: Unit, chosen_from: Sequence[str]) -> list[Preference]:
    """Preference pairs whose chosen answer is that of one of the instructions `chosen_from`, by id."""
    query = "SELECT body FROM preference WHERE chosen_from IN (SELECT unnest(?)) ORDER BY id"
    return fetch(unit, query, [list(chosen_from)], make=Preference.model_validate_json)


def ids_like(unit: Unit, start: str, *, limit: int) -> list[str]:
    """Ids of instructions that begin with `start`, at most `limit`, sorted."""
    query = "SELECT id FROM instruction WHERE starts_with(id, ?) ORDER BY id LIMIT ?"
    return fetch(unit, query, [start, limit], make=str)
