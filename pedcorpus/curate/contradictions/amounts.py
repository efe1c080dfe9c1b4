"""Amounts that two answers state of the same thing and that cannot both be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pedcorpus.facts import Quantity, Reading, is_same_route

__all__ = ["clashing_amounts"]

_DOSED = frozenset({"mass", "volume", "activity", "substance", "energy"})
_COMPARED = _DOSED | {"time", "percent", "celsius"}
_TOLERANCE = 1.05
"""Works round: ranges that lie nearer than this do not clash."""
_SAME = 0.5
"""Share of the words around two amounts that both must have to be about the same."""
_FEW = 2
_FAR = 1e18

Pair = tuple[Quantity, Quantity]


def clashing_amounts(first: Reading, second: Reading) -> Iterator[Pair]:
    """The first two amounts of each thing that both state, where no amounts of it in either overlap."""
    here, there = list(_stated(first)), list(_stated(second))
    for quantity in here:
        alike = [item for item in there if _is_same_thing(first, quantity, second, item)]
        own = [item for item in here if item is not quantity and _is_same_thing(first, quantity, first, item)]
        if alike and not own and not any(_overlap(quantity, item) for item in alike):
            yield quantity, alike[0]


def _stated(reading: Reading) -> Sequence[Quantity]:
    return [item for item in reading.quantities if item.dimension[:1] and item.dimension[0] in _COMPARED]


def _is_same_thing(first: Reading, one: Quantity, second: Reading, other: Quantity) -> bool:
    if (one.dimension, one.is_age, one.is_frequency) != (other.dimension, other.is_age, other.is_frequency):
        return False
    if first.contrasts_of(one.start) != second.contrasts_of(other.start):
        return False
    if not _same_condition(first.condition_of(one), second.condition_of(other)):
        return False
    if one.dimension[0] in _DOSED:
        return _is_same_dose(first, one, second, other)
    return _is_told_alike(first, one, second, other)


def _same_condition(one: Quantity | None, other: Quantity | None) -> bool:
    if one is None or other is None:
        return one is other
    return one[2:7] == other[2:7]


def _is_same_dose(first: Reading, one: Quantity, second: Reading, other: Quantity) -> bool:
    drugs = first.owners(one.start, "drug")
    if not drugs or drugs != second.owners(other.start, "drug") or len(drugs) > 1:
        return False
    if "kg" in one.dimension and one.per != other.per:
        return False
    routes, others = _routes(first, one), _routes(second, other)
    is_same = any(is_same_route(name, also) for name in routes for also in others) or routes == others
    return is_same and _diseases_agree(first, one, second, other)


def _routes(reading: Reading, quantity: Quantity) -> frozenset[str]:
    """Routes in its clause, else in the text."""
    clause = reading.clauses[reading.clause_at(quantity.start)]
    inside = frozenset(item.name for item in reading.routes if clause.start <= item.start < clause.end)
    return inside or frozenset(item.name for item in reading.routes)


def _is_told_alike(first: Reading, one: Quantity, second: Reading, other: Quantity) -> bool:
    """Do the words that lead up to both amounts, and those of their clauses, say the same?"""
    if one.per != other.per or not _diseases_agree(first, one, second, other):
        return False
    lead, also_lead = first.lead_terms(one), second.lead_terms(other)
    if lead != also_lead and not _mostly(lead, also_lead):
        return False
    mine = first.clause_terms[first.clause_at(one.start)]
    theirs = second.clause_terms[second.clause_at(other.start)]
    if len(mine & theirs) < _FEW:
        drugs = first.owners(one.start, "drug")
        return bool(lead and drugs) and drugs == second.owners(other.start, "drug")
    return _mostly(mine, theirs)


def _mostly(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return len(mine & theirs) >= _SAME * len(mine | theirs)


def _diseases_agree(first: Reading, one: Quantity, second: Reading, other: Quantity) -> bool:
    """Is neither said of a disease that the other is not said of? One that names none is of what is asked."""
    mine, theirs = first.owners(one.start, "disease"), second.owners(other.start, "disease")
    return not mine or not theirs or bool(mine & theirs)


def _overlap(one: Quantity, other: Quantity) -> bool:
    (low, high), (least, most) = _range(one), _range(other)
    return low <= most * _TOLERANCE and least <= high * _TOLERANCE


def _range(quantity: Quantity) -> tuple[float, float]:
    if quantity.bound in ("above", "after"):
        return quantity.low, _FAR
    if quantity.bound in ("below", "within"):
        return 0.0, quantity.high
    return quantity.low, quantity.high
