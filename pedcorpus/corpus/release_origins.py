"""What an export reads of the texts that its rows cite: de-identified, as columns, in the order they are stored in."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import fetch
from pedcorpus.records import Document

__all__ = ["cited_dialogues", "cited_documents", "cited_passages", "cited_triples"]

_AT_ONCE = 100_000
"""Texts looked for in one go through a table."""
_FETCHED = 4096

_ADDRESS = """{"heading_path":["VARCHAR"],"page":"INTEGER","boxes":[{"page":"INTEGER","x0":"DOUBLE","y0":"DOUBLE",
    "x1":"DOUBLE","y1":"DOUBLE","start":"INTEGER","end":"INTEGER","confidence":"DOUBLE"}],"start":"BIGINT",
    "end":"BIGINT","row":"BIGINT","entity":"VARCHAR","turn":"INTEGER"}"""

_PASSAGES = f"""
    SELECT id, document, position::BIGINT AS position, kind, text, from_json(address, '{_ADDRESS}') AS address,
           attributes
    FROM passage WHERE id IN (FROM wanted_ids)"""

_TRIPLES = f"""
    SELECT id, document, head, relation, tail, head_type, tail_type, attributes, quote,
           from_json(address, '{_ADDRESS}') AS address
    FROM triple WHERE id IN (FROM wanted_ids)"""

_DIALOGUES = f"""
    SELECT id, document, body->>'$.purpose' AS purpose,
           from_json(body->'$.turns', '[{{"role":"VARCHAR","content":"VARCHAR"}}]') AS turns,
           body->>'$.title' AS title, body->>'$.system' AS system, body->>'$.rejected' AS rejected,
           body->>'$.department' AS department, (body->'$.attributes')::VARCHAR AS attributes,
           body->>'$.domain' AS domain, (body->>'$.domain_score')::DOUBLE AS domain_score,
           from_json(body->'$.address', '{_ADDRESS}') AS address, replaced
    FROM deidentified
    WHERE written IN (SELECT max(written) FROM deidentified WHERE id IN (FROM wanted_ids) GROUP BY id)"""


def cited_passages(unit: Unit, chosen: pa.ChunkedArray) -> Iterator[pa.Table]:
    """Passages that the rows called `chosen` cite, some thousands at a time; one that was read twice comes twice."""
    return _cited(unit, chosen, "passage", _PASSAGES)


def cited_triples(unit: Unit, chosen: pa.ChunkedArray) -> Iterator[pa.Table]:
    """Statements of graphs that they cite, as above."""
    return _cited(unit, chosen, "triple", _TRIPLES)


def cited_dialogues(unit: Unit, chosen: pa.ChunkedArray) -> Iterator[pa.Table]:
    """De-identified dialogues whose turns they cite; the table of originals is not read."""
    return _cited(unit, chosen, "turn", _DIALOGUES)


def _cited(unit: Unit, chosen: pa.ChunkedArray, origin: str, texts: str) -> Iterator[pa.Table]:
    reading = unit.cursor()
    ids = _cited_ids(reading, chosen, origin)
    for start in range(0, len(ids), _AT_ONCE):
        reading.register("wanted_ids", pa.table({"id": ids.slice(start, _AT_ONCE)}))
        for batch in reading.sql(texts).to_arrow_reader(_FETCHED):
            yield pa.Table.from_batches([batch])


def _cited_ids(unit: Unit, chosen: pa.ChunkedArray, origin: str) -> pa.ChunkedArray:
    unit.register("chosen_ids", pa.table({"id": chosen}))
    query = "SELECT DISTINCT origin_id FROM evidence WHERE origin = ? AND instruction IN (FROM chosen_ids)"
    return unit.sql(query, params=[origin]).to_arrow_table().column("origin_id")


def cited_documents(unit: Unit, chosen: pa.ChunkedArray) -> list[Document]:
    """Files that the rows called `chosen` cite, each as a file of the work that they cite it of, by work and path."""
    unit.register("chosen_ids", pa.table({"id": chosen}))
    columns = tuple(Document.model_fields)
    query = f"""
        WITH cited AS (SELECT DISTINCT source, document AS id FROM evidence WHERE instruction IN (FROM chosen_ids))
        SELECT {", ".join(columns)} FROM document JOIN cited USING (source, id)
        QUALIFY row_number() OVER (PARTITION BY source, id, path ORDER BY written DESC) = 1 ORDER BY source, path, id"""
    return fetch(unit, query, make=lambda *values: Document.model_validate(dict(zip(columns, values, strict=True))))
