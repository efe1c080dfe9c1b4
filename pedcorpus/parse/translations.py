"""Tables of translated labels, as `hp-zh` has them: the term's own name, its name in another language.

Each becomes `has_alias` from the name that the graph of the same work uses, with the language and the identifier, so
that a disease or symptom is found by either. A translated definition becomes a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pedcorpus.normalise import fold
from pedcorpus.parse.cells import cleaned, one_name
from pedcorpus.parse.codes import code_of, local_name, type_of_code
from pedcorpus.parse.csv_rows import BadRow, Row, read_rows
from pedcorpus.parse.entities import Entity, Field, read_entities
from pedcorpus.parse.graph_stream import GraphParser
from pedcorpus.parse.parser import Original
from pedcorpus.parse.rows import failure_of
from pedcorpus.parse.table_columns import header_of
from pedcorpus.records import Failure

__all__ = ["PARSER"]

_ROLES: dict[str, tuple[str, ...]] = {
    "id": ("subject_id", "id", "term_id", "hpo_id", "hp_id", "doid", "code", "编号", "编码", "hpo编号"),
    "source": (
        "source_value", "source_label", "label", "label_en", "name_en", "english", "en", "term", "英文名", "英文名称",
        "英文", "原名",
    ),
    "target": (
        "translation_value", "translation", "translated_label", "target_label", "label_zh", "name_zh", "name_cn",
        "label_cn", "chinese", "zh", "中文名", "中文名称", "中文", "中文译名", "译名",
    ),
    "predicate": ("predicate_id", "predicate", "property"),
    "language": ("translation_language", "target_language", "language", "lang", "语言"),
    "status": ("translation_status", "status", "状态"),
}  # fmt: skip
_BY_HEADER = {fold(word).replace("_", ""): role for role, words in _ROLES.items() for word in words}
_RELATIONS = {
    "label": "has_alias",
    "hasexactsynonym": "has_alias",
    "hasrelatedsynonym": "has_related_synonym",
    "hasbroadsynonym": "has_broad_synonym",
    "hasnarrowsynonym": "has_narrow_synonym",
    "iao_0000115": "definition",
    "0000115": "definition",
    "definition": "definition",
}
_UNTRANSLATED = {"not_translated", "untranslated", "未翻译"}


def _roles(header: Sequence[str], original: Original) -> dict[str, int]:
    """Column of each role; the work's declaration is believed first."""
    found: dict[str, int] = {}
    for column, name in enumerate(header):
        if role := _BY_HEADER.get(fold(original.columns.get(name, name)).replace("_", "")):
            found.setdefault(role, column)
    return found


def _is_table_of_translations(roles: dict[str, int]) -> bool:
    return {"id", "source", "target"} <= roles.keys()


def _relation(predicate: str) -> str:
    """What the translated value is to the term; the term's label where no predicate says."""
    word = local_name(predicate).rpartition(":")[2].casefold()
    return _RELATIONS.get(word, "") if word else "has_alias"


def _entities(text: str, original: Original) -> Iterator[Entity | Failure]:
    roles: dict[str, int] = {}
    labels: dict[str, str] = {}
    for row in read_rows(text):
        if isinstance(row, BadRow):
            detail = f"{row.problem}; close the quotation mark, or shorten the cell"
            yield failure_of(original, str(row.line), "bad_row", detail, raw=row.raw)
        elif not roles:
            roles = _roles(row.cells, original)
        elif any(row.cells):
            cells = {role: row.cells[column] for role, column in roles.items() if column < len(row.cells)}
            found = _translated(row, cells, labels, original)
            if found is not None:
                yield found


def _translated(row: Row, cells: dict[str, str], labels: dict[str, str], original: Original) -> Entity | Failure | None:
    """What one row states; nothing where it is not translated yet, or says what we do not read."""
    relation = _relation(cells.get("predicate", ""))
    target = cleaned(cells.get("target", ""))
    if not relation or not one_name(target) or cells.get("status", "").casefold() in _UNTRANSLATED:
        return None
    code = cells.get("id", "")
    source = one_name(cells.get("source", ""))
    if relation == "has_alias" and source:
        labels.setdefault(code, source)
    name = labels.get(code) or ("" if relation == "definition" else source)
    if not name:
        detail = f"translates {code or 'a term'} without its own label, expected one in a row above; add it"
        return failure_of(original, str(row.line), "bad_row", detail, raw=row.raw)
    told = {key: cells.get(key, "") for key in ("language", "status")}
    attributes = [("head_id", code_of(code) or code), *told.items()]
    if relation == "definition":
        field = Field("definition", relation, (target,), row.raw, shape="text")
    else:
        field = Field("label", relation, (target,), row.raw, shape="name")
    return Entity(
        name=name,
        kind=type_of_code(code_of(code)),
        fields=[field],
        row=row.line,
        start=row.start,
        end=row.start + len(row.raw),
        attributes=tuple((key, value) for key, value in attributes if value),
    )


def _looks_right(original: Original) -> bool:
    return _is_table_of_translations(_roles(header_of(original), original))


PARSER = GraphParser(
    name="label_translations",
    version=1,
    suffixes=frozenset(),  # told by its columns: other tables are graphs themselves
    looks_right=_looks_right,
    read=lambda text, original: read_entities(_entities(text, original), original),
)
