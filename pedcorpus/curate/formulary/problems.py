"""What is wrong in a formulary that is well-formed: inverted or overlapping ranges, unknown units, doubled names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from pedcorpus.curate.formulary.amounts import amount_of, unit_amount
from pedcorpus.curate.formulary.table import DoseRule, Drug, Formulary
from pedcorpus.facts import plain

__all__ = ["formulary_problems"]

_FOREVER = float("inf")


def formulary_problems(table: Formulary) -> Iterator[str]:
    """Each problem as one line that names its entry."""
    yield from _doubled_names(table)
    for drug in table.drug:
        for place, rule in _rules(drug):
            for key in rule.sources:
                if key not in table.sources:
                    yield f"{place}: unknown source {key!r}; name it under [sources]"
        for index, dose in enumerate(drug.doses):
            yield from (f"drug {drug.zh!r}, doses[{index}]: {problem}" for problem in _dose_problems(dose))
        yield from _overlaps(drug)


def _rules(drug: Drug) -> Iterator[tuple[str, DoseRule]]:
    for name in ("doses", "ages", "avoid"):
        for index, rule in enumerate(getattr(drug, name)):
            yield f"drug {drug.zh!r}, {name}[{index}]", rule


def _doubled_names(table: Formulary) -> Iterator[str]:
    owner: dict[str, str] = {}
    for drug in table.drug:
        for name in dict.fromkeys(plain(name) for name in (drug.zh, drug.en, *drug.aliases)):
            if name in owner:
                yield f"drug {drug.zh!r}: the name {name!r} stands for {owner[name]!r} too; leave it to one of them"
            owner[name] = drug.zh


def _dose_problems(dose: DoseRule) -> Iterator[str]:
    if dose.low > dose.high:
        yield f"inverted range: low {dose.low:g} is above high {dose.high:g}"
    if dose.from_months is not None and dose.to_months is not None and dose.from_months >= dose.to_months:
        yield f"inverted ages: from_months {dose.from_months:g} is not below to_months {dose.to_months:g}"
    if dose.times and dose.times[0] > dose.times[1]:
        yield f"inverted times: {dose.times[0]:g} is above {dose.times[1]:g}"
    unit = unit_amount(dose.unit)
    if unit is None or unit.is_rate is not (dose.per == "rate"):
        yield f"unknown unit {dose.unit!r} for per = {dose.per!r}; expected as mg/kg, g, IU, ml/kg, mcg/kg/min (rate)"
    for name in ("max_single", "max_daily"):
        if text := getattr(dose, name):
            most = amount_of(text)
            if most is None or most.is_per_kg or most.is_rate:
                yield f"{name}: {text!r} is no amount; expected as '1000 mg'"
            elif unit and most.dimension != unit.dimension:
                yield f"{name}: {text!r} and the unit {dose.unit!r} measure different things"
            elif unit and not unit.is_per_kg and most.value < dose.low * unit.value:
                yield f"{name}: {text!r} is below the range's low {dose.low:g} {dose.unit}"


def _overlaps(drug: Drug) -> Iterator[str]:
    for (first, one), (second, other) in combinations(enumerate(drug.doses), 2):
        if _use(one) == _use(other) and _meet(one, other):
            yield (
                f"drug {drug.zh!r}, doses[{first}] and doses[{second}]: overlapping ranges for the same use, route and "
                "ages; part their ages or indications, or join them"
            )
    for one_age, other_age in pairwise(sorted(drug.ages, key=lambda rule: rule.min_months)):
        if one_age.min_months == other_age.min_months:
            yield f"drug {drug.zh!r}: two ages rules at {one_age.min_months:g} months; keep one"


def _use(dose: DoseRule) -> tuple[str, str, bool]:
    unit = unit_amount(dose.unit)
    return dose.indication, dose.per, bool(unit and unit.is_per_kg)


def _meet(one: DoseRule, other: DoseRule) -> bool:
    starts = max(one.from_months or 0, other.from_months or 0)
    ends = min(one.to_months or _FOREVER, other.to_months or _FOREVER)
    routes_meet = not one.routes or not other.routes or bool(set(one.routes) & set(other.routes))
    return routes_meet and starts < ends
