"""What every record shares: frozen, no unknown fields, one canonical JSON, identity by content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict

__all__ = ["Record", "canonical_json", "content_id"]


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_set = object.__setattr__


@cache
def _all_fields(record: type[BaseModel]) -> set[str]:
    return set(record.model_fields)


class Record(BaseModel):
    """A value: compared and identified by what it holds, never changed in place."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, ser_json_inf_nan="null", allow_inf_nan=False
    )
    later_fields: ClassVar[frozenset[str]] = frozenset()
    """Fields that records of before do not have: left out of the body where empty, so that these keep their ids."""

    @classmethod
    def unchecked(cls, values: dict[str, Any]) -> Self:
        """A record of `values`, one for each field, of its own type and within its bounds: none of it is looked at.

        For what code has worked out itself and makes by the hundred thousand; `values` is kept, not copied.
        """
        record = cls.__new__(cls)
        _set(record, "__dict__", values)
        _set(record, "__pydantic_fields_set__", _all_fields(cls))
        _set(record, "__pydantic_extra__", None)
        _set(record, "__pydantic_private__", None)
        return record

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields changed; ids and whatever else follows from the fields are worked out anew."""
        copied = super().model_copy(update=update, deep=deep)
        for name in set(copied.__dict__) - set(type(self).model_fields):
            del copied.__dict__[name]
        return copied


def canonical_json(value: Any) -> str:  # any JSON value
    """`value` as the one JSON text that stands for it: keys sorted, no spaces, no escapes beyond JSON's own."""
    return _CANONICAL.encode(value)


def content_id(*parts: str) -> str:
    """20 hex digits (80 bits of BLAKE2b) that stand for `parts`, whose borders count."""
    digest = blake2b(digest_size=10)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "little"))
        digest.update(encoded)
    return digest.hexdigest()
