"""How well runs answered: their replies, doctors' blind votes on pairs, and what follows. No model, no screen."""

from pedcorpus.evaluation.blind import Ballot, BlindPair, Side, ballot_order, choice_of, left_run, side_of
from pedcorpus.evaluation.pairing import Pairing, pair_runs
from pedcorpus.evaluation.paper import Paper
from pedcorpus.evaluation.run_file import Run, read_run
from pedcorpus.evaluation.statistics import Interval, exact_interval, sign_test
from pedcorpus.evaluation.votes import (
    Counted,
    DimensionResult,
    PositionBias,
    VoterRecord,
    VotesReport,
    majority,
    votes_report,
)
from pedcorpus.evaluation.votes_chart import votes_png

__all__ = [
    "Ballot",
    "BlindPair",
    "Counted",
    "DimensionResult",
    "Interval",
    "Pairing",
    "Paper",
    "PositionBias",
    "Run",
    "Side",
    "VoterRecord",
    "VotesReport",
    "ballot_order",
    "choice_of",
    "exact_interval",
    "left_run",
    "majority",
    "pair_runs",
    "read_run",
    "side_of",
    "sign_test",
    "votes_png",
    "votes_report",
]
