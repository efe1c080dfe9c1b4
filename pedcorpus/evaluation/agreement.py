"""How far doctors agree who judged the same pairs, any number of them, who need not all have judged every pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pedcorpus.alpha import krippendorffs_alpha
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
    return Agreement(len(shared), alike / both, krippendorffs_alpha(shared))


def _couples(doctors: int) -> int:
    return doctors * (doctors - 1) // 2
