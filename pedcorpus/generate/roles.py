"""Who can ask, and how they speak: the table `roles.toml`, which a paediatrician can edit."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pedcorpus.records import Asker

__all__ = ["Role", "roles"]


@dataclass(frozen=True)
class Role:
    """One asker."""

    asker: Asker
    name: str
    """As the model is told."""
    registers: tuple[str, ...]
    share: int = 1
    """How often it asks beside the others."""
    youngest: float = 0.0
    """Age in years from which the child of the question can be the asker."""


@cache
def roles(language: str) -> tuple[Role, ...]:
    """All askers in the order of the table."""
    text = files("pedcorpus.generate").joinpath("roles.toml").read_text(encoding="utf-8")
    return tuple(
        Role(Asker(asker), row["name"], tuple(row["registers"]), row.get("share", 1), row.get("youngest", 0.0))
        for asker, row in tomllib.loads(text)[language].items()
    )
