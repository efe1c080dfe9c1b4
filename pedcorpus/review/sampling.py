"""The arithmetic of acceptance sampling: how many rows to review, and what share of a lot may be wrong.

A lot is finite and its sample is drawn without replacement, so the number of defects in the sample is
hypergeometric. A bound is found as C. J. Clopper and E. S. Pearson find theirs for the binomial (The use of
confidence or fiducial limits illustrated in the case of the binomial, Biometrika 26, 1934, 404-413): every number
of bad rows is held possible under which so few defects, or fewer, are not rarer than the risk. In lots much larger than
their samples both bounds are the same. What is a defect, and which rows are drawn, is left to `sampling_plan`.
"""

from __future__ import annotations

import math
from functools import lru_cache

__all__ = ["bad_rows", "chance_of_at_most", "sample_size", "upper_bound"]

_ROUNDING = 1e-9  # 0.07 × 100 is 7.000000000000001


def chance_of_at_most(defects: int, *, rows: int, bad: int, reviewed: int) -> float:
    """Chance that `reviewed` rows drawn from a lot of `rows`, `bad` of them wrong, hold no more than `defects`."""
    from scipy.stats import hypergeom  # half a second, and most commands need none of it

    return float(hypergeom.cdf(defects, rows, bad, reviewed))


def bad_rows(rows: int, limit: float) -> int:
    """The fewest wrong rows with which a lot of `rows` reaches the share `limit`."""
    return max(1, math.ceil(limit * rows - _ROUNDING))


@lru_cache(maxsize=4096)
def sample_size(rows: int, *, limit: float, risk: float, defects: int) -> int:
    """The fewest rows to review so that a lot that reaches `limit` shows so few `defects` no oftener than by `risk`.

    All of `rows` where no smaller sample will do.
    """
    bad = bad_rows(rows, limit)
    low, high = 1, rows
    while low < high:
        middle = (low + high) // 2
        if chance_of_at_most(defects, rows=rows, bad=bad, reviewed=middle) <= risk:
            high = middle
        else:
            low = middle + 1
    return low


@lru_cache(maxsize=4096)
def upper_bound(rows: int, *, reviewed: int, defects: int, risk: float) -> float:
    """The largest share of wrong rows that `defects` in `reviewed` of `rows` leave possible at `risk`; 1 unreviewed."""
    low, high = defects, rows - reviewed + defects
    while low < high:
        middle = (low + high + 1) // 2
        if chance_of_at_most(defects, rows=rows, bad=middle, reviewed=reviewed) > risk:
            low = middle
        else:
            high = middle - 1
    return low / rows
