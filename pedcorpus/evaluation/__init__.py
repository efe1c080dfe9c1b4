"""How well models answer: questions, replies, numbers, comparisons; doctors' blind votes. No model, no screen."""

from pedcorpus.evaluation.answering import Answerer, Contestant, Conversation, Replies, Weigher
from pedcorpus.evaluation.blind import Ballot, BlindPair, Side, ballot_order, choice_of, left_run, side_of
from pedcorpus.evaluation.comparison import Cell, Comparison, Part, Tested
from pedcorpus.evaluation.evaluate import compare_replies, get_replies
from pedcorpus.evaluation.pairing import Pairing, pair_runs
from pedcorpus.evaluation.paper import Paper
from pedcorpus.evaluation.questions import (
    Answer,
    Asked,
    Question,
    Quoted,
    chosen,
    questions_of_export,
    questions_of_file,
    without_trained_on,
)
from pedcorpus.evaluation.report import Section, write_report
from pedcorpus.evaluation.resampling import Difference, Resampling
from pedcorpus.evaluation.run_file import Run, read_run
from pedcorpus.evaluation.scores import Measure, Score, all_scores
from pedcorpus.evaluation.statistics import Interval, exact_interval, sign_test
from pedcorpus.evaluation.votes import (
    Counted,
    DimensionResult,
    PairVerdict,
    PositionBias,
    VoterRecord,
    VotesReport,
    majority,
    pair_verdicts,
    votes_report,
)
from pedcorpus.evaluation.votes_chart import votes_png
from pedcorpus.evaluation.votes_told import votes_section

__all__ = [
    "Answer",
    "Answerer",
    "Asked",
    "Ballot",
    "BlindPair",
    "Cell",
    "Comparison",
    "Contestant",
    "Conversation",
    "Counted",
    "Difference",
    "DimensionResult",
    "Interval",
    "Measure",
    "PairVerdict",
    "Pairing",
    "Paper",
    "Part",
    "PositionBias",
    "Question",
    "Quoted",
    "Replies",
    "Resampling",
    "Run",
    "Score",
    "Section",
    "Side",
    "Tested",
    "VoterRecord",
    "VotesReport",
    "Weigher",
    "all_scores",
    "ballot_order",
    "choice_of",
    "chosen",
    "compare_replies",
    "exact_interval",
    "get_replies",
    "left_run",
    "majority",
    "pair_runs",
    "pair_verdicts",
    "questions_of_export",
    "questions_of_file",
    "read_run",
    "side_of",
    "sign_test",
    "votes_png",
    "votes_report",
    "votes_section",
    "without_trained_on",
    "write_report",
]
