"""How heavy and tall children are, by the UK-WHO reference of rcpchgrowth: 23 weeks of gestation to 18 years.

Within three standard deviations the LMS method holds; beyond them each further one is as far as the third from the
second, as WHO computes weights (Growth reference 5-19 years, computation.pdf), so that z does not level off.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from pedcorpus.curate.sense.measures import Kind
from pedcorpus.curate.sense.people import Sex

__all__ = ["Size", "sizes"]

_YOUNGEST = {"weight": -0.325, "height": -0.287}
"""Of the reference, in years before term."""
_OLDEST = 20.0
_SDS = (-3.0, -2.0, 0.0, 2.0, 3.0)


@dataclass(frozen=True)
class Size:
    """Weights or heights of children of one age or stretch of ages."""

    low3: float
    low2: float
    median: float
    high2: float
    high3: float

    def at(self, z: float) -> float:
        """The measure that is `z` standard deviations from the median, for three or more."""
        if z < 0:
            return max(0.0, self.low3 - (-z - 3) * (self.low2 - self.low3))
        return self.high3 + (z - 3) * (self.high3 - self.high2)

    def z(self, value: float) -> float:
        """Standard deviations from the median; 0 for all that is within three."""
        if value > self.high3:
            return 3 + (value - self.high3) / (self.high3 - self.high2)
        if value < self.low3:
            return -3 - (self.low3 - value) / (self.low2 - self.low3)
        return 0.0


@lru_cache(maxsize=4096)
def _size(kind: Kind, sex: Sex, age_years: float) -> Size:
    from rcpchgrowth import (
        measurement_from_sds,
    )  # brings SciPy in, which takes a second: only where a child is measured

    values = (
        measurement_from_sds(reference="uk-who", requested_sds=sds, measurement_method=kind, sex=sex, age=age_years)
        for sds in _SDS
    )
    return Size(*(float(value) for value in values))


def sizes(kind: Kind, sexes: Iterable[Sex], ages_months: tuple[float, float]) -> tuple[Size, ...]:
    """The sizes at both ends of a stretch of ages, for each of `sexes`."""
    years = (min(max(months / 12, _YOUNGEST[kind]), _OLDEST) for months in ages_months)
    ends = sorted({round(year, 2) if year > _YOUNGEST[kind] else year for year in years})
    return tuple(_size(kind, sex, age) for sex, age in product(sexes, ends))
