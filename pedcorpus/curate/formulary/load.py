"""Reads a formulary from TOML and says everything that is wrong with it at once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pedcorpus.curate.formulary.problems import formulary_problems
from pedcorpus.curate.formulary.table import Drug, Formulary
from pedcorpus.errors import SettingsError
from pedcorpus.facts import plain
from pedcorpus.facts.lookup import whole_words
from pedcorpus.records import canonical_json, content_id

__all__ = ["ParsedFormulary", "load_formulary", "parse_formulary", "shipped_formulary"]


@dataclass(frozen=True, eq=False)
class ParsedFormulary:
    """A sound formulary, ready to find its drugs in text."""

    table: Formulary

    @cached_property
    def by_name(self) -> dict[str, Drug]:
        """Every name, plain, with its drug."""
        return {plain(name): drug for drug in self.table.drug for name in (drug.zh, drug.en, *drug.aliases)}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the longest name at a place of a plain text."""
        return whole_words(self.by_name)

    @cached_property
    def digest(self) -> str:
        """Eight hex digits that stand for everything in the table."""
        return content_id("formulary", canonical_json(self.table.model_dump(mode="json")))[:8]

    def drug_in(self, text: str) -> Drug | None:
        """The first drug that `text` names."""
        found = self.pattern.search(plain(text))
        return self.by_name[found.group()] if found else None

    def source_text(self, keys: tuple[str, ...]) -> str:
        """The best two sources in words."""
        best = sorted(keys, key=lambda key: self.table.sources[key].tier)[:2]
        return "; ".join(f"{key}: {self.table.sources[key].title}" for key in best)


@cache
def shipped_formulary() -> ParsedFormulary:
    """The table that ships with the package."""
    text = (files("pedcorpus.curate.formulary") / "formulary.toml").read_text(encoding="utf-8")
    return parse_formulary(text, place="formulary.toml")


@cache
def load_formulary(path: Path) -> ParsedFormulary:
    """The formulary at `path`.

    Raises:
        SettingsError: it cannot be read or is not sound; lists every problem with its entry.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(path, [f"cannot be read: {error}; correct curate.formulary"]) from error
    return parse_formulary(text, place=str(path))


def parse_formulary(text: str, *, place: str) -> ParsedFormulary:
    """The formulary that `text` writes; `place` stands before each problem.

    Raises:
        SettingsError: not TOML, or not sound.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(place, [f"not valid TOML: {error}"]) from error
    try:
        table = Formulary.model_validate(values)
    except ValidationError as error:
        raise SettingsError(place, [_problem(item, values) for item in error.errors(include_url=False)]) from error
    if problems := list(formulary_problems(table)):
        raise SettingsError(place, problems)
    return ParsedFormulary(table)


def _problem(error: Any, values: dict[str, Any]) -> str:  # one of pydantic's ErrorDetails; any TOML
    parts = list(error["loc"])
    name = ""
    if parts[:1] == ["drug"] and len(parts) > 1:
        entry = values["drug"][parts[1]]
        name = f"drug {entry.get('zh', parts[1])!r}, " if isinstance(entry, dict) else ""
        parts = parts[2:]
    return f"{name}{'.'.join(map(str, parts))}: {error['msg']} (found {str(error['input'])[:80]!r})"
