"""What the columns of a graph's table hold: by the work's declaration, by their header, by their first values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pedcorpus.errors import InputError
from pedcorpus.normalise import fold
from pedcorpus.parse.csv_rows import Row, read_rows
from pedcorpus.parse.decode import decode
from pedcorpus.parse.parser import Original
from pedcorpus.parse.relation_words import IGNORED

__all__ = ["Columns", "header_of", "read_columns", "role_of"]

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
_HEAD_BYTES = 4096
_IDENTIFIERS = ("id", "_id", "编号", "序号", "编码", "code", "url", "链接", "网址")


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
    unnamed: tuple[int, ...]
    """Columns with a blank header that are not read; a first column of row numbers is none of them."""

    @cached_property
    def is_triples(self) -> bool:
        return {"head", "relation", "tail"} <= self.roles.keys()

    @cached_property
    def needed(self) -> tuple[tuple[str, int], ...]:
        """Roles, with their columns, that every row has to fill."""
        roles = ("head", "relation", "tail") if self.is_triples else ("name",)
        return tuple((role, self.roles[role]) for role in roles)

    @property
    def is_entities(self) -> bool:
        return "name" in self.roles and bool(self.relations)


def header_of(original: Original) -> tuple[str, ...]:
    """The first row of a table, from its first bytes; empty where they are no text or no table."""
    try:
        head = decode(
            original.data[:_HEAD_BYTES].rpartition(b"\n")[0] or original.data[:_HEAD_BYTES], where=original.path
        )
    except InputError:
        return ()
    first = next(iter(read_rows(head.text)), None)
    return first.cells if isinstance(first, Row) else ()


def read_columns(header: Sequence[str], declared: Mapping[str, str], samples: Sequence[Sequence[str]] = ()) -> Columns:
    """Reads a header; `declared` maps its names, or `#3` for the third column, and is believed before all else.

    `samples` are the cells of some first rows: what tells row numbers from a column whose name is missing.
    """
    mapped = [declared.get(f"#{column}") or declared.get(name, name) for column, name in enumerate(header, 1)]
    roles: dict[str, int] = {}
    for column, name in enumerate(mapped):
        if role := role_of(name):
            roles.setdefault(role, column)
    triples = {"head", "relation", "tail"} <= roles.keys()
    rest = [column for column, name in enumerate(mapped) if column not in roles.values() and name and name != IGNORED]
    notes = {column: header[column] or mapped[column] for column in rest if triples or _is_identifier(mapped[column])}
    relations = {column: _relation_word(mapped[column]) for column in rest if column not in notes}
    blank = [column for column, name in enumerate(mapped) if not name]
    unnamed = tuple(column for column in blank if any(_holds_words(row[column : column + 1]) for row in samples))
    return Columns(tuple(header), roles, relations, notes, unnamed)


def role_of(name: str) -> str:
    """What a column or key of that name holds (`head`, `relation`, `tail`, `name`, `type` …); empty for others."""
    return _BY_HEADER.get(fold(name).replace("_", ""), "")


def _holds_words(cells: Sequence[str]) -> bool:
    return any(cell and not cell.isdecimal() for cell in cells)


def _is_identifier(name: str) -> bool:
    folded = fold(name)
    return folded in _IDENTIFIERS or folded.endswith(("_id", "编号", "编码", "_code"))


def _relation_word(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.casefold().endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)]
    return name
