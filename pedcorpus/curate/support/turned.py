"""Statements turned round: the evidence denies what is asserted, asserts what is denied, or says the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pedcorpus.curate.support.cited import Cited, Said, is_shared
from pedcorpus.curate.support.gap import Gap
from pedcorpus.facts import Assertion

__all__ = ["turned_gaps"]

_ALIGNED = 0.3
"""Share of an assertion's terms that the evidence's must have to be about the same."""
_NEARLY_BEST = 0.85
_SCOPE = 0.6
"""Share of what is denied that an assertion must hold to be the one that is denied."""
_SAME = 0.75
_DENIED = "the source denies it"
_GIVES = re.compile(r"可(?:以|选)?用|给予|应用|宜用|选用|首选|口服|服用|静滴|\b(?:give|use|start)\b")
_RIVALRY = 0.7
"""How near another assertion must come to count as well."""


Sourced = tuple[Assertion, frozenset[str]]
"""An assertion of the evidence with the diseases that it is said of."""


def turned_gaps(said: Said, cited: Cited) -> Iterator[Gap]:
    """Each assertion of `said` that the evidence makes the other way round."""
    for assertion in said.reading.assertions:
        if not said.holds(assertion.start) or not assertion.terms:
            continue
        may_be_denied = assertion.is_denied or cited.denies
        if not may_be_denied and not assertion.opposites:
            continue
        same = _of_same_disease(assertion, cited.assertions, said)
        if may_be_denied:
            yield from (
                _denial_gaps(assertion, same, said)
                if not _gives_denied(assertion, cited, said)
                else [Gap("negation_turned", max(assertion.start, said.start), min(assertion.end, said.end), _DENIED)]
            )
        if assertion.opposites:
            yield from _opposite_gaps(assertion, _like(assertion, same), same)


def _gives_denied(assertion: Assertion, cited: Cited, said: Said) -> bool:
    """Does it give a drug that the evidence names only to deny it?"""
    reading = said.reading
    if assertion.is_denied or not _GIVES.search(reading.text, assertion.start, assertion.end):
        return False
    drugs = [
        item.canonical
        for item in reading.names
        if item.kind == "drug" and item.is_known and assertion.start <= item.start < assertion.end
    ]
    return any(_is_only_denied(drug, cited) for drug in drugs)


def _is_only_denied(drug: str, cited: Cited) -> bool:
    places = [
        (quote.reading, item.start) for quote in cited.quotes for item in quote.reading.names if item.canonical == drug
    ]
    return bool(places) and all(
        any(one.start <= place < one.end and one.is_denied for one in reading.assertions) for reading, place in places
    )


def _of_same_disease(assertion: Assertion, sourced: Sequence[Sourced], said: Said) -> list[Assertion]:
    mine = said.reading.owners(assertion.start, "disease") or frozenset(
        item.canonical for item in said.reading.disease_names if said.holds(item.start)
    )
    if not mine:
        return [item for item, _ in sourced]
    return [item for item, diseases in sourced if is_shared(mine, diseases)]


def _like(assertion: Assertion, sourced: Sequence[Assertion]) -> list[Assertion]:
    """The evidence's assertions that are about the same, none if nothing is."""
    scored = [(len(assertion.terms & item.terms) / len(assertion.terms), item) for item in sourced]
    best = max((score for score, _ in scored), default=0.0)
    return [item for score, item in scored if score >= _NEARLY_BEST * best] if best >= _ALIGNED else []


def _denial_gaps(assertion: Assertion, sourced: Sequence[Assertion], said: Said) -> Iterator[Gap]:
    if assertion.is_denied:
        wrong = not _is_denied_there(assertion, sourced)
        detail = "the source does not deny it"
    else:
        wrong = any(_denies(item, assertion, sourced) for item in sourced if not item.agrees(assertion))
        detail = _DENIED
    if wrong or _is_one_denial_off(assertion, sourced):
        start, end = assertion.denials[0] if assertion.denials else (assertion.start, assertion.end)
        yield Gap("negation_turned", max(start, said.start), min(end, said.end), detail)


def _is_one_denial_off(assertion: Assertion, sourced: Sequence[Assertion]) -> bool:
    """Is the evidence's own sentence, nearly word for word, with one denial more or less?"""
    denied = [item for item in sourced if item.is_denied]
    alike = [item for item in denied if len(item.terms & assertion.terms) >= _SAME * len(item.terms | assertion.terms)]
    count = len(assertion.denials)
    return bool(alike) and all((len(item.denials) - count) % 2 for item in alike) and assertion.is_denied


def _is_denied_there(assertion: Assertion, sourced: Sequence[Assertion]) -> bool:
    """Does the evidence deny what `assertion` denies?"""
    agreeing = [item for item in sourced if item.agrees(assertion)]
    scope = assertion.scope
    best = max((len(scope & item.terms) / len(scope) for item in agreeing), default=0.0)
    rival = max((len(scope & item.terms) / len(scope) for item in sourced if not item.agrees(assertion)), default=0.0)
    return best >= _RIVALRY * rival


def _denies(item: Assertion, assertion: Assertion, sourced: Sequence[Assertion]) -> bool:
    """Does the evidence's `item` deny what `assertion` asserts, and no other part of it assert that?"""
    if not item.is_denied:
        return False
    common = item.scope & assertion.terms
    if not common or len(common) < _SCOPE * min(len(item.scope), len(assertion.terms)):
        return False
    whole = len(item.terms & assertion.terms)
    return not any(
        other.agrees(assertion) and len(common & other.terms) >= _SCOPE * len(common)
        and len(other.terms & assertion.terms) >= _RIVALRY * whole
        for other in sourced
    )  # fmt: skip


def _opposite_gaps(assertion: Assertion, like: Sequence[Assertion], sourced: Sequence[Assertion]) -> Iterator[Gap]:
    for pair, side in sorted(assertion.opposites):
        if any((pair, side) in item.opposites for item in like):
            continue
        turned = [item for item in (like or sourced) if (pair, 1 - side) in item.opposites]
        if turned and (like or not any((pair, side) in item.opposites for item in sourced)):
            yield Gap("comparison_turned", assertion.start, assertion.end, "the source says the opposite")
