"""Knowledge graphs kept as tables: one statement a row, or one entity a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from pedcorpus.errors import InputError
from pedcorpus.normalise import fold
from pedcorpus.parse.csv_rows import BadRow, Row, read_rows
from pedcorpus.parse.decode import decode, read_text
from pedcorpus.parse.entities import Entity, Field, entity_passages, entity_triples
from pedcorpus.parse.graph import merge_statements
from pedcorpus.parse.parser import Original, Parsed
from pedcorpus.parse.relations import relation_of, type_of, types_of
from pedcorpus.parse.rows import document_of, failure_of
from pedcorpus.records import Address, Failure, Passage, SourceKind, Triple

__all__ = ["PARSER", "Columns", "TableGraphParser", "read_columns"]

_ROLES: dict[str, tuple[str, ...]] = {
    "head": ("head", "subject", "头实体", "实体1", "主体", "头", "头节点", "主语", "entity1", "start", "node1"),
    "relation": ("relation", "predicate", "relationship", "rel", "关系", "谓词", "关系类型", "relation_type"),
    "tail": ("tail", "object", "尾实体", "实体2", "客体", "尾", "尾节点", "宾语", "entity2", "end", "node2"),
    "head_type": ("head_type", "subject_type", "头实体类型", "实体1类型", "主体类型"),
    "tail_type": ("tail_type", "object_type", "尾实体类型", "实体2类型", "客体类型"),
    "name": (
        "name", "entity", "名称", "实体", "实体名称", "disease", "disease_name", "disease_label", "疾病", "疾病名称",
        "病名", "疾病名", "label",
    ),
    "type": ("type", "entity_type", "类型", "实体类型"),
}  # fmt: skip
_BY_HEADER = {fold(word).replace("_", ""): role for role, words in _ROLES.items() for word in words}
_SUFFIXES = ("_label", "_name", "名称")
_IDENTIFIERS = ("id", "编号", "序号", "编码", "code")


@dataclass(frozen=True)
class Columns:
    """What each column of a table holds."""

    header: tuple[str, ...]
    roles: Mapping[str, int]
    """Column of each role that the header has."""
    relations: Mapping[int, str]
    """Columns whose header names a relation, in an entity table."""
    notes: Mapping[int, str]
    """Columns that are neither: identifiers, and in a triples table whatever else there is."""

    @property
    def is_triples(self) -> bool:
        return {"head", "relation", "tail"} <= self.roles.keys()

    @property
    def is_entities(self) -> bool:
        return "name" in self.roles and bool(self.relations)


def read_columns(header: Sequence[str], declared: Mapping[str, str]) -> Columns:
    """Reads a header, the work's own declaration of its columns first."""
    mapped = [declared.get(name, name) for name in header]
    roles: dict[str, int] = {}
    for column, name in enumerate(mapped):
        role = _BY_HEADER.get(fold(name).replace("_", ""))
        if role is not None:
            roles.setdefault(role, column)
    triples = {"head", "relation", "tail"} <= roles.keys()
    rest = [column for column in range(len(header)) if column not in roles.values() and header[column]]
    notes = {column: header[column] for column in rest if triples or _is_identifier(mapped[column])}
    relations = {column: _relation_word(mapped[column]) for column in rest if column not in notes}
    return Columns(tuple(header), roles, relations, notes)


def _is_identifier(name: str) -> bool:
    folded = fold(name)
    return folded in _IDENTIFIERS or folded.endswith(("_id", "编号", "编码", "_code"))


def _relation_word(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.casefold().endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)]
    return name


def _require_columns(rows: Sequence[Row | BadRow], original: Original) -> Columns:
    header = rows[0].cells if rows and isinstance(rows[0], Row) else ()
    columns = read_columns(header, original.columns)
    if columns.is_triples or columns.is_entities:
        return columns
    found = ", ".join(header) or "none"
    detail = (
        f"found the columns {found}; expected head, relation, tail (or 头实体, 关系, 尾实体), or name and one of "
        "症状, 检查, 药物, 并发症, 科室 …; rename them, or map them under [columns] in the work's declaration"
    )
    raise InputError(original.path, "missing_columns", detail)


def _statement(row: Row, columns: Columns, original: Original) -> Triple:
    """The triple that a row of a triples table states."""
    cells = {role: row.cells[column] for role, column in columns.roles.items() if column < len(row.cells)}
    relation = relation_of(cells["relation"])
    head_type, tail_type = types_of(relation)
    return Triple(
        document=original.sha256,
        head=cells["head"],
        relation=relation,
        tail=cells["tail"],
        head_type=type_of(cells.get("head_type", "")) or head_type,
        tail_type=type_of(cells.get("tail_type", "")) or tail_type,
        attributes=_notes(row, columns),
        quote=row.raw,
        address=Address(row=row.line, entity=cells["head"], start=row.start, end=row.start + len(row.raw)),
    )


def _notes(row: Row, columns: Columns) -> dict[str, str]:
    return {name: row.cells[column] for column, name in columns.notes.items() if row.cells[column : column + 1] > ("",)}


def _entity(row: Row, columns: Columns) -> Entity:
    """The entity that a row of an entity table describes.

    In a table of pairs (one relation column) the quote is the line: the cell alone would not name the entity. It is
    the line, too, where the cell's quotation marks are doubled in the file.
    """
    pair = len(columns.relations) == 1
    fields = [
        Field(
            columns.header[column],
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


def _problem(row: Row | BadRow, columns: Columns) -> str | None:
    """Why a row cannot be read; none where it can."""
    if isinstance(row, BadRow):
        return f"{row.problem}; close the quotation mark"
    if len(row.cells) > len(columns.header):
        return f"found {len(row.cells)} cells, expected {len(columns.header)}; quote cells that hold the delimiter"
    needed = ("head", "relation", "tail") if columns.is_triples else ("name",)
    empty = [role for role in needed if not row.cells[columns.roles[role] : columns.roles[role] + 1] > ("",)]
    return f"found no {', '.join(empty)}, expected text; fill in or delete the row" if empty else None


def _sorted_out(
    rows: Iterable[Row | BadRow], columns: Columns, original: Original
) -> tuple[list[Row], tuple[Failure, ...]]:
    good, bad = [], []
    for row in rows:
        problem = _problem(row, columns)
        if problem is None and isinstance(row, Row):
            good.append(row)
        else:
            bad.append(failure_of(original, str(row.line), "bad_row", problem or "", raw=row.raw))
    return good, tuple(bad)


def _statements(rows: Sequence[Row], columns: Columns, original: Original) -> Iterator[Triple]:
    for row in rows:
        if columns.is_triples:
            yield _statement(row, columns, original)
        else:
            yield from entity_triples(_entity(row, columns), original)


def _texts(rows: Sequence[Row], columns: Columns, original: Original) -> tuple[Passage, ...]:
    passages: list[Passage] = []
    if not columns.is_triples:
        for row in rows:
            passages.extend(entity_passages(_entity(row, columns), original, len(passages)))
    return tuple(passages)


class TableGraphParser:
    """CSV and TSV in works of kind graph."""

    name = "table_graph"
    version = 1
    suffixes = frozenset({".csv", ".tsv", ".tab"})
    kinds = frozenset({SourceKind.GRAPH})

    def recognises(self, original: Original) -> bool:
        try:
            head = decode(original.data[:4096].rpartition(b"\n")[0] or original.data, where=original.path).text
        except InputError:
            return False
        header = next((row for row in islice(read_rows(head), 1) if isinstance(row, Row)), None)
        columns = read_columns(header.cells if header else (), original.columns)
        return columns.is_triples or columns.is_entities

    def parse(self, original: Original) -> Parsed:
        decoded = read_text(original)
        rows = [row for row in read_rows(decoded.text) if isinstance(row, BadRow) or any(row.cells)]
        columns = _require_columns(rows, original)
        good, failures = _sorted_out(rows[1:], columns, original)
        return Parsed(
            document_of(original, f"{self.name}@{self.version}", encoding=decoded.encoding),
            passages=_texts(good, columns, original),
            triples=merge_statements(_statements(good, columns, original)),
            failures=failures,
        )


PARSER = TableGraphParser()
