"""Reads a record back from the values of its own canonical JSON without looking at them again.

What is stored was checked when it was made, and is named by a hash of its content. Whoever reads a million of them, to
render each, need not check each again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from pedcorpus.records.base import Record

__all__ = ["NotPlain", "read_back"]

R = TypeVar("R", bound=Record)
_Read = Callable[[Any], Any]  # of a JSON value, of any type

_AS_IT_IS = frozenset({str, int, float, bool, NoneType, Any})


class NotPlain(Exception):
    """The values, or the fields of the record, are such that they have to be validated."""


def read_back(record: type[R], values: Mapping[str, Any], *, without: frozenset[str] = frozenset()) -> R:
    """The record of type `record` whose fields have these JSON values; asking it for a field in `without` fails.

    Raises:
        NotPlain: a field is missing or unknown, or of a type that JSON does not tell; validate them instead.
    """
    names, readers, empty = _shape(record, without)
    if names != values.keys():
        values = {**empty, **values}
        if names != values.keys():
            raise NotPlain(record.__name__)
    own = dict(values)
    for name, read in readers:
        own[name] = read(own[name])
    return record.unchecked(own)


@cache
def _shape(
    record: type[Record], without: frozenset[str]
) -> tuple[frozenset[str], tuple[tuple[str, _Read], ...], Mapping[str, Any]]:
    """The names of the values, how those are read that do not stand for themselves, and those left out where empty."""
    readers = {name: _reader(kind) for name, kind in _kinds(record)}
    kept = {name: read for name, read in readers.items() if name not in without}
    empty = {name: record.model_fields[name].default for name in record.later_fields if name in kept}
    return frozenset(kept), tuple((name, read) for name, read in kept.items() if read is not None), empty


def _kinds(record: type[Record]) -> Iterator[tuple[str, Hashable]]:
    kinds: dict[str, Any] = {name: field.annotation for name, field in record.model_fields.items()}  # of any shape
    return iter(kinds.items())


@cache
def _reader(kind: Hashable) -> _Read | None:
    """How a value of this type is read; none where it stands for itself."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind in _AS_IT_IS or origin is Literal:
        return None
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if isinstance(kind, type) and issubclass(kind, Record):
        return lambda value: read_back(kind, value)
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        return _tuple_reader(_reader(inner[0]))
    if origin in (Union, UnionType):
        return _optional_reader([_reader(each) for each in inner if each is not NoneType])
    raise NotPlain(str(kind))


def _tuple_reader(read: _Read | None) -> _Read:
    return tuple if read is None else lambda values: tuple(map(read, values))


def _optional_reader(reads: list[_Read | None]) -> _Read | None:
    if all(read is None for read in reads):
        return None
    if len(reads) > 1:
        raise NotPlain("a union")
    read = reads[0]
    assert read is not None
    return lambda value: None if value is None else read(value)
