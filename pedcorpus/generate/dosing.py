"""Drug orders for a child: doses as read, worked out for a weight at which every ceiling is kept."""

from __future__ import annotations

from collections.abc import Sequence

from pedcorpus.generate.ages import AgeRange, age_limits
from pedcorpus.generate.choice import ranked
from pedcorpus.generate.doses import Dose
from pedcorpus.generate.scenes import stated_ages, weights_within
from pedcorpus.tasks.trerecom import DrugOrder

__all__ = ["child_for", "drug_orders"]

_CHILDHOOD = AgeRange(1.0, 144.0)  # ages for which a weight is given: the formula holds from 1 month to 12 years


def child_for(
    doses: Sequence[Dose], text: str, usual: AgeRange | None, *key: object
) -> tuple[float | None, float | None]:
    """Age in months and weight of a child whom the order in `text` fits, every dose under its ceiling.

    The age lies within the limits in `text` and, where they allow it, within the `usual` range of the disease; it is
    absent where neither says anything. The weight is absent where no dose goes by weight.
    """
    limits = age_limits(text).within(_CHILDHOOD)
    if limits is None:
        return None, None
    ages = limits if limits != _CHILDHOOD else None
    if usual is not None:
        ages = usual.within(limits) or ages
    per_kg = [dose for dose in doses if dose.basis.startswith("per_kg")]
    for age in ranked(stated_ages(ages), "age", *key) if ages else [None]:
        if not per_kg:
            return age, None
        for weight in ranked(weights_within(age), "weight", *key):
            if all(dose.maximum is None or dose.high * weight <= dose.maximum for dose in per_kg):
                return age, weight
    return None, None


def drug_orders(doses: Sequence[Dose], *, evidence: int, weight_kg: float | None) -> tuple[DrugOrder, ...]:
    """One order for each dose; what goes by weight is worked out for `weight_kg`, unless that passes its ceiling."""
    orders = {}
    for dose in doses:
        by_weight = dose.basis.startswith("per_kg") and weight_kg is not None
        low, high = (dose.low * weight_kg, dose.high * weight_kg) if by_weight and weight_kg else (None, None)
        if high is not None and dose.maximum is not None and high > dose.maximum:
            low = high = None
        orders[(dose.name, dose.dose_text, dose.route)] = DrugOrder(
            name=dose.name,
            dose_text=dose.dose_text,
            dose_low=dose.low,
            dose_high=dose.high,
            unit=dose.unit,
            basis=dose.basis,
            route=dose.route,
            frequency=dose.frequency,
            maximum_text=dose.maximum_text,
            computed_low=None if low is None else round(low, 4),
            computed_high=None if high is None else round(high, 4),
            evidence=evidence,
        )
    return tuple(orders.values())
