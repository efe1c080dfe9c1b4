"""The words of a question: phrasings by what is asked and who asks, chosen by hash.

The tables are `questions_zh.toml` and `questions_en.toml` beside this file; a paediatrician can edit them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pedcorpus.generate.choice import ranked
from pedcorpus.records import Asker

__all__ = ["Asked", "can_ask", "phrase"]


@dataclass(frozen=True)
class Asked:
    """One question as one asker puts it."""

    asker: Asker
    text: str


@cache
def _tables(language: str) -> dict[str, dict[str, list[str]]]:
    text = files("pedcorpus.generate").joinpath(f"questions_{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def can_ask(key: str, *, language: str) -> bool:
    """Is there any phrasing for `key` in this language?"""
    return key in _tables(language)


def phrase(key: str, count: int, *, language: str, seed: int, **words: str) -> list[Asked]:
    """Up to `count` ways to ask for `key`, from different askers first; `words` fill `{d}`, `{e}` and `{f}`."""
    table = _tables(language).get(key, {})
    options = [(asker, text) for asker, texts in sorted(table.items()) for text in texts]
    order = ranked(options, seed, key, *(f"{name}={value}" for name, value in sorted(words.items())))
    first: list[tuple[str, str]] = []
    later: list[tuple[str, str]] = []
    for option in order:
        known = {asker for asker, _ in first}
        (later if option[0] in known else first).append(option)
    return [Asked(Asker(asker), _filled(text, words)) for asker, text in (first + later)[:count]]


def _filled(text: str, words: dict[str, str]) -> str:
    filled = text.format(**words)
    return filled[:1].upper() + filled[1:]
