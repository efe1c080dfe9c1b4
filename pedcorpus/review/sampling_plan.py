"""Which rows of a stratum are reviewed so that the rest may be accepted, and whether it has passed.

The rows of a lot stand in an order drawn by a hash; its sample is the beginning of that order. A sample without a
defect may be small; each defect asks for a larger one, up to `allowed_defects`, after which the whole lot is reviewed.
Looking again after each defect is a chance more to pass a bad lot, so every look has an equal part of the risk
(Bonferroni): a lot that reaches the limit passes at any of them no oftener than by 1 - confidence. A row that a
reviewer rejects is a defect, and so is one that had to be edited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from pedcorpus.records import SamplingPlan, Verdict, content_id
from pedcorpus.review.sampling import sample_size, upper_bound
from pedcorpus.settings import SamplingSettings

__all__ = ["Assessment", "LotRow", "LotVerdict", "Stratum", "assess_lot", "drawn_order"]


@dataclass(frozen=True, order=True)
class Stratum:
    """Rows that are alike in how they were made, and so in how they go wrong."""

    source: str
    task: str
    generator: str


@dataclass(frozen=True, slots=True)
class LotRow:
    """One row of a lot."""

    id: str
    verdict: Verdict | None = None
    """What a person decided: accept, reject or edit; none where nobody has."""
    acceptable: bool = True
    """Whether a plan may accept it: it waits, and nobody flagged it."""

    @property
    def is_defect(self) -> bool:
        return self.verdict in (Verdict.REJECT, Verdict.EDIT)


class LotVerdict(StrEnum):
    """What follows from the sample as it stands."""

    REVIEW = "review"
    """Rows of the sample wait for a person."""
    PASSED = "passed"
    """The rest may be accepted."""
    FULL = "full review"
    """Too many defects, or too few rows for a sample: a person decides on each."""


@dataclass(frozen=True)
class Assessment:
    """One lot held against its plan."""

    plan: SamplingPlan
    """Its parameters, and what reviewers have said so far."""
    verdict: LotVerdict
    required: int
    """Rows to review in all, those decided already included."""
    waiting: tuple[str, ...]
    """Rows of the sample that nobody has decided, in the order drawn."""
    acceptable: tuple[str, ...]
    """Rows that the plan accepts, in the order drawn; empty unless it passed."""


def drawn_order(rows: Sequence[LotRow], seed: str) -> list[LotRow]:
    """Rows in the order in which a sample takes them; it does not depend on how they are handed in."""
    return sorted(rows, key=lambda row: content_id("sample", seed, row.id))


def assess_lot(stratum: Stratum, rows: Sequence[LotRow], settings: SamplingSettings) -> Assessment:
    """Hold the lot `rows` against the plan of `settings`. There is at least one row."""
    drawn = drawn_order(rows, settings.seed)
    risk = (1 - settings.confidence) / (settings.allowed_defects + 1)
    decided = list(takewhile(lambda row: row.verdict, drawn))
    required = _required(drawn, len(decided), settings, risk)
    waiting = tuple(row.id for row in drawn[:required] if row.verdict is None)
    verdict = LotVerdict.FULL if required == len(drawn) else LotVerdict.REVIEW if waiting else LotVerdict.PASSED
    passed = verdict is LotVerdict.PASSED
    return Assessment(
        plan=_plan(stratum, drawn, decided, settings, risk),
        verdict=verdict,
        required=required,
        waiting=waiting,
        acceptable=tuple(row.id for row in drawn if row.acceptable and row.verdict is None) if passed else (),
    )


def _required(drawn: Sequence[LotRow], decided: int, settings: SamplingSettings, risk: float) -> int:
    """Rows to review in all, given the defects that are known; all of them where sampling has ended."""
    for allowed in range(settings.allowed_defects + 1):
        size = sample_size(len(drawn), limit=settings.limit, risk=risk, defects=allowed)
        if sum(row.is_defect for row in drawn[: max(size, decided)]) <= allowed:
            return size
    return len(drawn)


def _plan(
    stratum: Stratum, drawn: Sequence[LotRow], decided: Sequence[LotRow], settings: SamplingSettings, risk: float
) -> SamplingPlan:
    """What the rows decided from the first drawn on, without a gap, say of the lot."""
    defects = sum(row.is_defect for row in decided)
    return SamplingPlan(
        source=stratum.source,
        task=stratum.task,
        generator=stratum.generator,
        limit=settings.limit,
        confidence=settings.confidence,
        allowed_defects=settings.allowed_defects,
        seed=settings.seed,
        rows=len(drawn),
        lot=content_id("lot", *sorted(row.id for row in drawn)),
        reviewed=len(decided),
        rejected=sum(row.verdict is Verdict.REJECT for row in decided),
        edited=sum(row.verdict is Verdict.EDIT for row in decided),
        upper_bound=upper_bound(len(drawn), reviewed=len(decided), defects=defects, risk=risk),
    )
