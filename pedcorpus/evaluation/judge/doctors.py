"""Whether the judge says what doctors say, on the pairs that both judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pedcorpus.evaluation.judge.aspects import COUNTERPARTS
from pedcorpus.evaluation.judge.outcomes import JudgedPair
from pedcorpus.evaluation.statistics import Interval, exact_interval
from pedcorpus.evaluation.votes import PairVerdict
from pedcorpus.records import Choice
from pedcorpus.review.coefficients import cohens_kappa

__all__ = ["OVERALL", "DoctorsAgreement", "doctors_agreement"]

OVERALL = "overall"


@dataclass(frozen=True)
class DoctorsAgreement:
    """The judge beside the majority of the doctors, in one respect."""

    judged_on: str
    """The judge's aspect, or `overall`."""
    doctors_on: str
    """The doctors' dimension, or `overall`."""
    pairs: int
    agreed: Interval | None
    """Share of pairs of which both say win, tie or lose alike."""
    kappa: float | None
    """Cohen's, over the same; none where both say one and the same throughout."""
    decided: int
    """Pairs that neither holds for a tie."""
    decided_agreed: Interval | None


def doctors_agreement(judged: Sequence[JudgedPair], doctors: Mapping[str, PairVerdict]) -> list[DoctorsAgreement]:
    """Over all, and for every aspect with a counterpart; empty where no pair was judged by both."""
    both = [(each, doctors[each.pair]) for each in judged if each.pair in doctors]
    if not both:
        return []
    told = [_agreement(OVERALL, OVERALL, [(each.overall, said.overall) for each, said in both])]
    for aspect, dimension in COUNTERPARTS.items():
        pairs = [(each.outcomes[aspect].choice, said.dimensions[dimension]) for each, said in both]
        told.append(_agreement(aspect.value, dimension.value, pairs))
    return told


def _agreement(judged_on: str, doctors_on: str, pairs: Sequence[tuple[Choice, Choice]]) -> DoctorsAgreement:
    decided = [pair for pair in pairs if Choice.TIE not in pair]
    return DoctorsAgreement(
        judged_on=judged_on,
        doctors_on=doctors_on,
        pairs=len(pairs),
        agreed=exact_interval(sum(judge is doctor for judge, doctor in pairs), len(pairs)),
        kappa=cohens_kappa(pairs),
        decided=len(decided),
        decided_agreed=exact_interval(sum(judge is doctor for judge, doctor in decided), len(decided)),
    )
