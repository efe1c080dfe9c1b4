"""Statements turned round: the evidence denies what is asserted, asserts what is denied, or says the opposite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pedcorpus.curate.support.cited import Cited, Said
from pedcorpus.curate.support.gap import Gap
from pedcorpus.facts import Assertion

__all__ = ["turned_gaps"]

_ALIGNED = 0.3
"""Share of an assertion's terms that the evidence's must have to be about the same."""
_NEARLY_BEST = 0.85


def turned_gaps(said: Said, cited: Cited) -> Iterator[Gap]:
    """Each assertion of `said` that the evidence makes the other way round."""
    sourced = [item for quote in cited.quotes for item in quote.reading.assertions]
    for assertion in said.reading.assertions:
        if not said.holds(assertion.start) or not assertion.terms:
            continue
        like = _like(assertion, sourced)
        yield from _denial_gaps(assertion, like, sourced, said)
        yield from _opposite_gaps(assertion, like, sourced)


def _like(assertion: Assertion, sourced: Sequence[Assertion]) -> list[Assertion]:
    """The evidence's assertions that are about the same, none if nothing is."""
    scored = [(len(assertion.terms & item.terms) / len(assertion.terms), item) for item in sourced]
    best = max((score for score, _ in scored), default=0.0)
    return [item for score, item in scored if score >= _NEARLY_BEST * best] if best >= _ALIGNED else []


def _denial_gaps(
    assertion: Assertion, like: Sequence[Assertion], sourced: Sequence[Assertion], said: Said
) -> Iterator[Gap]:
    if any(item.is_denied == assertion.is_denied for item in like):
        return
    if not like and (not assertion.denials or any(item.is_denied and item.terms & assertion.terms for item in sourced)):
        return
    start, end = assertion.denials[0] if assertion.denials else (assertion.start, assertion.end)
    detail = "the source does not deny it" if assertion.is_denied else "the source denies it"
    yield Gap("negation_turned", max(start, said.start), min(end, said.end), detail)


def _opposite_gaps(assertion: Assertion, like: Sequence[Assertion], sourced: Sequence[Assertion]) -> Iterator[Gap]:
    for pair, side in sorted(assertion.opposites):
        if any((pair, side) in item.opposites for item in like):
            continue
        turned = [item for item in (like or sourced) if (pair, 1 - side) in item.opposites]
        if turned and (like or not any((pair, side) in item.opposites for item in sourced)):
            yield Gap("comparison_turned", assertion.start, assertion.end, "the source says the opposite")
