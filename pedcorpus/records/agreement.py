"""How far reviewers agree who read the same instructions, as it is told, drawn, and stated in an export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Agreement", "AgreementReport", "Disputes"]


@dataclass(frozen=True)
class Agreement:
    """How far reviewers agree on one question."""

    instructions: int
    """That two reviewers or more read, each without seeing what the others said."""
    judgements: int
    agreed: float
    """Share of pairs of reviewers that said the same of an instruction."""
    alpha: float | None
    """Krippendorff's alpha; none where everybody said one and the same, and chance cannot be told from agreement."""
    interval: tuple[float, float] | None = None
    """Bounds of alpha, 95 %, by drawing the instructions anew; none where there is no alpha, or too few for bounds."""
    cohen: float | None = None
    """Cohen's kappa; only between two reviewers."""
    fleiss: float | None = None
    """Fleiss' kappa over the instructions that as many reviewers read as most of them."""


@dataclass(frozen=True)
class Disputes:
    """Instructions on which readers disagree, and how they ended."""

    awaited: int = 0
    """Read by some of their readers, and waiting for the others."""
    open: int = 0
    """Waiting for an adjudicator."""
    settled: Mapping[str, int] = field(default_factory=dict)
    """By the adjudicator who did."""
    came_round: int = 0
    """On which a reader decided anew, so that all say the same now."""


@dataclass(frozen=True)
class AgreementReport:
    """Agreement on whether to accept, reject or edit, and on why to reject."""

    whole: Agreement | None
    """Over all tasks; none where no instruction was read blind by two."""
    tasks: Mapping[str, Agreement]
    reasons: Mapping[str, Agreement]
    """For each reason given for a rejection: whether it was given or not."""
    pairs: Mapping[tuple[str, str], Agreement]
    """Between two reviewers."""
    disputes: Disputes = field(default_factory=Disputes)
