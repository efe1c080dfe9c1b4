"""Croissant 1.0 metadata (JSON-LD): every table with its hash, and what each column holds."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from pedcorpus.export.contents import Contents
from pedcorpus.export.read import Split, View, export_path
from pedcorpus.export.tables import SCHEMAS

__all__ = ["croissant_metadata"]

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant_metadata(contents: Contents) -> dict[str, Any]:  # JSON values
    """The whole croissant.json. It has no date of publication: an export holds no clock."""
    tables = [(view, split) for view, splits in contents.written().items() for split in splits]
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": contents.title.replace(" ", "-"),
        "description": f"Chinese paediatric instructions, {contents.rows} rows. Research data, not medical advice.",
        "license": contents.licenses,
        "inLanguage": contents.languages,
        "version": contents.release.version,
        "isLiveDataset": False,
        "distribution": [_file_object(contents, view, split) for view, split in tables],
        "recordSet": [_record_set(view, split) for view, split in tables],
    }


def _file_object(contents: Contents, view: View, split: Split) -> dict[str, Any]:
    path = export_path(view, split)
    entry = contents.tables[path]
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "contentSize": f"{entry.bytes} B",
        "encodingFormat": "application/x-parquet",
        "sha256": entry.sha256,
    }


def _record_set(view: View, split: Split) -> dict[str, Any]:
    name = f"{view}/{split}"
    fields = [_field(name, column, path=export_path(view, split)) for column in SCHEMAS[view]]
    return {"@type": "cr:RecordSet", "@id": name, "name": name, "field": fields}


def _field(record_set: str, column: pa.Field, *, path: str) -> dict[str, Any]:
    """One column: `repeated` for a list, with a sub-field for each plain member of a struct.

    Members that are nested further (an address in evidence) are left to the Parquet schema: readers of Croissant
    1.0 cannot fill them.
    """
    name = f"{record_set}/{column.name}"
    source = {"fileObject": {"@id": path}, "extract": {"column": column.name}}
    repeated = {"repeated": True} if pa.types.is_list(column.type) else {}
    kind = column.type.value_type if repeated else column.type
    head = {"@type": "cr:Field", "@id": name, "name": name, **repeated}
    if pa.types.is_struct(kind):
        return {**head, "subField": [_sub_field(name, kind.field(number), source) for number in _plain_members(kind)]}
    return {**head, "dataType": _data_type(kind), "source": source}


def _plain_members(kind: pa.StructType) -> list[int]:
    return [number for number in range(kind.num_fields) if not pa.types.is_nested(kind.field(number).type)]


def _sub_field(column: str, member: pa.Field, source: dict[str, Any]) -> dict[str, Any]:
    name = f"{column}/{member.name}"
    inner = {**source, "transform": {"jsonPath": member.name}}
    return {"@type": "cr:Field", "@id": name, "name": name, "dataType": _data_type(member.type), "source": inner}


def _data_type(kind: pa.DataType) -> str:
    if pa.types.is_integer(kind):
        return "sc:Integer"
    return "sc:Float" if pa.types.is_floating(kind) else "sc:Text"
