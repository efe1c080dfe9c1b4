"""Doctors' blind votes on two runs, counted: who won each pair, in each respect and over all, and how far to trust it.

The rules, all of them:

- A pair counts for a doctor who judged it in all three dimensions; a doctor counts who handed the session in, or who is
  asked for nevertheless.
- A run wins a pair in a dimension when more than half of the doctors who judged the pair say so. Otherwise it is a tie:
  because more than half say so, or because no answer has a majority (a *split*, as of two doctors who differ).
- A run wins a pair over all when it wins more of the three dimensions than the other.

Pairs are taken for independent of one another, so intervals and tests speak of questions like these, judged by these
doctors. Where votes are stored is left to the corpus, who may see whose a reply is to `blind`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from pedcorpus.evaluation.agreement import Agreement, agreement_on
from pedcorpus.evaluation.blind import Side, side_of
from pedcorpus.evaluation.statistics import Interval, exact_interval, sign_test
from pedcorpus.records import Choice, Dimension, HandIn, Vote

__all__ = [
    "Counted",
    "DimensionResult",
    "PairVerdict",
    "PositionBias",
    "VoterRecord",
    "VotesReport",
    "majority",
    "pair_verdicts",
    "votes_report",
]

_OTHER = {Choice.A: Choice.B, Choice.B: Choice.A, Choice.TIE: Choice.TIE}


@dataclass(frozen=True)
class Counted:
    """How many pairs went one way, and their share of all with its exact 95 % interval."""

    pairs: int
    share: Interval | None
    """None where no pair was judged."""


@dataclass(frozen=True)
class DimensionResult:
    """How the first run did against the second in one respect, or over all."""

    pairs: int
    """Judged by a doctor who counts."""
    win: Counted
    tie: Counted
    lose: Counted
    split: int
    """Of the ties, pairs without a majority; over all, pairs on which the runs won as many dimensions."""
    p: float | None
    """Two-sided sign test on the pairs that are no ties; none where all are."""
    agreement: Agreement | None
    """Between doctors; none where no pair was judged by two."""


@dataclass(frozen=True)
class PairVerdict:
    """What doctors say of one pair by majority; a tie where nothing has one."""

    dimensions: Mapping[Dimension, Choice]
    overall: Choice


@dataclass(frozen=True)
class PositionBias:
    """How often the answer that stood first was held for the better one, whosever it was.

    A case is one pair judged by one doctor, and goes to the side that is ahead in more of the three dimensions.
    """

    first: int
    level: int
    second: int
    share: Interval | None
    """Of the first among the cases that are not level; 0.5 without bias."""
    p: float | None
    """Two-sided sign test."""


@dataclass(frozen=True)
class VoterRecord:
    """One doctor's session."""

    voter: str
    judged: int
    """Pairs judged in all three dimensions."""
    begun: int
    """Pairs judged in one or two; they count nowhere."""
    pairs: int
    """Pairs that were to be judged: at the hand-in, else now."""
    handed_in: bool
    counted: bool
    median_seconds: float | None
    """Of a pair; none where no time was taken."""
    position: PositionBias


@dataclass(frozen=True)
class VotesReport:
    """Everything that doctors' votes say of two runs; wins are the first run's."""

    run_a: str
    run_b: str
    pairs: int
    """That may be judged."""
    judged: int
    """By a doctor who counts."""
    doctors_per_pair: Mapping[int, int]
    """Of the pairs judged: how many by one doctor, by two, …"""
    dimensions: Mapping[Dimension, DimensionResult]
    overall: DimensionResult
    position: PositionBias
    voters: Sequence[VoterRecord]


def majority(choices: Iterable[Choice]) -> Choice | None:
    """What more than half say; none where nothing has a majority."""
    counts = Counter(choices)
    choice, number = counts.most_common(1)[0]
    return choice if 2 * number > counts.total() else None


def votes_report(
    votes: Iterable[Vote],
    hand_ins: Mapping[str, HandIn],
    *,
    run_a: str,
    run_b: str,
    pairs: int,
    everybody: bool = False,
) -> VotesReport:
    """The votes on two runs, counted with `run_a` as the one that wins or loses.

    `votes` holds each doctor's last word on each pair and dimension; `everybody` counts sessions not handed in, too.
    """
    by_voter = _by_voter(votes)
    counting = {voter: everybody or voter in hand_ins for voter in {*by_voter, *hand_ins}}
    whole = {voter: _whole(by_voter[voter].values()) for voter in counting}
    counted = [judged for voter, cases in whole.items() if counting[voter] for judged in cases]
    said = {dimension: _said(counted, dimension, run_a) for dimension in Dimension}
    results = {dimension: _result(each) for dimension, each in said.items()}
    doctors = Counter(Counter(_pair(judged) for judged in counted).values())
    return VotesReport(
        run_a=run_a,
        run_b=run_b,
        pairs=pairs,
        judged=doctors.total(),
        doctors_per_pair=dict(sorted(doctors.items())),
        dimensions=results,
        overall=_overall(said),
        position=_position(counted),
        voters=[
            _voter(voter, by_voter[voter], whole[voter], hand_ins.get(voter), pairs, counted=counting[voter])
            for voter in sorted(counting)
        ],
    )


def pair_verdicts(
    votes: Iterable[Vote], hand_ins: Mapping[str, HandIn], *, run_a: str, everybody: bool = False
) -> dict[str, PairVerdict]:
    """What the doctors who count say of each pair that they judged, with `run_a` as the first run."""
    by_voter = _by_voter(votes)
    counted = [
        case for voter, cases in by_voter.items() if everybody or voter in hand_ins for case in _whole(cases.values())
    ]
    said = {dimension: _said(counted, dimension, run_a) for dimension in Dimension}
    verdicts = {}
    for pair in next(iter(said.values())):
        outcomes = {dimension: majority(said[dimension][pair]) for dimension in Dimension}
        overall = _ahead(list(outcomes.values())) or Choice.TIE
        verdicts[pair] = PairVerdict({name: each or Choice.TIE for name, each in outcomes.items()}, overall)
    return verdicts


Judged = Mapping[Dimension, Vote]
"""One pair judged by one doctor in all dimensions."""


def _by_voter(votes: Iterable[Vote]) -> dict[str, dict[str, dict[Dimension, Vote]]]:
    """Votes by voter, pair and dimension."""
    by_voter: dict[str, dict[str, dict[Dimension, Vote]]] = defaultdict(lambda: defaultdict(dict))
    for vote in votes:
        by_voter[vote.voter][vote.pair][vote.dimension] = vote
    return by_voter


def _whole(cases: Iterable[Judged]) -> list[Judged]:
    return [case for case in cases if len(case) == len(Dimension)]


def _pair(judged: Judged) -> str:
    return next(iter(judged.values())).pair


def _said(counted: Iterable[Judged], dimension: Dimension, run_a: str) -> dict[str, list[Choice]]:
    """What doctors chose in one dimension, by pair, seen from `run_a`."""
    said: dict[str, list[Choice]] = defaultdict(list)
    for judged in counted:
        vote = judged[dimension]
        said[vote.pair].append(vote.choice if vote.run_a == run_a else _OTHER[vote.choice])
    return said


def _result(said: Mapping[str, Collection[Choice]]) -> DimensionResult:
    outcomes = [majority(choices) for choices in said.values()]
    return _counted(outcomes, agreement_on([Counter(choices) for choices in said.values()]))


def _overall(said: Mapping[Dimension, Mapping[str, Collection[Choice]]]) -> DimensionResult:
    """Over all dimensions; agreement is over every pair in every dimension."""
    units = [Counter(choices) for pairs in said.values() for choices in pairs.values()]
    pairs = next(iter(said.values()))
    outcomes = [_ahead([majority(said[dimension][pair]) for dimension in said]) for pair in pairs]
    return _counted(outcomes, agreement_on(units))


def _ahead(outcomes: Collection[Choice | None]) -> Choice | None:
    """The run that won more dimensions; a tie where neither won one, none where each won as many."""
    wins = Counter(outcomes)
    if wins[Choice.A] == wins[Choice.B]:
        return None if wins[Choice.A] else Choice.TIE
    return Choice.A if wins[Choice.A] > wins[Choice.B] else Choice.B


def _counted(outcomes: Sequence[Choice | None], agreement: Agreement | None) -> DimensionResult:
    number = Counter(outcomes)
    ties = number[Choice.TIE] + number[None]
    return DimensionResult(
        pairs=len(outcomes),
        win=_share(number[Choice.A], len(outcomes)),
        tie=_share(ties, len(outcomes)),
        lose=_share(number[Choice.B], len(outcomes)),
        split=number[None],
        p=sign_test(number[Choice.A], number[Choice.B]),
        agreement=agreement,
    )


def _share(found: int, of: int) -> Counted:
    return Counted(found, exact_interval(found, of))


def _position(counted: Iterable[Judged]) -> PositionBias:
    ahead = Counter(_side_ahead(judged) for judged in counted)
    first, second = ahead["left"], ahead["right"]
    share, p = exact_interval(first, first + second), sign_test(first, second)
    return PositionBias(first, ahead["tie"], second, share, p)


def _side_ahead(judged: Judged) -> Side:
    sides = Counter(side_of(vote.choice, left=vote.left) for vote in judged.values())
    if sides["left"] == sides["right"]:
        return "tie"
    return "left" if sides["left"] > sides["right"] else "right"


def _voter(
    voter: str,
    said: Mapping[str, Judged],
    whole: Sequence[Judged],
    hand_in: HandIn | None,
    pairs: int,
    *,
    counted: bool,
) -> VoterRecord:
    longest = [max((vote.seconds or 0.0 for vote in judged.values()), default=0.0) for judged in whole]
    timed = [seconds for seconds in longest if seconds]
    return VoterRecord(
        voter=voter,
        judged=len(whole),
        begun=len(said) - len(whole),
        pairs=hand_in.pairs if hand_in else pairs,
        handed_in=hand_in is not None,
        counted=counted,
        median_seconds=median(timed) if timed else None,
        position=_position(whole),
    )
