"""Knowledge graphs kept as tables: one statement a row, or one entity a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice

from pedcorpus.errors import InputError
from pedcorpus.parse.cells import is_cut, one_name
from pedcorpus.parse.csv_rows import BadRow, Row, read_rows
from pedcorpus.parse.entities import Entity, Field, read_entities
from pedcorpus.parse.graph_stream import GraphParser
from pedcorpus.parse.parser import Original, StreamRecord
from pedcorpus.parse.relation_words import IGNORED, RelationWords
from pedcorpus.parse.relations import type_of
from pedcorpus.parse.rows import failure_of
from pedcorpus.parse.table_columns import Columns, header_of, read_columns
from pedcorpus.records import Address, Failure, Triple

__all__ = ["PARSER"]

_SAMPLES = 20
"""Rows that tell what a column without a name holds."""


def _columns_of(rows: Sequence[Row | BadRow], original: Original) -> Columns:
    first = rows[0] if rows else None
    header = first.cells if isinstance(first, Row) else ()
    columns = read_columns(header, original.columns, [row.cells for row in rows[1:] if isinstance(row, Row)])
    if columns.is_triples or columns.is_entities:
        return columns
    found = ", ".join(header) or "none"
    detail = (
        f"found the columns {found[:200]}; expected head, relation, tail (or 头实体, 关系, 尾实体), or name and one of "
        "症状, 检查, 药物, 并发症, 科室 …; rename them, or map them under [columns] in the work's declaration"
    )
    raise InputError(original.path, "missing_columns", detail)


def _problem(row: Row, columns: Columns) -> str:
    """Why a row cannot be read; empty where it can."""
    cells = row.cells
    if len(cells) > len(columns.header) and any(cells[len(columns.header) :]):
        return f"found {len(cells)} cells, expected {len(columns.header)}; quote cells that hold the delimiter"
    empty = [role for role, column in columns.needed if column >= len(cells) or not cells[column]]
    return f"found no {', '.join(empty)}, expected text; fill in or delete the row" if empty else ""


def _good_rows(rows: Iterator[Row | BadRow], columns: Columns, original: Original) -> Iterator[Row | Failure]:
    for row in rows:
        if isinstance(row, BadRow):
            detail = f"{row.problem}; close the quotation mark, or shorten the cell"
            yield failure_of(original, str(row.line), "bad_row", detail, raw=row.raw)
        elif any(row.cells):
            problem = _problem(row, columns)
            yield failure_of(original, str(row.line), "bad_row", problem, raw=row.raw) if problem else row


def _statement_reader(columns: Columns, original: Original) -> Callable[[Row], StreamRecord | None]:
    """What turns a row of a triples table into its statement."""
    words, document = RelationWords(original.columns), original.sha256
    head_at, relation_at, tail_at = (column for _, column in columns.needed)
    head_type_at, tail_type_at = columns.roles.get("head_type"), columns.roles.get("tail_type")

    def read(row: Row) -> StreamRecord | None:
        cells = row.cells
        term = words[cells[relation_at]]
        head, tail = one_name(cells[head_at]), one_name(cells[tail_at])
        if term.name == IGNORED or not head or not tail:
            return None
        if is_cut(head) or is_cut(tail):
            detail = f"the name {(head if is_cut(head) else tail)[-40:]} is cut short or too long"
            return failure_of(original, str(row.line), "truncated_value", f"{detail}; take it whole from the source")
        return Triple(
            document=document,
            head=head,
            relation=term.name,
            tail=tail,
            head_type=_type(cells, head_type_at) or term.head_type,
            tail_type=_type(cells, tail_type_at) or term.tail_type,
            attributes=_notes(row, columns),
            quote=row.raw,
            address=Address(row=row.line, entity=head, start=row.start, end=row.start + len(row.raw)),
        )

    return read


def _type(cells: Sequence[str], column: int | None) -> str:
    return type_of(cells[column]) if column is not None and column < len(cells) else ""


def _notes(row: Row, columns: Columns) -> dict[str, str]:
    cells = row.cells
    return {name: cells[column] for column, name in columns.notes.items() if column < len(cells) and cells[column]}


def _entity(row: Row, columns: Columns) -> Entity:
    """The entity that a row of an entity table describes.

    In a table of pairs (one relation column) the quote is the line: the cell alone would not name the entity. It is
    the line, too, where the cell's quotation marks are doubled in the file.
    """
    pair = len(columns.relations) == 1
    fields = [
        Field(
            columns.header[column] or relation,
            relation,
            (row.cells[column],),
            row.raw if pair or row.cells[column] not in row.raw else "",
        )
        for column, relation in columns.relations.items()
        if column < len(row.cells) and row.cells[column]
    ]
    kind = columns.roles.get("type")
    return Entity(
        name=row.cells[columns.roles["name"]],
        kind=row.cells[kind] if kind is not None and kind < len(row.cells) else "",
        fields=fields,
        row=row.line,
        start=row.start,
        end=row.start + len(row.raw),
        attributes=tuple(_notes(row, columns).items()),
    )


def _unnamed(columns: Columns, original: Original) -> Iterator[Failure]:
    for column in columns.unnamed:
        detail = (
            f"column {column + 1} has no name, expected one: its values are left out; name it in the file, "
            f'or as "#{column + 1}" under [columns] in the work\'s declaration'
        )
        yield failure_of(original, "1", "unnamed_column", detail)


def _records(text: str, original: Original) -> Iterator[StreamRecord]:
    rows = (row for row in read_rows(text) if isinstance(row, BadRow) or any(row.cells))
    first = list(islice(rows, _SAMPLES + 1))
    columns = _columns_of(first, original)
    yield from _unnamed(columns, original)
    good = _good_rows(chain(first[1:], rows), columns, original)
    if columns.is_triples:
        read = _statement_reader(columns, original)
        for row in good:
            found = row if isinstance(row, Failure) else read(row)
            if found is not None:
                yield found
    else:
        found_entities = (row if isinstance(row, Failure) else _entity(row, columns) for row in good)
        yield from read_entities(found_entities, original)


def _looks_right(original: Original) -> bool:
    columns = read_columns(header_of(original), original.columns)
    return columns.is_triples or columns.is_entities


PARSER = GraphParser(
    name="table_graph",
    version=2,
    suffixes=frozenset({".csv", ".tsv", ".tab"}),
    looks_right=_looks_right,
    read=_records,
)
