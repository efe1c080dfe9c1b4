"""Doses in the fields of a plan's drugs, as the record itself states them in numbers."""

from __future__ import annotations

from pedcorpus.curate.dosing.stated import Per, StatedDose
from pedcorpus.curate.formulary import Drug
from pedcorpus.curate.formulary.amounts import unit_amount
from pedcorpus.facts import read
from pedcorpus.tasks.trerecom import DrugOrder

__all__ = ["computed_dose", "ordered_dose", "routes_of"]

_PERS: dict[str, Per] = {
    "per_kg_per_dose": "dose",
    "per_kg_per_day": "day",
    "per_dose": "dose",
    "per_day": "day",
}


def ordered_dose(order: DrugOrder, drug: Drug) -> StatedDose | None:
    """The dose that `order` holds; `None` where it holds none, or in a unit that is no dose's."""
    unit = unit_amount(order.unit) if order.unit and order.basis else None
    if unit is None or order.dose_low is None:
        return None
    high = order.dose_high or order.dose_low
    is_per_kg = str(order.basis).startswith("per_kg")
    return StatedDose(
        drugs=(drug,),
        words=order.dose_text,
        low=order.dose_low * unit.value,
        high=high * unit.value,
        figures=(order.dose_low, high),
        dimension=unit.dimension,
        is_per_kg=is_per_kg,
        per=_per(order),
        span=(0, len(order.dose_text)),
        times=_times(order),
        routes=routes_of(order),
    )


def computed_dose(order: DrugOrder, drug: Drug) -> StatedDose | None:
    """The dose worked out for the child, which has to stay below the ceilings too."""
    unit = unit_amount(order.unit) if order.unit else None
    if unit is None or order.computed_high is None or order.maximum_text:
        return None
    low = order.computed_low or order.computed_high
    return StatedDose(
        drugs=(drug,),
        words=order.computed_text(),
        low=low * unit.value,
        high=order.computed_high * unit.value,
        figures=(low, order.computed_high),
        dimension=unit.dimension,
        is_per_kg=False,
        per=_per(order),
        span=(0, len(order.computed_text())),
        routes=routes_of(order),
        is_ceiling=True,
    )


def routes_of(order: DrugOrder) -> frozenset[str]:
    """Ways of giving that the order names."""
    return frozenset(route.name for route in read(order.route).routes) if order.route else frozenset()


def _per(order: DrugOrder) -> Per:
    """A dose by weight that says neither dose nor day is told by how often it is given."""
    return _PERS.get(str(order.basis), "") if "per_day" in str(order.basis) or _is_each(order) else ""


def _is_each(order: DrugOrder) -> bool:
    return bool(order.frequency and "分" not in order.frequency) or "次" in order.dose_text


def _times(order: DrugOrder) -> float | None:
    if not order.frequency or "分" in order.frequency or "per_day" in str(order.basis):
        return None
    found = [item.low for item in read(order.frequency).quantities if item.is_frequency]
    return found[0] if found else None
