"""Drugs and diseases of an answer against those that its quotes and their headings name."""

from __future__ import annotations

from collections.abc import Iterator

from pedcorpus.curate.support.cited import Cited, Said
from pedcorpus.curate.support.gap import Gap
from pedcorpus.facts import Name

__all__ = ["name_gaps"]

_SHORTEST_TAIL = 2


def name_gaps(said: Said, cited: Cited) -> Iterator[Gap]:
    """Each drug and disease of `said` that is not in the evidence under any of its names."""
    mine = [item for item in said.reading.names if said.holds(item.start)]
    drugs = [item for item in mine if item.kind == "drug" and not item.is_class]
    for name in mine:
        is_told_by_member = name.is_class and any(_clause(said, drug) == _clause(said, name) for drug in drugs)
        if not is_told_by_member and not _is_in(name, said, cited):
            text = said.reading.text[name.start : name.end]
            yield Gap(f"{name.kind}_not_in_evidence", name.start, name.end, f"the evidence does not name {text}")


def _clause(said: Said, name: Name) -> int:
    return said.reading.clause_at(name.start)


def _is_in(name: Name, said: Said, cited: Cited) -> bool:
    text = said.reading.text[name.start : name.end]
    if name.is_known:
        is_named = name.canonical in cited.names or (name.kind == "disease" and text in cited.text)
        return is_named and name.quality.removesuffix("型") in cited.text
    if text in cited.text:
        return True
    tails = (text[start:] for start in range(1, len(text) - _SHORTEST_TAIL + 1))
    return not text.isascii() and any(tail in cited.text for tail in tails)
