"""Everything that a judge's outcomes say of two runs: who won, and how far place and length decided instead.

Shares have exact 95 % intervals; differences are tested by the sign test, ties left out. Pairs are taken for
independent of one another: the numbers speak of questions like these and of this judge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pedcorpus.evaluation.judge.aspects import Aspect
from pedcorpus.evaluation.judge.outcomes import JudgedPair
from pedcorpus.evaluation.statistics import Interval, exact_interval, sign_test
from pedcorpus.evaluation.votes import Counted
from pedcorpus.records import Choice

__all__ = ["AspectResult", "Bias", "JudgeReport", "judge_report"]


@dataclass(frozen=True)
class AspectResult:
    """How the first run did against the second in one aspect, or over all."""

    pairs: int
    win: Counted
    tie: Counted
    lose: Counted
    flips: int
    """Of the ties, pairs whose winner changed with the order; over all, pairs with a flip in any aspect."""
    p: float | None
    """Two-sided sign test on the pairs that are no ties; none where all are."""


@dataclass(frozen=True)
class Bias:
    """How often something that is no reason decided: 0.5 without bias."""

    cases: int
    of: int
    share: Interval | None
    p: float | None
    """Two-sided sign test."""


@dataclass(frozen=True)
class JudgeReport:
    """What one judge says of two runs; wins are the first run's."""

    judge: str
    pairs: int
    """That were to be judged."""
    judged: int
    """That count: judged in both orders, or equal."""
    equal: int
    """Of these, pairs of equal replies."""
    unusable: Mapping[str, int]
    """Judgements that cannot be used, by reason; pairs that lack one are not counted."""
    missing: int
    """Judgements that were not got: the budget, the server or an interruption."""
    aspects: Mapping[Aspect, AspectResult]
    overall: AspectResult
    position: Bias
    """Of single preferences in one aspect and order, those for the reply that was shown first."""
    length: Bias
    """Of pairs that one run won over all, those that the longer reply won."""


def judge_report(
    judge: str, found: Sequence[JudgedPair], *, pairs: int, unusable: Mapping[str, int], missing: int
) -> JudgeReport:
    """The pairs `found`, counted."""
    aspects = {
        aspect: _result(
            [each.outcomes[aspect].choice for each in found], flips=sum(each.outcomes[aspect].is_flip for each in found)
        )
        for aspect in Aspect
    }
    flipped = sum(any(outcome.is_flip for outcome in each.outcomes.values()) for each in found)
    return JudgeReport(
        judge=judge,
        pairs=pairs,
        judged=len(found),
        equal=sum(not each.said for each in found),
        unusable=dict(sorted(unusable.items())),
        missing=missing,
        aspects=aspects,
        overall=_result([each.overall for each in found], flips=flipped),
        position=_position(found),
        length=_length(found),
    )


def _result(choices: Collection[Choice], *, flips: int) -> AspectResult:
    number, of = Counter(choices), len(choices)
    win, tie, lose = (
        Counted(number[choice], exact_interval(number[choice], of)) for choice in (Choice.A, Choice.TIE, Choice.B)
    )
    return AspectResult(of, win, tie, lose, flips, sign_test(number[Choice.A], number[Choice.B]))


def _position(found: Sequence[JudgedPair]) -> Bias:
    said = Counter(preferred for each in found for order in each.said for preferred in order.values())
    return _bias(said["first"], said["second"])


def _length(found: Sequence[JudgedPair]) -> Bias:
    decided = [each for each in found if Choice.TIE not in (each.overall, each.longer)]
    longer = sum(each.overall is each.longer for each in decided)
    return _bias(longer, len(decided) - longer)


def _bias(cases: int, others: int) -> Bias:
    return Bias(cases, cases + others, exact_interval(cases, cases + others), sign_test(cases, others))
