"""What came, went and changed between two versions, from their tables alone. Why it did is left to the corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Literal

import pyarrow.parquet as pq

from pedcorpus.export.read import SPLITS, Export, Split

__all__ = ["Change", "ChangedRow", "difference", "texts_of"]

Change = Literal["came", "went", "revised", "restated"]
"""`revised`: another row with another text took its place; `restated`: the same text stands otherwise."""

Ancestors = Callable[[Sequence[str]], Mapping[str, Sequence[str]]]
"""For ids of rows, what each goes back to through revisions; one that goes back to nothing may be left out."""

_READ = ["id", "task", "topic", "parent", "acceptance", "license", "tier", "evidence.list.element.source"]
_STATED = ("split", "acceptance", "license", "tier")


@dataclass(frozen=True)
class ChangedRow:
    """One instruction that is not the same in both versions."""

    change: Change
    id: str
    """In the later version; in the earlier one where it went."""
    before: str
    """Its id in the earlier version; empty where it came."""
    task: str
    topic: str
    source: str
    """Of its first evidence."""
    restated: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """What stands otherwise, before and after: `split`, `acceptance`, `license`, `tier`."""


@dataclass(frozen=True, slots=True)
class _Row:
    task: str
    topic: str
    source: str
    parent: str
    split: Split
    acceptance: str
    license: str
    tier: str


def difference(earlier: Export, later: Export, *, ancestors: Ancestors | None = None) -> list[ChangedRow]:
    """Every row that differs, by kind of change, task and id.

    `ancestors` is asked, once, of rows that came whose parent is in neither version, as after two edits.
    """
    before, after = dict(_rows(earlier)), dict(_rows(later))
    came, gone, in_both = after.keys() - before.keys(), before.keys() - after.keys(), before.keys() & after.keys()
    revised = {name: after[name].parent for name in came if after[name].parent in gone}
    if ancestors is not None:
        revised |= _led_back(came - revised.keys(), gone - set(revised.values()), ancestors)
    changed = [
        *(_changed("came", name, "", after[name]) for name in came - revised.keys()),
        *(_changed("went", name, name, before[name]) for name in gone - set(revised.values())),
        *(
            _changed("revised", name, old, after[name], _restated(before[old], after[name]))
            for name, old in revised.items()
        ),
        *(
            _changed("restated", name, name, after[name], told)
            for name in in_both
            if (told := _restated(before[name], after[name]))
        ),
    ]
    return sorted(changed, key=lambda row: (row.change, row.task, row.id))


def _led_back(came: Set[str], gone: Set[str], ancestors: Ancestors) -> dict[str, str]:
    """Of those that came, which row that is gone each goes back to."""
    if not came or not gone:
        return {}
    found = {
        name: next((each for each in lineage if each in gone), "") for name, lineage in ancestors(sorted(came)).items()
    }
    return {name: origin for name, origin in found.items() if origin}


def _rows(export: Export) -> Iterator[tuple[str, _Row]]:
    for split in SPLITS:
        path = export.view_file("instructions", split)
        if path is None:
            continue
        with pq.ParquetFile(path) as table:
            for batch in table.iter_batches(columns=_READ):
                for row in batch.to_pylist():
                    yield row["id"], _row(row, split)


def _row(row: dict[str, Any], split: Split) -> _Row:  # columns of mixed types
    source = row["evidence"][0]["source"] if row["evidence"] else ""
    stated = (row["acceptance"], row["license"], row["tier"])
    return _Row(row["task"], row["topic"], source, row["parent"] or "", split, *stated)


def _restated(before: _Row, after: _Row) -> dict[str, tuple[str, str]]:
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in _STATED}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _changed(
    change: Change, name: str, before: str, row: _Row, restated: Mapping[str, tuple[str, str]] | None = None
) -> ChangedRow:
    return ChangedRow(change, name, before, row.task, row.topic, row.source, restated or {})


def texts_of(export: Export, beginning: str) -> dict[str, str]:
    """By id, the conversation of each row whose id begins with `beginning`, each message under its role."""
    found: dict[str, str] = {}
    for split in SPLITS:
        path = export.view_file("instructions", split)
        if path is None:
            continue
        with pq.ParquetFile(path) as table:
            for group in range(table.num_row_groups):
                ids = table.read_row_group(group, columns=["id"])["id"].to_pylist()
                if any(name.startswith(beginning) for name in ids):
                    rows = table.read_row_group(group, columns=["id", "messages"]).to_pylist()
                    found |= {row["id"]: _conversation(row) for row in rows if row["id"].startswith(beginning)}
    return found


def _conversation(row: dict[str, Any]) -> str:  # a row of two columns
    return "\n\n".join(f"{message['role']}\n{message['content']}" for message in row["messages"])
