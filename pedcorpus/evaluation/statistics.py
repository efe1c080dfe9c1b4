"""The two exact answers that counts of wins and losses allow: how large a share may be, and whether it is chance."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Interval", "exact_interval", "sign_test"]

_CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """A share with its bounds."""

    estimate: float
    low: float
    high: float


def exact_interval(found: int, of: int, *, confidence: float = _CONFIDENCE) -> Interval | None:
    """The share `found / of` with its exact interval; none of nothing.

    C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), 404-413. It holds at least what it promises, at any size,
    for cases that do not depend on one another.
    """
    if not of:
        return None
    from scipy.stats import binomtest  # half a second, and most commands need none of it

    bounds = binomtest(found, of).proportion_ci(confidence_level=confidence, method="exact")
    return Interval(found / of, float(bounds.low), float(bounds.high))


def sign_test(wins: int, losses: int) -> float | None:
    """Chance of a split as uneven as this or more, if either were as likely: two-sided, ties left out; none of nothing.

    W. J. Dixon and A. M. Mood, The statistical sign test, Journal of the American Statistical Association 41 (1946),
    557-566.
    """
    if not wins + losses:
        return None
    from scipy.stats import binomtest

    return float(binomtest(wins, wins + losses, 0.5).pvalue)
