"""Columns as the Hub's YAML describes them, so that no reader of JSON has to guess a type that its first lines hide."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

__all__ = ["hub_features"]

_NAMES = {"double": "float64", "float": "float32"}
"""What Arrow and the Hub call differently."""


def hub_features(schema: pa.Schema) -> list[dict[str, Any]]:  # YAML values
    """The `features` of one config, in the order of the columns."""
    return [_feature(column) for column in schema]


def _feature(column: pa.Field) -> dict[str, Any]:
    kind, key = column.type, "struct"
    if pa.types.is_list(kind):
        kind, key = kind.value_type, "list"
    if pa.types.is_struct(kind):
        return {"name": column.name, key: [_feature(kind.field(place)) for place in range(kind.num_fields)]}
    return {"name": column.name, "list" if key == "list" else "dtype": _NAMES.get(str(kind), str(kind))}
