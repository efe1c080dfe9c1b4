"""Works, documents and what was read from them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import Row, add_new, append, fetch, json_text
from pedcorpus.records import Address, Dialogue, Document, Failure, Passage, Source, Triple

__all__ = [
    "EXCERPT",
    "StoredDocument",
    "add_dialogues",
    "add_document",
    "add_failures",
    "add_passages",
    "add_source",
    "add_triples",
    "current_documents",
    "current_sources",
    "document_by_id",
    "documents_of_passage",
    "documents_of_triple",
    "every_passage",
    "every_triple",
    "passages_like",
    "passages_of",
    "standing_failures",
    "triples_like",
    "triples_of",
]

EXCERPT = "export:"
"""How the reading of a document begins that came with an export, and is none that a parser could have made."""
_FETCHED = 2048


@dataclass(frozen=True)
class StoredDocument:
    """A document as it was read, and where its work's folder was then."""

    document: Document
    reading: str
    """Parser, kind of work and header map: all that decides what was read from the bytes."""
    folder: str

    @property
    def is_excerpt(self) -> bool:
        """Is only what an export cites of the file here? Nothing is drafted from it: a list may lack its other half."""
        return self.reading.startswith(EXCERPT)


def add_source(unit: Unit, source: Source) -> bool:
    """Declare a work, or declare it anew; whether that changed anything."""
    body = json_text(source)
    known = fetch(unit, "SELECT body FROM current_source WHERE id = ?", [source.id], make=str)
    if known == [body]:
        return False
    append(unit, "source", [{"id": source.id, "body": body}])
    return True


def current_sources(unit: Unit) -> dict[str, Source]:
    """All works as last declared, by id in sorted order."""
    rows = fetch(unit, "SELECT body FROM current_source ORDER BY id", make=Source.model_validate_json)
    return {source.id: source for source in rows}


_DOCUMENT_COLUMNS = "id, source, path, parser, bytes, pages, encoding, reading, folder"


def _stored_document(*values: object) -> StoredDocument:
    names = _DOCUMENT_COLUMNS.split(", ")
    row = dict(zip(names, values, strict=True))
    reading, folder = str(row.pop("reading")), str(row.pop("folder"))
    return StoredDocument(Document.model_validate(row), reading, folder)


def add_document(unit: Unit, document: Document, *, reading: str, folder: str) -> None:
    """Add a revision of a file; it becomes the current one of its path."""
    append(unit, "document", [{**document.model_dump(mode="json"), "reading": reading, "folder": folder}])


def current_documents(unit: Unit) -> list[StoredDocument]:
    """The current revision of every file, by work and path."""
    query = f"SELECT {_DOCUMENT_COLUMNS} FROM current_document ORDER BY source, path"
    return fetch(unit, query, make=_stored_document)


def document_by_id(unit: Unit, document_id: str, source: str) -> StoredDocument | None:
    """The newest row of a document in a work, whether current or superseded."""
    query = f"SELECT {_DOCUMENT_COLUMNS} FROM document WHERE id = ? AND source = ? ORDER BY written DESC LIMIT 1"
    found = fetch(unit, query, [document_id, source], make=_stored_document)
    return found[0] if found else None


def add_passages(unit: Unit, passages: Sequence[Passage], *, reading: str) -> int:
    """Add passages of one document; how many were new."""
    rows: list[Row] = [
        {
            "id": passage.id,
            "document": passage.document,
            "reading": reading,
            "position": passage.position,
            "kind": str(passage.kind),
            "text": passage.text,
            "address": json_text(passage.address),
            "attributes": json.dumps(passage.attributes, ensure_ascii=False, sort_keys=True),
        }
        for passage in passages
    ]
    return add_new(unit, "passage", rows, key=("id", "reading"))


def add_triples(unit: Unit, triples: Sequence[Triple], *, reading: str) -> int:
    """Add triples of one document; how many were new."""
    rows: list[Row] = [
        {
            **triple.model_dump(mode="json", exclude={"address", "attributes"}),
            "id": triple.id,
            "reading": reading,
            "address": json_text(triple.address),
            "attributes": json.dumps(triple.attributes, ensure_ascii=False, sort_keys=True),
        }
        for triple in triples
    ]
    return add_new(unit, "triple", rows, key=("id", "reading"))


def add_dialogues(unit: Unit, dialogues: Sequence[Dialogue], *, reading: str) -> int:
    """Add dialogues of one document; how many were new."""
    rows: list[Row] = [
        {
            "id": dialogue.id,
            "document": dialogue.document,
            "reading": reading,
            "purpose": str(dialogue.purpose),
            "domain": None if dialogue.domain is None else str(dialogue.domain),
            "body": json_text(dialogue),
        }
        for dialogue in dialogues
    ]
    return add_new(unit, "dialogue", rows, key=("id", "reading"))


def add_failures(unit: Unit, failures: Sequence[Failure]) -> int:
    """Add failures; those that stand already are not added again. How many were new."""
    rows: list[Row] = [{**failure.model_dump(mode="json"), "id": failure.id} for failure in failures]
    return add_new(unit, "failure", rows, key=("id",), known="standing_failure")


def standing_failures(unit: Unit) -> list[Failure]:
    """Failures that no later good revision has cleared, in the order in which they came."""
    query = (
        'SELECT stage, "where", source, path, reason, detail, raw, fingerprint FROM standing_failure ORDER BY written'
    )
    names = ("stage", "where", "source", "path", "reason", "detail", "raw", "fingerprint")
    return fetch(unit, query, make=lambda *values: Failure.model_validate(dict(zip(names, values, strict=True))))


def _passage(document: str, position: int, kind: str, text: str, address: str, attributes: str) -> Passage:
    return Passage.model_validate(
        {
            "document": document,
            "position": position,
            "kind": kind,
            "text": text,
            "address": Address.model_validate_json(address),
            "attributes": json.loads(attributes),
        }
    )


def passages_of(unit: Unit, document: str, reading: str) -> list[Passage]:
    """A document's passages in reading order."""
    query = (
        "SELECT document, position, kind, text, address, attributes FROM passage "
        "WHERE document = ? AND reading = ? ORDER BY position"
    )
    return fetch(unit, query, [document, reading], make=_passage)


_TRIPLE_COLUMNS = "document, head, relation, tail, head_type, tail_type, quote, attributes, address"


def _triple(*values: object) -> Triple:
    row = dict(zip(_TRIPLE_COLUMNS.split(", "), values, strict=True))
    row["attributes"] = json.loads(str(row["attributes"]))
    row["address"] = Address.model_validate_json(str(row["address"]))
    return Triple.model_validate(row)


def triples_of(unit: Unit, document: str, reading: str) -> list[Triple]:
    """A document's triples in the order of its rows."""
    query = (
        f"SELECT {_TRIPLE_COLUMNS} FROM triple WHERE document = ? AND reading = ? "
        "ORDER BY CAST(json_extract_string(address, '$.row') AS INTEGER), head, relation, tail"
    )
    return fetch(unit, query, [document, reading], make=_triple)


def every_passage(unit: Unit) -> Iterator[Passage]:
    """All current passages, by document and position, read as they are asked for."""
    query = "SELECT document, position, kind, text, address, attributes FROM current_passage ORDER BY ALL"
    found = unit.cursor().execute(query)
    while rows := found.fetchmany(_FETCHED):
        yield from (_passage(*row) for row in rows)


def every_triple(unit: Unit) -> Iterator[Triple]:
    """All current statements, by head, relation, tail and id, read as they are asked for."""
    query = f"SELECT {_TRIPLE_COLUMNS} FROM current_triple ORDER BY head, relation, tail, id"
    found = unit.cursor().execute(query)
    while rows := found.fetchmany(_FETCHED):
        yield from (_triple(*row) for row in rows)


def passages_like(unit: Unit, id_start: str, *, limit: int) -> list[Passage]:
    """Passages whose id begins with `id_start`, at most `limit`, by id."""
    query = (
        "SELECT document, position, kind, text, address, attributes FROM passage WHERE starts_with(id, ?) "
        "QUALIFY row_number() OVER (PARTITION BY id) = 1 ORDER BY id LIMIT ?"
    )
    return fetch(unit, query, [id_start, limit], make=_passage)


def triples_like(unit: Unit, id_start: str, *, limit: int) -> list[Triple]:
    """Statements whose id begins with `id_start`, at most `limit`, by id."""
    query = (
        f"SELECT {_TRIPLE_COLUMNS} FROM triple WHERE starts_with(id, ?) "
        "QUALIFY row_number() OVER (PARTITION BY id) = 1 ORDER BY id LIMIT ?"
    )
    return fetch(unit, query, [id_start, limit], make=_triple)


def documents_of_passage(unit: Unit, passage_id: str) -> list[StoredDocument]:
    """Rows of the document that a passage stands in, the newest first."""
    return _documents_of(unit, "passage", passage_id)


def documents_of_triple(unit: Unit, triple_id: str) -> list[StoredDocument]:
    """Rows of the document that a statement stands in, the newest first."""
    return _documents_of(unit, "triple", triple_id)


def _documents_of(unit: Unit, table: str, row_id: str) -> list[StoredDocument]:
    columns = ", ".join(f"d.{name}" for name in _DOCUMENT_COLUMNS.split(", "))
    query = (
        f"SELECT {columns} FROM document AS d JOIN {table} AS p ON p.document = d.id AND p.reading = d.reading "
        "WHERE p.id = ? ORDER BY d.written DESC"
    )
    return fetch(unit, query, [row_id], make=_stored_document)
