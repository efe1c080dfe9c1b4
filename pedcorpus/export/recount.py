"""Recomputes what a finished version states of itself from its tables: counts, licences, review, leakage, splits.

What rests on the corpus or on evaluation sets (failures, the status of what stayed behind, contamination) cannot be
worked out from the version alone; the hashes of `verify` hold for it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pedcorpus.export.counts import counts_of
from pedcorpus.export.leakage import leakage_report
from pedcorpus.export.read import SPLITS, Export, Split, View
from pedcorpus.export.reports import licences_report
from pedcorpus.export.tiers import allows, source_tier
from pedcorpus.records import Source, Tier

__all__ = ["key_problems", "report_problems"]

Counts = dict[str, dict[str, int]]
Keys = Mapping[Split, pa.Table]
"""What the rows of each split are, without what they say."""

_KEYS = ["task", "topic", "license", "tier", "language", "acceptance", "group", "cluster"]


def key_problems(export: Export) -> Iterator[str]:
    """Counts that the tables do not bear out, what stands in two splits, and rows of a tier that may not be there."""
    keys = {split: _keys(export, split) for split in SPLITS}
    yield from _count_problems(export, keys)
    yield from _split_problems(export, keys)
    yield from _tier_problems(export, keys)


def _count_problems(export: Export, keys: Keys) -> Iterator[str]:
    stated = export.manifest.counts
    for name, found in _counts(export, keys).items():
        for key in sorted({*stated.get(name, {}), *found}):
            told, counted = stated.get(name, {}).get(key, 0), found.get(key, 0)
            if told != counted:
                yield f"{export.root}: the manifest counts {told} under {name}, {key}; the tables hold {counted}"
    for split in SPLITS:
        rows, shown = _rows(export, "instructions", split), _rows(export, "sft", split)
        if rows != shown:
            yield f"{export.root}: {split} holds {rows} instructions and {shown} rows of the view sft"


def _rows(export: Export, view: View, split: str) -> int:
    entry = export.manifest.files.get(f"{view}/{split}.parquet")
    return entry.rows or 0 if entry else 0


def _counts(export: Export, keys: Keys) -> Counts:
    every = pa.concat_tables(keys.values())
    tasks = counts_of(every.column("task"))
    by_split = {
        f"{task}/{split}": rows
        for split, table in keys.items()
        for task, rows in counts_of(table.column("task")).items()
    }
    return {
        "splits": {split: len(table) for split, table in keys.items() if len(table)},
        "tasks": tasks | by_split,
        "acceptance": counts_of(every.column("acceptance")),
        "languages": counts_of(every.column("language")),
        "licenses": counts_of(every.column("license")),
        "topics": {"all": pc.count_distinct(every.column("topic")).as_py()},
        "sources": dict(_cited(export)),
    }


def _keys(export: Export, split: str) -> pa.Table:
    path = export.root / f"instructions/{split}.parquet"
    if not path.exists():
        return pa.table({name: pa.array([], pa.string()) for name in _KEYS})
    return pq.read_table(path, columns=_KEYS)


def _cited(export: Export) -> Counter[str]:
    """Rows by each work that they cite."""
    rows: Counter[str] = Counter()
    for split in SPLITS:
        path = export.view_file("instructions", split)
        if path is None:
            continue
        with pq.ParquetFile(path) as table:
            for batch in table.iter_batches(columns=["evidence.list.element.source"]):
                evidence = batch.column("evidence")
                cited = pa.table(
                    {
                        "row": pc.list_parent_indices(evidence),
                        "source": pc.struct_field(pc.list_flatten(evidence), "source"),
                    }
                )
                each = cited.group_by(["row", "source"]).aggregate([])
                rows.update(counts_of(each.column("source")))
    return rows


def _split_problems(export: Export, keys: Keys) -> Iterator[str]:
    """Sections, clusters and held-out topics that stand in two splits."""
    for place, split in enumerate(SPLITS):
        for other in SPLITS[place + 1 :]:
            names = ["group", "cluster", *(["topic"] if other == "test" else [])]
            for name in names:
                if torn := _shared(keys[split].column(name), keys[other].column(name)):
                    yield f"{export.root}: {name} {torn!r} stands in {split} and in {other}"


def _shared(one: pa.ChunkedArray, other: pa.ChunkedArray) -> str:
    """The first value that both hold; empty where there is none."""
    values = one.unique()
    both = values.filter(pc.is_in(values, value_set=other.unique()))
    return min(both.to_pylist(), default="")


def _tier_problems(export: Export, keys: Keys) -> Iterator[str]:
    for split, table in keys.items():
        for tier in table.column("tier").unique().to_pylist():
            if not allows(export.manifest.tier, Tier(tier)):
                yield f"{export.root}: {split} holds rows of tier {tier}, stricter than the version's"


def report_problems(export: Export) -> Iterator[str]:
    """Reports that do not say what the tables do, and works of a tier that the version may not rest on."""
    licences = _report(export, "licences")
    sources = [_source(each) for each in licences["sources"]]
    texts = counts_of(_texts(export))
    yield from _differences(export, "licences", licences, licences_report(sources, export.manifest.counts, texts))
    left_out = export.manifest.counts.get("left_out", {}).get("split", 0)
    leakage = json.loads(json.dumps(leakage_report(export.root, left_out=left_out)))
    yield from _differences(export, "leakage", _report(export, "leakage"), leakage)
    review = _report(export, "review")
    acceptance = {name: each["rows"] for name, each in review["acceptance"].items()}
    yield from _differences(export, "review", acceptance, export.manifest.counts["acceptance"])
    for source in sources:
        if not allows(export.manifest.tier, source_tier(source)):
            yield f"{export.root}: rests on {source.id}, of tier {source_tier(source)}, stricter than the version's"


def _report(export: Export, name: str) -> dict[str, Any]:  # JSON values
    found: dict[str, Any] = json.loads((export.root / "reports" / f"{name}.json").read_bytes())
    return found


def _source(told: Mapping[str, Any]) -> Source:
    return Source.model_validate({name: told[name] for name in Source.model_fields if name in told})


def _texts(export: Export) -> pa.ChunkedArray:
    """The work of each plain text of the pre-training view."""
    tables = [
        pq.read_table(path, columns=["kind", "source"])
        for split in SPLITS
        if (path := export.view_file("cpt", split)) is not None
    ]
    if not tables:
        return pa.chunked_array([], pa.string())
    every = pa.concat_tables(tables)
    return every.filter(pc.not_equal(every.column("kind"), "instruction")).column("source")


def _differences(export: Export, name: str, stated: Any, found: Any, where: str = "") -> Iterator[str]:
    """The first place in which a report and what was recomputed differ."""
    if stated == found:
        return
    if isinstance(stated, dict) and isinstance(found, dict):
        for key in sorted({*stated, *found}):
            if stated.get(key) != found.get(key):
                yield from _differences(export, name, stated.get(key), found.get(key), f"{where}{key}.")
                return
    yield (
        f"{export.root}/reports/{name}.json: {where.rstrip('.') or 'it'} says {str(stated)[:80]}; the tables say "
        f"{str(found)[:80]}"
    )
