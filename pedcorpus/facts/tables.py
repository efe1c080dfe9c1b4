"""Reads the word tables of this room: names with their aliases, families of exclusive words, pairs of opposites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

__all__ = ["alias_table", "class_names", "contrast_table", "opposite_table"]


@cache
def _lines(name: str) -> tuple[str, ...]:
    text = (files("pedcorpus.facts") / name).read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _names(line: str) -> list[str]:
    return [name.strip() for name in line.lstrip("* ").split("|")]


@cache
def alias_table(kind: str) -> Mapping[str, str]:
    """Every name of the `kind` (drugs, diseases), plain, with the first name of its line."""
    return {name: _names(line)[0] for line in _lines(f"{kind}.txt") for name in _names(line)}


@cache
def class_names() -> frozenset[str]:
    """First names of the classes of drugs, which name no drug of their own."""
    return frozenset(_names(line)[0] for line in _lines("drugs.txt") if line.startswith("*"))


@cache
def contrast_table() -> Mapping[str, tuple[str, str]]:
    """Every word that excludes others, with its family and its value there."""
    return {word: (family, value) for family, value, words in _contrasts() for word in words}


def _contrasts() -> Iterator[tuple[str, str, list[str]]]:
    family = ""
    for line in _lines("contrasts.txt"):
        if line.startswith("["):
            family = line.strip("[]")
        else:
            value, _, words = line.partition(":")
            yield family, value, _names(words)


@cache
def opposite_table() -> Mapping[str, tuple[int, int]]:
    """Every word that has an opposite, with its pair's number and its side, 0 or 1."""
    table: dict[str, tuple[int, int]] = {}
    for number, line in enumerate(_lines("turns.txt")):
        for side, words in enumerate(line.split("|")):
            table.update((word, (number, side)) for word in words.split())
    return table
