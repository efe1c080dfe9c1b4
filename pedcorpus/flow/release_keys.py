"""Keys of rows on their way into an export: the section, cluster, licence and tier of each, worked out once a kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pedcorpus.corpus import Unit, clusters, current_alike, release_keys
from pedcorpus.export import KEYS, bonded, cited_tier, is_unknown, section_group
from pedcorpus.records import Source, Tier, strictest_tier

__all__ = ["keys_of_rows"]

_BETWEEN = "\x1f"


def keys_of_rows(unit: Unit, version: str, sources: Mapping[str, Source], bodies: Path) -> pa.Table:
    """Keys of all rows of a release, by id, as an export wants them."""
    read = release_keys(unit, version, bodies)
    license_of, tier_of = _rights(sources)
    worked_out = {
        "license": _by_kind(read.column("cited"), license_of),
        "tier": _by_kind(read.column("cited"), tier_of),
        "group": _groups(read),
        "cluster": _clusters(unit, read.column("id")),
        "sources": pc.split_pattern(read.column("cited"), _BETWEEN),
    }
    columns = [worked_out[name] if name in worked_out else read.column(name) for name in KEYS.names]
    return pa.table(columns, names=KEYS.names).cast(KEYS)


def _by_kind(column: pa.ChunkedArray, work_out: Callable[[str], str]) -> pa.Array:
    """`work_out` of each value, asked once for equal ones."""
    coded = column.combine_chunks().dictionary_encode()
    found = pa.array([work_out(value) for value in coded.dictionary.to_pylist()], pa.string())
    return found.take(coded.indices)


def _rights(sources: Mapping[str, Source]) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """Licence and tier of a row by the works that it cites: joined where they differ, and the strictest of all."""

    @cache
    def license_of(cited: str) -> str:
        known = {sources[name].license for name in cited.split(_BETWEEN) if name in sources}
        return " AND ".join(sorted(known)) or "unknown"

    def tier_of(cited: str) -> str:
        if is_unknown(license_of(cited)):
            return Tier.INTERNAL.value
        names = cited.split(_BETWEEN)
        known = tuple(sources[name].tier for name in names if name in sources)
        return strictest_tier((*known, cited_tier(names, sources))).value

    return license_of, tier_of


def _groups(read: pa.Table) -> pa.Array:
    is_turn = pc.equal(read.column("origin"), "turn")
    dialogue = pc.if_else(is_turn, read.column("origin_id"), "")
    parts = [read.column("source"), read.column("origin"), dialogue, read.column("topic"), read.column("path")]
    return _by_kind(pc.binary_join_element_wise(*parts, _BETWEEN), _group)


def _group(parts: str) -> str:
    source, origin, origin_id, topic, path = parts.split(_BETWEEN, 4)
    return section_group(source=source, origin=origin, origin_id=origin_id, path=tuple(json.loads(path)), topic=topic)


def _clusters(unit: Unit, ids: pa.ChunkedArray) -> pa.Array:
    """Neither a copy nor the same question may stand in two splits: what is alike in either way is one cluster."""
    questions = {name: row.cluster for name, row in current_alike(unit, "near-question").items()}
    alike = bonded(clusters(unit), questions)
    if not alike:
        return ids.combine_chunks()
    place = pc.index_in(ids, pa.array(list(alike), pa.string()))
    return pc.coalesce(pa.array(list(alike.values()), pa.string()).take(place.combine_chunks()), ids.combine_chunks())
