"""Which of the source's numbers the words around a number of the answer belong to."""

from __future__ import annotations

from collections.abc import Sequence

from pedcorpus.curate.support.cited import Quote, Said
from pedcorpus.facts import Quantity, Reading

__all__ = ["nearer", "told_of"]

Sourced = tuple[Quantity, Quote]

_MUCH_NEARER = 3
"""Terms by which one place must be nearer than another to be the one that is meant."""
_MOST = 0.5


def nearer(said: Said, quantity: Quantity, others: Sequence[Sourced], bounded: Sequence[Sourced]) -> str:
    """The same number with another bound, where the answer's clause is much more about that one; else empty."""
    mine = _clause_terms(said.reading, quantity)
    best = max(len(mine & _clause_terms(quote.reading, item)) for item, quote in bounded)
    for item, quote in others:
        if len(mine & _clause_terms(quote.reading, item)) >= best + _MUCH_NEARER:
            return quote.reading.text[slice(*item.said)].strip()
    return ""


def told_of(said: Said, quantity: Quantity, others: Sequence[Sourced], bounded: Sequence[Sourced]) -> str:
    """Another number that the source gives for what the answer says before its own; empty if it may be the same.

    The words that lead up to the number name what only that other one is told of, and nothing that only its own is.
    """
    mine = said.reading.lead_terms(quantity)
    if not mine:
        return ""
    leads = [quote.reading.lead_terms(item) for item, quote in bounded]
    own = frozenset().union(*leads, *(_clause_terms(quote.reading, item) for item, quote in bounded))
    if any(not term.isascii() for term in mine) and mine & own and any(leads):
        own |= mine
    if not own:
        return ""
    for item, quote in others:
        there = quote.reading.lead_terms(item)
        only_there, only_own = mine & (there - own), mine & (own - there)
        if (
            not only_own
            and only_there
            and len(only_there) >= _least(only_there)
            and len(only_there) >= _MOST * len(mine & (there | own))
        ):
            return quote.reading.text[slice(*item.said)].strip()
    return ""


def _least(found: frozenset[str]) -> int:
    """A word of English says as much as two pairs of characters."""
    return 1 if any(term.isascii() for term in found) else 2


def _clause_terms(reading: Reading, quantity: Quantity) -> frozenset[str]:
    return reading.clause_terms[reading.clause_at(quantity.start)]
