"""Declared tables of this room: TOML with its sources, shipped or a hospital's own, read whole or refused whole."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import Field, ValidationError

from pedcorpus.curate.formulary import SourceRow
from pedcorpus.errors import SettingsError
from pedcorpus.records import Record, canonical_json, content_id

__all__ = ["Cited", "ParsedTable", "Table", "inverted", "load_table", "parse_table", "shipped_table"]


class Cited(Record):
    """An entry that says where it was read."""

    sources: tuple[str, ...] = Field(min_length=1)
    """Keys of the table's `sources`."""


class Table(Record):
    """What every table has."""

    version: int = Field(ge=1)
    notice: str = Field(min_length=1)
    """What it is for and what not."""
    sources: dict[str, SourceRow]

    def problems(self) -> Iterator[str]:
        """What is wrong in it although it is well-formed, a line each."""
        yield from ()


T = TypeVar("T", bound=Table)


@dataclass(frozen=True, eq=False)
class ParsedTable(Generic[T]):
    """A sound table."""

    table: T

    @cached_property
    def setting(self) -> str:
        """Version and eight hex digits that stand for everything in it."""
        digest = content_id("table", canonical_json(self.table.model_dump(mode="json")))
        return f"{self.table.version}-{digest[:8]}"

    def source_text(self, keys: tuple[str, ...]) -> str:
        """The best two sources in words."""
        best = sorted(dict.fromkeys(keys), key=lambda key: self.table.sources[key].tier)[:2]
        return "; ".join(f"{key}: {self.table.sources[key].title}" for key in best)


@cache
def shipped_table(model: type[T], name: str) -> ParsedTable[T]:
    """The table `name` that ships with the package."""
    text = (files("pedcorpus.curate.sense") / name).read_text(encoding="utf-8")
    return parse_table(model, text, place=name)


@cache
def load_table(model: type[T], name: str, folder: str) -> ParsedTable[T]:
    """The table `name` in `folder`, or the shipped one where the folder has none or is not named.

    Raises:
        SettingsError: the folder is missing, or the table is not sound; lists every problem with its entry.
    """
    if not folder:
        return shipped_table(model, name)
    path = Path(folder).expanduser()
    if not path.is_dir():
        raise SettingsError(path, ["is no folder; correct curate.medical_tables"])
    if not (path / name).exists():
        return shipped_table(model, name)
    try:
        text = (path / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(path / name, [f"cannot be read: {error}; correct curate.medical_tables"]) from error
    return parse_table(model, text, place=str(path / name))


def parse_table(model: type[T], text: str, *, place: str) -> ParsedTable[T]:
    """The table that `text` writes; `place` stands before each problem.

    Raises:
        SettingsError: not TOML, or not sound.
    """
    try:
        values = tomllib.loads(text)
        table = model.model_validate(values)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(place, [f"not valid TOML: {error}"]) from error
    except ValidationError as error:
        raise SettingsError(place, [_problem(item) for item in error.errors(include_url=False)]) from error
    if problems := [*_unknown_sources(table), *table.problems()]:
        raise SettingsError(place, problems)
    return ParsedTable(table)


def inverted(low: float | None, high: float | None, *, what: str) -> Iterator[str]:
    """The problem of a range whose low end is above its high end."""
    if low is not None and high is not None and low > high:
        yield f"{what}: inverted range, {low:g} is above {high:g}"


def _unknown_sources(table: Table) -> Iterator[str]:
    for path, entry in _entries(table, ""):
        if isinstance(entry, Cited):
            for key in entry.sources:
                if key not in table.sources:
                    yield f"{path}: unknown source {key!r}; name it under [sources]"


def _entries(record: Record, path: str) -> Iterator[tuple[str, Record]]:
    for name, value in record:
        for index, item in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(item, Record):
                below = f"{path}{name}[{index}]"
                yield below, item
                yield from _entries(item, f"{below}.")


def _problem(error: Any) -> str:  # one of pydantic's ErrorDetails
    return f"{'.'.join(map(str, error['loc']))}: {error['msg']} (found {str(error['input'])[:80]!r})"
