"""Publishes the JSON Schema of every record: `python -m pedcorpus.tasks.publish schemas`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pedcorpus.records import (
    Decision,
    Dialogue,
    Document,
    Duplicate,
    Failure,
    Finding,
    HandIn,
    Passage,
    Preference,
    Record,
    RunReply,
    Source,
    Triple,
    Vote,
)
from pedcorpus.tasks.task import instruction_schema, task_names

__all__ = ["published_schemas", "write_schemas"]

_RECORDS: tuple[type[Record], ...] = (
    Decision,
    Dialogue,
    Document,
    Duplicate,
    Failure,
    Finding,
    HandIn,
    Passage,
    Preference,
    RunReply,
    Source,
    Triple,
    Vote,
)


def published_schemas() -> dict[str, dict[str, Any]]:
    """Schemas by file name: one for each record of the corpus, one for each registered task."""
    schemas = {record.__name__.lower(): record.model_json_schema(mode="serialization") for record in _RECORDS}
    schemas |= {f"instruction.{task}": instruction_schema(task) for task in task_names()}
    return {
        f"{name}.schema.json": {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
        for name, schema in sorted(schemas.items())
    }


def schema_text(schema: dict[str, Any]) -> str:
    """A schema as it is written: indented, keys in the order of the fields."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> None:
    """Write every schema into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in published_schemas().items():
        (folder / name).write_text(schema_text(schema), encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
