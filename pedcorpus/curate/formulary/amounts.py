"""Amounts as a formulary writes them, `1000 mg` or `mg/kg`, in the dimension's own unit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pedcorpus.facts import read

__all__ = ["DOSED", "Amount", "amount_of", "unit_amount"]

DOSED = frozenset({"mass", "volume", "activity", "substance"})
"""What a dose can be measured in."""


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of a dimension: mg, ml, units or mmol."""

    dimension: str
    value: float
    is_per_kg: bool = False
    is_rate: bool = False
    """Given by the minute or hour; `value` is for a day."""


@cache
def amount_of(text: str) -> Amount | None:
    """The amount that `text` writes; `None` where it is no dose."""
    found = read(text).quantities
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(text)):
        return None
    dimension, is_rate = found[0].dimension, found[0].per == "day"
    if not dimension or dimension[0] not in DOSED or dimension[1:] not in ((), ("kg",)):
        return None
    return Amount(dimension[0], found[0].low, dimension[1:] == ("kg",), is_rate)


def unit_amount(unit: str) -> Amount | None:
    """How much one `unit` is."""
    return amount_of(f"1 {unit}")
