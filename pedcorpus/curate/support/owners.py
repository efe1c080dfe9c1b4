"""Is a fact of the source said there of the same drug, disease, age, severity or stage as in the answer?"""

from __future__ import annotations

import math

from pedcorpus.curate.support.cited import Quote, Said, is_shared
from pedcorpus.facts import Quantity, Reading, Route, is_same_route

__all__ = ["another_owner"]

_AMOUNTS = frozenset({"mass", "volume", "activity", "substance"})
_DOSED = frozenset({"mass", "volume", "activity", "substance", "times"})


def another_owner(said: Said, quantity: Quantity, sourced: Quantity, quote: Quote) -> str:
    """What the source says `sourced` of, where that is not what the answer says it of; empty if it may be."""
    position, place = quantity.start, sourced.start
    drugs = quote.owners(place, "drug")
    if not is_shared(said.owners(position, "drug"), drugs) and not _may_be_of(said, quantity, drugs):
        return " / ".join(sorted(drugs))
    diseases = quote.owners(place, "disease")
    named = said.reading.owners(position, "disease")
    if named and not is_shared(named, diseases):
        return " / ".join(sorted(diseases))
    if not named and not is_shared(said.owners(position, "disease"), diseases | quote.named_anywhere):
        return " / ".join(sorted(diseases))
    there = quote.reading.contrasts_of(place)
    for family, value in said.reading.contrasts_of(position).items():
        if there.get(family, value) != value:
            return there[family]
    return _another_condition(said, quantity, sourced, quote) or _another_route(said, quantity, sourced, quote)


def _another_route(said: Said, quantity: Quantity, sourced: Quantity, quote: Quote) -> str:
    """A dose for one way of giving is not that for another, where each clause begins with its own."""
    if not quantity.dimension or quantity.dimension[0] not in _AMOUNTS:
        return ""
    mine, there = _leading_routes(said.reading, quantity), _leading_routes(quote.reading, sourced)
    if len(mine) != 1 or len(there) != 1:
        return ""
    one, other = mine[0], there[0]
    if is_same_route(one.name, other.name) or is_same_route(other.name, one.name):
        return ""
    return quote.reading.text[other.start : other.end]


def _leading_routes(reading: Reading, quantity: Quantity) -> list[Route]:
    start = reading.clauses[reading.clause_at(quantity.start)].start
    return [item for item in reading.routes if start <= item.start < quantity.start]


def _may_be_of(said: Said, quantity: Quantity, drugs: frozenset[str]) -> bool:
    """A time or a share may be of any drug of its sentence, and of a drug of another sentence it need not be."""
    if quantity.dimension[:1] and quantity.dimension[0] in _DOSED:
        return False
    sentence = said.reading.clauses[said.reading.clause_at(quantity.start)].sentence
    beside = frozenset(
        item.canonical
        for item in said.reading.names
        if item.kind == "drug" and said.reading.clauses[said.reading.clause_at(item.start)].sentence == sentence
    )
    return not beside or bool(beside & drugs)


def _another_condition(said: Said, quantity: Quantity, sourced: Quantity, quote: Quote) -> str:
    """A dose or a limit for one age or weight is not that of another."""
    mine = said.reading.condition_of(quantity)
    there = quote.reading.condition_of(sourced)
    if mine is None or there is None or mine.dimension != there.dimension:
        return ""
    same_ends = math.isclose(mine.low, there.low, rel_tol=0.03) and math.isclose(mine.high, there.high, rel_tol=0.03)
    turned = {mine.bound, there.bound} in ({"above", "below"}, {"above", "within"})
    return "" if same_ends and not turned else quote.reading.text[slice(*there.said)].strip()
