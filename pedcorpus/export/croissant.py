"""Croissant 1.0 metadata (JSON-LD): every table with its hash, and what each column holds."""

from __future__ import annotations

from collections.abc import Iterator
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
    name = f"{record_set}/{column.name}"
    source = {"fileObject": {"@id": path}, "extract": {"column": column.name}}
    return {"@type": "cr:Field", "@id": name, "name": name, **_shape(name, column.type), "source": source}


def _shape(name: str, kind: pa.DataType) -> dict[str, Any]:
    """Type of a column: `repeated` for a list, `subField` for a struct, as deep as they are nested."""
    if pa.types.is_list(kind):
        return {"repeated": True, **_shape(name, kind.value_type)}
    if pa.types.is_struct(kind):
        return {"subField": list(_sub_fields(name, kind))}
    if pa.types.is_integer(kind):
        return {"dataType": "sc:Integer"}
    return {"dataType": "sc:Float" if pa.types.is_floating(kind) else "sc:Text"}


def _sub_fields(name: str, kind: pa.StructType) -> Iterator[dict[str, Any]]:
    for member in (kind.field(position) for position in range(kind.num_fields)):
        inner = f"{name}/{member.name}"
        yield {"@type": "cr:Field", "@id": inner, "name": inner, **_shape(inner, member.type)}
