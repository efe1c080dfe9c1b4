"""The widest bounds that a formulary's rules leave for one way of giving, one child and one text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pedcorpus.curate.formulary import Amount, DoseRule, Drug, amount_of
from pedcorpus.curate.formulary.amounts import unit_amount
from pedcorpus.facts import is_same_route

__all__ = ["Bounds", "Child", "bounds_of", "matching_rules"]

_SLACK_MONTHS = 0.5


@dataclass(frozen=True)
class Child:
    """What is known of a child."""

    age_months: float | None = None
    weight_kg: float | None = None


@dataclass(frozen=True)
class Bounds:
    """Widest range of one dose and one day in one dimension; `None` where no rule says."""

    dose_low: float | None
    dose_high: float | None
    day_low: float | None
    day_high: float | None
    is_parted: bool
    """Every rule divides the day's dose, so a day's dose at once is too much."""


def matching_rules(drug: Drug, routes: frozenset[str], child: Child, words: str) -> tuple[DoseRule, ...]:
    """The rules for these routes, this age and these words; those for any other where none is."""
    rules: Sequence[DoseRule] = [rule for rule in drug.doses if not rule.only_for or _has(words, rule.only_for)]
    rules = rules or drug.doses
    by_route = [rule for rule in rules if not rule.routes or not routes or _meet(rule.routes, routes)]
    by_age = [rule for rule in by_route or rules if _fits(rule, child.age_months)]
    return tuple(by_age or by_route or rules)


def _has(words: str, wanted: Iterable[str]) -> bool:
    return any(word.lower() in words for word in wanted)


def _meet(ruled: Iterable[str], said: frozenset[str]) -> bool:
    said = frozenset({"oral" if route == "tube" else route for route in said})
    return any(is_same_route(a, b) or is_same_route(b, a) for a in ruled for b in said)


def _fits(rule: DoseRule, age_months: float | None) -> bool:
    if age_months is None:
        return True
    start, end = (rule.from_months or 0) - _SLACK_MONTHS, rule.to_months
    return start <= age_months and (end is None or age_months < end + _SLACK_MONTHS)


def _unit(rule: DoseRule) -> Amount:
    unit = unit_amount(rule.unit)
    if unit is None:
        raise ValueError(rule.unit)
    return unit


@lru_cache(maxsize=4096)
def bounds_of(rules: tuple[DoseRule, ...], dimension: str, *, is_per_kg: bool, is_rate: bool = False) -> Bounds:
    """The bounds that `rules` leave together for amounts of `dimension`."""
    fit = [
        (rule, _unit(rule))
        for rule in rules
        if (_unit(rule).dimension, _unit(rule).is_per_kg, rule.per == "rate") == (dimension, is_per_kg, is_rate)
    ]
    doses = [(rule, unit.value) for rule, unit in fit if rule.per == "dose"]
    days = [(rule, unit.value) for rule, unit in fit if rule.per in ("day", "rate")]
    dose_lows = [rule.low * one for rule, one in doses] + [rule.low * one / _most(rule) for rule, one in days]
    dose_highs = [rule.high * one for rule, one in doses]
    dose_highs += [rule.high * one / _least(rule) for rule, one in days]
    day_lows = [rule.low * one for rule, one in days] + [rule.low * one for rule, one in doses]
    tops = [_day_top(rule, one) for rule, one in doses] + [
        max(rule.high, rule.max_daily_per_kg or 0) * one for rule, one in days
    ]
    known = [top for top in tops if top is not None]
    return Bounds(
        min(dose_lows, default=None),
        max(dose_highs, default=None),
        min(day_lows, default=None),
        max(known) if tops and len(known) == len(tops) else None,
        bool(fit) and all(_least(rule) > 1 for rule, _ in [*doses, *days]),
    )


def _day_top(rule: DoseRule, one: float) -> float | None:
    if rule.max_daily_per_kg is not None:
        return rule.max_daily_per_kg * one
    if not unit_amount(rule.unit) or not rule.times:
        return None
    return rule.high * one * rule.times[1]


def _least(rule: DoseRule) -> float:
    return rule.times[0] if rule.times else 1.0


def _most(rule: DoseRule) -> float:
    return rule.times[1] if rule.times else 4.0


@lru_cache(maxsize=4096)
def ceiling(rules: tuple[DoseRule, ...], dimension: str, *, name: str) -> float | None:
    """The highest `max_single` or `max_daily` of `rules`; `None` where none is stated."""
    found = [amount_of(text) for rule in rules if (text := getattr(rule, name))]
    return max((most.value for most in found if most and most.dimension == dimension), default=None)
