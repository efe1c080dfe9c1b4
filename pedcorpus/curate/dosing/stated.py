"""One dose as a record states it, wherever it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pedcorpus.curate.formulary import Drug

__all__ = ["Per", "StatedDose"]

Per = Literal["", "dose", "day", "rate"]


@dataclass(frozen=True)
class StatedDose:
    """A dose of one of `drugs`; amounts in mg, ml, units or mmol, a rate brought to one day."""

    drugs: tuple[Drug, ...]
    """More than one where the text gives one dose for several."""
    words: str
    low: float
    high: float
    figures: tuple[float, float]
    """The numbers as written."""
    dimension: str
    is_per_kg: bool
    per: Per
    span: tuple[int, int]
    is_ceiling: bool = False
    """Stated as what may not be exceeded."""
    times: float | None = None
    """Doses a day at the least."""
    routes: frozenset[str] = frozenset()
    age_months: float | None = None
    """Age that the text gives it for, at the most."""
    is_for_others: bool = False
    """Given for an age or weight of its own, not for the record's child."""
