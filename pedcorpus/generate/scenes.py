"""The child of a case: sex, age and weight, invented only inside what the source and growth allow."""

from __future__ import annotations

import re
from typing import Literal

from pedcorpus.generate.ages import AgeRange
from pedcorpus.generate.choice import fraction, ranked

__all__ = ["age_within", "sex_for", "stated_ages", "usual_weight_kg", "weights_within"]

# Organs and inheritance that tie a disease to one sex: there the sex is left unsaid.
_BOUND_TO_SEX = re.compile(
    r"睾|阴囊|鞘膜|包皮|包茎|尿道下裂|阴唇|阴道|卵巢|月经|乳房|子宫|前列腺|腹股沟|血友病|蚕豆病|G6PD|葡萄糖-6"
    r"|Duchenne|肌营养不良|Turner|Klinefelter|妇女|怀孕"
    r"|testic|testis|scrot|prepuc|phimosis|hypospad|vagin|vulv|ovar|menst|uter|prostat|seminal|penis|penile|breast"
    r"|h(?:a)?emophilia|X-linked|epididym|cervi(?:cal ca|citis)|endometri|pregnan",
    re.I,
)


def sex_for(*about: str, key: tuple[object, ...]) -> Literal["male", "female"] | None:
    """A sex decided by `key`; none where what the case is `about` belongs to one sex."""
    if any(_BOUND_TO_SEX.search(text) for text in about):
        return None
    return "male" if fraction("sex", *key) < 0.5 else "female"


def stated_ages(range_: AgeRange) -> tuple[float, ...]:
    """Ages in months as people state them: days under one month, whole months under two years, then whole years.

    Where there are years, the months are thinned out to a few, so that infants do not crowd out children.
    """
    if range_.high < 1:
        return tuple(round(day / 30.4375, 4) for day in range(1, 30) if range_.low <= day / 30.4375 <= range_.high)
    months = [float(month) for month in range(1, 24) if range_.low <= month <= range_.high]
    years = [12.0 * year for year in range(2, 19) if range_.low <= 12 * year <= range_.high]
    return tuple(months[:: max(1, len(months) // 6)] + years if years else months)


def age_within(range_: AgeRange, *key: object) -> float:
    """One of the stated ages, decided by `key`; the lower end of a range that holds none."""
    ages = stated_ages(range_)
    return ranked(ages, "age", *key)[0] if ages else range_.low


def usual_weight_kg(age_months: float) -> float:
    """The usual weight at an age, by the formulas of Advanced Paediatric Life Support (APLS, 5th edition, 2011).

    Under 1 year: months / 2 + 4; 1 to 5 years: 2 × years + 8; 6 to 12 years: 3 × years + 7; for older children the
    last one is carried on to 50 kg at the most.
    """
    years = age_months / 12
    if years < 1:
        return age_months / 2 + 4
    if years < 6:
        return 2 * years + 8
    return min(3 * years + 7, 50.0)


def weights_within(age_months: float | None) -> tuple[float, ...]:
    """Plausible weights to choose from: within a tenth of the usual, to the kilogram (half a kilogram under 10)."""
    if age_months is None:
        return tuple(float(weight) for weight in range(10, 21))
    usual = usual_weight_kg(age_months)
    step = 0.5 if usual < 10 else 1.0
    first, last = -(-usual * 0.9 // step), usual * 1.1 // step
    return tuple(index * step for index in range(int(first), int(last) + 1))
