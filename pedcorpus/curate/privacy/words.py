"""Reads the word lists beside this file: `[section]`, then words parted by spaces, or characters in a row."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["characters_of", "words_of"]


@cache
def _sections(name: str) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1].isidentifier():
            current = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("# "):
            current += line.split()
    return sections


def words_of(name: str, section: str) -> frozenset[str]:
    """The words of one section of the list `name`."""
    return frozenset(_sections(name)[section])


def characters_of(name: str, section: str) -> frozenset[str]:
    """The single characters of one section of the list `name`."""
    return frozenset("".join(_sections(name)[section]))
