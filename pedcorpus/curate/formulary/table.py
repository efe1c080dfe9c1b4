"""What a formulary holds: drugs with their names, dose ranges, ages and what they may not meet, all with sources."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pedcorpus.records import Record

__all__ = ["AgeRule", "AvoidRule", "DoseRule", "Drug", "Formulary", "Route", "SourceRow"]

Route = Literal[
    "oral", "tube", "pr", "iv", "iv_drip", "iv_push", "im", "sc", "id", "io", "it",
    "inhaled", "nasal", "buccal", "sublingual", "topical", "ocular",
]  # fmt: skip
Months = float


class SourceRow(Record):
    """Where a number was read."""

    tier: Literal["A", "B", "C", "D"]
    """A guideline or official page, B label, C secondary, D weak."""
    title: str = Field(min_length=1)
    url: str = ""


class _Cited(Record):
    sources: tuple[str, ...] = Field(min_length=1)
    """Keys of `sources`."""
    review: bool = False
    """What breaks this rule is for review, not an error."""


class DoseRule(_Cited):
    """One range: for one use, one way of giving and one stretch of ages."""

    routes: tuple[Route, ...] = ()
    """Ways of giving; none means any."""
    indication: str = ""
    low: float = Field(gt=0)
    high: float = Field(gt=0)
    unit: str
    """mg/kg, mcg/kg, g, IU, ml/kg, mmol/kg, mcg/kg/min …; without /kg the whole dose."""
    per: Literal["dose", "day", "rate"]
    times: tuple[float, float] | None = None
    """Doses a day, at least and at most; unknown where absent."""
    max_single: str = ""
    """Ceiling of one dose, as `1000 mg`."""
    max_daily: str = ""
    """Ceiling of one day, as `4 g`."""
    max_daily_per_kg: float | None = Field(default=None, gt=0)
    """Ceiling of one day by weight, in `unit`."""
    from_months: Months | None = Field(default=None, ge=0)
    to_months: Months | None = Field(default=None, gt=0)
    only_for: tuple[str, ...] = ()
    """The rule holds only where one of these words stands in the record."""


class AgeRule(_Cited):
    """An age under which the drug is not given."""

    min_months: Months = Field(gt=0, le=216)
    reason: str = Field(min_length=1)


class AvoidRule(_Cited):
    """What the drug may not meet: a condition, another drug, or a way of giving."""

    conditions: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()
    unless: tuple[str, ...] = ()
    """Words that lift it."""
    below_months: Months | None = Field(default=None, gt=0, le=216)
    """Holds under this age only."""
    reason: str = Field(min_length=1)


class Drug(Record):
    """One drug with everything that is known of it."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    """Brands and other names, in any language."""
    doses: tuple[DoseRule, ...] = ()
    ages: tuple[AgeRule, ...] = ()
    avoid: tuple[AvoidRule, ...] = ()


class Formulary(Record):
    """The whole table."""

    version: int = Field(ge=1)
    notice: str = Field(min_length=1)
    """What it is for and what not."""
    sources: dict[str, SourceRow]
    drug: tuple[Drug, ...] = Field(min_length=1)
