"""Agreement of any number of people beyond chance, as one number: Krippendorff's alpha for nominal values.

1 is perfect, 0 what chance would give, below 0 worse than that; not everybody need have judged everything.
Krippendorff holds 0.8 for reliable and 0.667 for the least from which anything may be concluded.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

__all__ = ["krippendorffs_alpha", "values_given"]

_Value = TypeVar("_Value", bound=Hashable)


def krippendorffs_alpha(counts: Sequence[Mapping[_Value, int]]) -> float | None:
    """Alpha over units, each with how often every value was given to it; none where there is one value in all.

    K. Krippendorff, Content Analysis, 2004, ch. 11.
    """
    import krippendorff  # numpy with it: most commands need neither

    values = values_given(counts)
    if len(values) < 2:
        return None
    table = [[found.get(value, 0) for value in values] for found in counts]
    return float(krippendorff.alpha(value_counts=table, level_of_measurement="nominal"))


def values_given(counts: Sequence[Mapping[_Value, int]]) -> list[_Value]:
    """Every value that was given to one of the units, in an order that is theirs alone."""
    return sorted({value for found in counts for value, number in found.items() if number}, key=str)
