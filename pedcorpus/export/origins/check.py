"""Holds a version's origins against its rows: ids are hashes, quotes stand in the texts they name, nothing is besides.

Texts are held a part at a time, by the beginning of their ids, so that memory does not grow with a version.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pedcorpus.export.origin_columns import ORIGIN_KINDS, OriginKind, OriginRecord, origin_record
from pedcorpus.export.origins.quoted import quote_problem
from pedcorpus.export.origins.read import (
    DOCUMENTS_FILE,
    PAIRS_FILE,
    SOURCES_FILE,
    documents_of,
    has_origins,
    origin_tables,
    origins_path,
    pairs_of,
    sources_of,
)
from pedcorpus.export.origins.replies import REPLIES_FILE, replies_of
from pedcorpus.export.read import SPLITS, Export
from pedcorpus.export.replies import bound_replies

__all__ = ["origin_problems"]

_HELD = 100_000
"""Texts held at once, some hundred megabytes as records."""
_KIND_OF: Mapping[str, OriginKind] = {"passage": "passages", "triple": "triples", "turn": "dialogues"}

Row = dict[str, Any]  # JSON values
Known = dict[tuple[OriginKind, str], OriginRecord]


def origin_problems(export: Export) -> Iterator[str]:
    """What does not hold of its origins; nothing for a version made before they were kept."""
    if not has_origins(export):
        return
    told = ((SOURCES_FILE, _work_problems), (PAIRS_FILE, _pair_problems), (REPLIES_FILE, _reply_problems))
    for path, problems in told:
        try:
            yield from problems(export)
        except (ValueError, OSError, IndexError) as error:
            yield f"{export.root / path}: cannot be read ({' '.join(str(error).split())[:200]})"
    yield from _text_problems(export)


def _work_problems(export: Export) -> Iterator[str]:
    """Works and files that are cited and not declared, or declared and not cited."""
    sources, documents = sources_of(export), documents_of(export)
    told = {(document.source, document.id) for document in documents}
    licences = json.loads((export.root / "reports/licences.json").read_bytes())
    if sorted(source.id for source in sources) != [each["id"] for each in licences["sources"]]:
        yield f"{export.root / SOURCES_FILE}: holds other works than reports/licences.json"
    cited = set(_cited_documents(export))
    for source, document in sorted(cited - told):
        yield f"{export.root / DOCUMENTS_FILE}: lacks the document {document} of {source}, which rows cite"
    for source, document in sorted(told - cited):
        yield f"{export.root / DOCUMENTS_FILE}: holds the document {document} of {source}, which no row cites"


def _cited_documents(export: Export) -> Iterator[tuple[str, str]]:
    """Work and id of each document that rows cite; some come more than once."""
    names = ("source", "document")
    for path in filter(None, (export.view_file("instructions", split) for split in SPLITS)):
        with pq.ParquetFile(path) as table:
            for batch in table.iter_batches(columns=[f"evidence.list.element.{name}" for name in names]):
                cited = pc.list_flatten(batch.column("evidence"))
                pairs = pa.table({name: pc.struct_field(cited, name) for name in names})
                each = pairs.group_by(list(names), use_threads=False).aggregate([])
                yield from zip(*(each.column(name).to_pylist() for name in names), strict=True)


def _pair_problems(export: Export) -> Iterator[str]:
    ids = 0
    for name, pair in pairs_of(export):
        ids += 1
        if pair.id != name:
            yield f"{export.root / PAIRS_FILE}: {name}: what it says has the id {pair.id}"
    shown = sum(entry.rows or 0 for path, entry in export.manifest.files.items() if path.startswith("dfpo/"))
    if ids != shown:
        yield f"{export.root / PAIRS_FILE}: tells of {ids} pairs; the view dfpo holds {shown}"


def _reply_problems(export: Export) -> Iterator[str]:
    bound = bound_replies(replies_of(export))
    if bound.sha256 != export.manifest.replies_sha256:
        yield f"{export.root / REPLIES_FILE}: names other replies than those that the manifest binds"
    if bound.models != export.manifest.counts.get("models", {}):
        yield f"{export.root / REPLIES_FILE}: names other models than the manifest counts"


def _text_problems(export: Export) -> Iterator[str]:
    """Part by part: texts whose ids are not their hashes, quotes that are not in them, and texts that no row cites."""
    rows = sum(entry.rows or 0 for kind in ORIGIN_KINDS if (entry := export.manifest.files.get(origins_path(kind))))
    digits = 0
    while rows > _HELD * 16**digits:
        digits += 1
    for number in range(16**digits):
        start = f"{number:0{digits}x}" if digits else ""
        known: Known = {}
        for kind in ORIGIN_KINDS:
            yield from _gather(export, kind, start, known)
        uncited = set(known)
        for where, row in _evidence(export):
            yield from _row_problems(where, row, start, known, uncited)
        for kind, name in sorted(uncited):
            yield f"{export.root / origins_path(kind)}: {name}: no row cites it"


def _gather(export: Export, kind: OriginKind, start: str, known: Known) -> Iterator[str]:
    where, ids = export.root / origins_path(kind), []
    for table in origin_tables(export, kind):
        for row in table.to_pylist():
            if not row["id"].startswith(start):
                continue
            ids.append(row["id"])
            try:
                record = origin_record(kind, row)
            except ValueError as error:
                yield f"{where}: {row['id']}: {' '.join(str(error).split())[:200]}"
                continue
            known[kind, row["id"]] = record
            if record.id != row["id"]:
                yield f"{where}: {row['id']}: what it says has the id {record.id}"
    if any(one >= other for one, other in pairwise(ids)):
        yield f"{where}: is not sorted by id, each once"


def _evidence(export: Export) -> Iterator[tuple[str, Row]]:
    """Each row's id, evidence and findings, after its place."""
    for split in SPLITS:
        path = export.view_file("instructions", split)
        if path is None:
            continue
        with pq.ParquetFile(path) as table:
            for batch in table.iter_batches(batch_size=1024, columns=["id", "evidence", "findings"]):
                for row in batch.to_pylist():
                    yield f"{path}: {row['id']}", row


def _row_problems(
    where: str, row: Row, start: str, known: Known, uncited: set[tuple[OriginKind, str]]
) -> Iterator[str]:
    """Quotes of one row that are not where it says, unless its own findings say so."""
    told = {finding["path"] for finding in row["findings"] if finding["check"].startswith("quote@")}
    for number, item in enumerate(row["evidence"]):
        if not item["origin_id"].startswith(start):
            continue
        key = _KIND_OF[item["origin"]], item["origin_id"]
        uncited.discard(key)
        if key not in known:
            yield f"{where}: cites the {item['origin']} {item['origin_id']}, which is not among the origins"
        elif f"evidence.{number}.quote" not in told and (problem := quote_problem(item, known[key])):
            yield f"{where}: evidence {number}: {problem}"
