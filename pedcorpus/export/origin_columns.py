"""Cited texts as columns and back: every column of a record, so that its id can be worked out from its row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

import pyarrow as pa

from pedcorpus.export.tables import ADDRESS, MESSAGES
from pedcorpus.records import Dialogue, IdentifierKind, Passage, Triple

__all__ = ["ORIGINS", "ORIGIN_KINDS", "OriginKind", "OriginRecord", "origin_record", "origin_rows"]

OriginKind = Literal["passages", "triples", "dialogues"]
OriginRecord = Passage | Triple | Dialogue
ORIGIN_KINDS: tuple[OriginKind, ...] = get_args(OriginKind)

Row = dict[str, Any]  # column values of several types

_TEXTS = ("head", "relation", "tail", "head_type", "tail_type", "attributes", "quote")

ORIGINS: Mapping[OriginKind, pa.Schema] = {
    "passages": pa.schema(
        [
            ("id", pa.string()),
            ("document", pa.string()),
            ("position", pa.int64()),
            ("kind", pa.string()),
            ("text", pa.string()),
            ("address", ADDRESS),
            ("attributes", pa.string()),  # JSON
        ]
    ),
    "triples": pa.schema(
        [("id", pa.string()), ("document", pa.string())]
        + [(name, pa.string()) for name in _TEXTS]  # attributes are JSON
        + [("address", ADDRESS)]
    ),
    "dialogues": pa.schema(
        [
            ("id", pa.string()),
            ("document", pa.string()),
            ("purpose", pa.string()),
            ("turns", MESSAGES),
            *((name, pa.string()) for name in ("title", "system", "rejected", "department")),
            ("attributes", pa.string()),  # JSON
            ("domain", pa.string()),
            ("domain_score", pa.float64()),
            ("address", ADDRESS),
            ("replaced", pa.string()),  # how many identifiers of each kind were replaced in it, as JSON
        ]
    ),
}
"""Columns of each table of cited texts; rows are sorted by id."""

_RECORDS: Mapping[OriginKind, type[OriginRecord]] = {"passages": Passage, "triples": Triple, "dialogues": Dialogue}


def origin_record(kind: OriginKind, row: Row) -> OriginRecord:
    """The record that a row was made of.

    Raises:
        ValueError: it is none.
    """
    record = _RECORDS[kind]
    values = {name: value for name, value in row.items() if name in record.model_fields}
    return record.model_validate(values | {"attributes": json.loads(row["attributes"])})


def origin_rows(
    kind: OriginKind, records: Iterable[OriginRecord], replaced: Mapping[str, Mapping[IdentifierKind, int]]
) -> pa.Table:
    """`records` as a table of `ORIGINS[kind]`, each after its id, in their order."""
    rows = [_row(record, replaced.get(record.id, {})) for record in records]
    return pa.Table.from_pylist(rows, schema=ORIGINS[kind])


def _row(record: OriginRecord, replaced: Mapping[IdentifierKind, int]) -> Row:
    told = {str(kind): count for kind, count in sorted(replaced.items())}
    return {
        **record.model_dump(mode="json"),
        "id": record.id,
        "attributes": json.dumps(record.attributes, ensure_ascii=False, sort_keys=True),
        "replaced": json.dumps(told),
    }
