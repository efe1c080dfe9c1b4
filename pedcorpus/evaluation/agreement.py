"""How far doctors agree who judged the same pairs: Krippendorff's alpha for nominal values.

K. Krippendorff, Content Analysis, 2004, ch. 11: any number of doctors, who need not all have judged every pair. 1 is
perfect, 0 what chance would give.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pedcorpus.records import Choice

__all__ = ["Agreement", "agreement_on"]


@dataclass(frozen=True)
class Agreement:
    """Between the doctors on pairs that two or more of them judged."""

    pairs: int
    agreed: float
    """Share of pairs of doctors that said the same of a pair."""
    alpha: float | None
    """Krippendorff's alpha; none where everybody said one and the same, and chance cannot be told from agreement."""


def agreement_on(counts: Sequence[Mapping[Choice, int]]) -> Agreement | None:
    """Agreement over units, each with how many doctors made every choice; none where no unit has two doctors."""
    shared = [each for each in counts if sum(each.values()) > 1]
    if not shared:
        return None
    both = sum(_couples(sum(each.values())) for each in shared)
    alike = sum(_couples(number) for each in shared for number in each.values())
    return Agreement(len(shared), alike / both, _alpha(shared))


def _couples(doctors: int) -> int:
    return doctors * (doctors - 1) // 2


def _alpha(counts: Sequence[Mapping[Choice, int]]) -> float | None:
    import krippendorff  # numpy with it: most commands need neither

    if len({choice for each in counts for choice, number in each.items() if number}) < 2:
        return None
    table = [[each.get(choice, 0) for choice in Choice] for each in counts]
    used = [column for column in zip(*table, strict=True) if any(column)]
    return float(krippendorff.alpha(value_counts=list(zip(*used, strict=True)), level_of_measurement="nominal"))
