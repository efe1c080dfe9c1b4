"""What is wrong with one stated dose: over the ceiling, tenfold, in another unit, for a day and not a dose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pedcorpus.curate.dosing.bounds import Bounds, Child, bounds_of, ceiling, matching_rules
from pedcorpus.curate.dosing.stated import StatedDose
from pedcorpus.curate.formulary import DoseRule, Drug
from pedcorpus.curate.formulary.amounts import unit_amount
from pedcorpus.records import Severity

__all__ = ["Problem", "dose_problems"]

_ROUNDING = 1.1
"""A dose is rounded to what can be measured out."""
_GROSS = 1.5
"""Beyond this multiple of the widest bound it is an error, below it for review."""
_ROUTE_SLACK = 2.0
"""Up to this multiple a dose may be one that is right by another way of giving."""
_HEAVY_KG = 100.0
"""Stands for a weight that is not known: heavier than nearly every child."""
_LOST, _HALF = 0.3, 0.5
"""Shares of the lowest dose under which one is too low."""
_UNITS = {"mass": "mg", "volume": "ml", "activity": "IU", "substance": "mmol"}


@dataclass(frozen=True)
class Problem:
    """One thing wrong, with the bound that it breaks."""

    reason: str
    severity: Severity
    bound: str
    sources: tuple[str, ...]
    ratio: float = 10.0
    """How many times the bound; what cannot be said so counts as gross."""


@dataclass(frozen=True)
class _Held:
    """A stated dose as it is held against one range."""

    low: float
    high: float
    range_low: float | None
    range_high: float
    shown: str


def dose_problems(stated: StatedDose, drug: Drug, child: Child, words: str) -> Iterator[Problem]:
    """Problems of `stated` as a dose of `drug`; `words` are all of the record's, in lower case."""
    if not drug.doses:
        return
    age = stated.age_months if stated.is_for_others else child.age_months
    rules = matching_rules(drug, stated.routes, Child(age), words)
    if not any(_dimension(rule) == stated.dimension for rule in rules):
        rules = tuple(rule for rule in drug.doses if _dimension(rule) == stated.dimension) or rules
    problem = _other_unit(stated, rules) or _broken(stated, rules, child)
    if problem and not (problem.ratio <= _ROUTE_SLACK and _fits_another_route(stated, drug, child, words)):
        yield problem


def _fits_another_route(stated: StatedDose, drug: Drug, child: Child, words: str) -> bool:
    """Right for the drug by another way of giving: textbooks differ there, and the way may have been read wrong."""
    return bool(stated.routes) and _broken(stated, matching_rules(drug, frozenset(), child, words), child) is None


def _dimension(rule: DoseRule) -> str:
    unit = unit_amount(rule.unit)
    return unit.dimension if unit else ""


def _other_unit(stated: StatedDose, rules: tuple[DoseRule, ...]) -> Problem | None:
    """Right in its numbers, in a unit that the drug is not measured in."""
    if any(_dimension(rule) == stated.dimension for rule in rules) or (
        stated.dimension == "volume" and not stated.is_per_kg
    ):
        return None
    for rule in rules:
        unit = unit_amount(rule.unit)
        if unit is None or unit.is_per_kg is not stated.is_per_kg:
            continue
        if rule.low / _ROUNDING <= stated.figures[0] and stated.figures[1] <= rule.high * _ROUNDING:
            shown = f"{rule.low:g}-{rule.high:g} {rule.unit} per {rule.per}"
            return Problem("unit_mismatch", _severity(rules, 10.0), shown, rule.sources)
    return None


def _broken(stated: StatedDose, rules: tuple[DoseRule, ...], child: Child) -> Problem | None:
    for held in _ranges(stated, rules, child):
        if held.high > held.range_high * _ROUNDING:
            reason, ratio = _named(held)
            if _is_a_days(stated, held, rules):
                reason = "dose_day_mixed"
            return Problem(reason, _severity(rules, ratio), held.shown, _sources(rules), ratio)
        if _is_far_below(held, stated) and not stated.is_ceiling:
            reason = "unit_mismatch" if held.high * 200 < (held.range_low or 0) else "tenfold_low"
            gross = 10.0 if reason == "unit_mismatch" else 1.0
            return Problem(reason, _severity(rules, gross), held.shown, _sources(rules))
    return _day_for_dose(stated, rules)


def _ranges(stated: StatedDose, rules: tuple[DoseRule, ...], child: Child) -> Iterator[_Held]:
    kg = bounds_of(rules, stated.dimension, is_per_kg=True, is_rate=stated.per == "rate")
    fixed = bounds_of(rules, stated.dimension, is_per_kg=False, is_rate=stated.per == "rate")
    if stated.is_per_kg:
        yield from _by_weight(stated, kg)
    else:
        yield from _whole(stated, rules, fixed, kg, None if stated.is_for_others else child.weight_kg)


def _by_weight(stated: StatedDose, kg: Bounds) -> Iterator[_Held]:
    unit = f"{_UNITS[stated.dimension]}/kg"
    high, low = _bound_for(stated, kg)
    if high is None:
        return
    yield _Held(stated.low, stated.high, low, high, _shown(low, high, unit, stated.per))
    if stated.per != "day" and stated.times and kg.day_high:
        total = stated.times
        yield _Held(stated.low * total, stated.high * total, None, kg.day_high, _shown(None, kg.day_high, unit, "day"))


def _bound_for(stated: StatedDose, bounds: Bounds) -> tuple[float | None, float | None]:
    """High and low for the basis that is stated; the wider of both where none is."""
    if stated.per in ("day", "rate"):
        return bounds.day_high, bounds.day_low
    if stated.per == "dose":
        return bounds.dose_high, bounds.dose_low
    highs = [value for value in (bounds.dose_high, bounds.day_high) if value is not None]
    return max(highs, default=None), bounds.dose_low


def _whole(
    stated: StatedDose, rules: tuple[DoseRule, ...], fixed: Bounds, kg: Bounds, weight_kg: float | None
) -> Iterator[_Held]:
    unit = _UNITS[stated.dimension]
    names = {"dose": ("max_single",), "day": ("max_daily",)}.get(stated.per, ("max_single", "max_daily"))
    ceilings = [top for name in names if (top := ceiling(rules, stated.dimension, name=name)) is not None]
    fixed_high, fixed_low = _bound_for(stated, fixed)
    kg_high, kg_low = _bound_for(stated, kg)
    if stated.is_ceiling:
        weight_kg = None
        fixed_high = fixed_high if kg_high is None else None
    tops = [*ceilings, *([fixed_high] if fixed_high is not None else [])]
    if weight_kg and kg_high is not None:
        by_weight = kg_high * weight_kg
        top = max(by_weight, fixed_high or 0)
        low = min(value for value in (kg_low and kg_low * weight_kg, fixed_low, top) if value)
        yield _Held(stated.low, stated.high, low, top, _shown(low, top, unit, stated.per))
    elif not tops and kg_high is not None:
        tops = [kg_high * _HEAVY_KG]
    if tops:
        yield _Held(stated.low, stated.high, fixed_low, max(tops), _shown(fixed_low, max(tops), unit, stated.per))
    daily = ceiling(rules, stated.dimension, name="max_daily")
    if stated.per == "dose" and stated.times and not stated.is_ceiling:
        day_tops = [top for top in (daily, kg.day_high and weight_kg and kg.day_high * weight_kg) if top]
        if day_tops:
            top = min(day_tops) if weight_kg and fixed_high is None else max(day_tops)
            total = stated.times
            yield _Held(stated.low * total, stated.high * total, None, top, _shown(None, top, unit, "day"))


def _named(held: _Held) -> tuple[str, float]:
    """What kind of excess it is: a day's dose at once, ten times, a thousand times, or simply too much."""
    ratio = held.high / held.range_high
    low = held.range_low or held.range_high
    for factor, reason in ((1000.0, "unit_mismatch"), (10.0, "tenfold")):
        if ratio > 3 and low * 0.6 <= held.high / factor <= held.range_high * 1.2:
            return reason, ratio
    if ratio >= 60:
        return "unit_mismatch", ratio
    return ("tenfold" if ratio >= 6 else "over_ceiling"), ratio


def _is_a_days(stated: StatedDose, held: _Held, rules: tuple[DoseRule, ...]) -> bool:
    """Too much for one dose, right for a day."""
    day = bounds_of(rules, stated.dimension, is_per_kg=True).day_high
    return stated.is_per_kg and stated.per == "dose" and day is not None and held.high <= day * _ROUNDING


def _is_far_below(held: _Held, stated: StatedDose) -> bool:
    """So little that a place was lost: under a third, or under half where ten times it is a usual dose."""
    low = held.range_low or 0.0
    is_told = stated.is_per_kg and stated.per in ("dose", "day")
    tenfold_fits = low <= held.low * 10 and held.high * 10 <= held.range_high * _ROUNDING
    return held.high <= low * _LOST or (is_told and tenfold_fits and held.high <= low * _HALF)


def _day_for_dose(stated: StatedDose, rules: tuple[DoseRule, ...]) -> Problem | None:
    """A day's dose that is only one dose: below every day's range, and inside that of a dose."""
    if not stated.is_per_kg or stated.per != "day" or stated.is_ceiling:
        return None
    kg = bounds_of(rules, stated.dimension, is_per_kg=True)
    lows = [
        rule.low * _value(rule) * (rule.times[0] if rule.per == "dose" and rule.times else 1.0)
        for rule in rules
        if _dimension(rule) == stated.dimension and rule.unit.endswith("/kg")
    ]
    low = min(lows, default=None)
    if low and kg.is_parted and stated.high < low / _ROUNDING:
        shown = f"at least {low:g} {_UNITS[stated.dimension]}/kg per day in its doses"
        return Problem("dose_day_mixed", Severity.WARNING, shown, _sources(rules))
    return None


def _value(rule: DoseRule) -> float:
    unit = unit_amount(rule.unit)
    return unit.value if unit else 1.0


def _shown(low: float | None, high: float, unit: str, per: str) -> str:
    span = f"{low:.4g}-{high:.4g}" if low is not None and low < high else f"at most {high:.4g}"
    return f"{span} {unit}" + (f" per {per}" if per else "")


def _severity(rules: tuple[DoseRule, ...], ratio: float) -> Severity:
    if ratio <= _GROSS or any(rule.review for rule in rules):
        return Severity.WARNING
    return Severity.ERROR


def _sources(rules: tuple[DoseRule, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for rule in rules for key in rule.sources))
