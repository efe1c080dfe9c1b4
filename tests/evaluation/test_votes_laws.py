"""What holds of any votes: nothing depends on their order, and the runs are treated alike."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pedcorpus.evaluation import VotesReport, votes_report
from pedcorpus.records import Dimension, Vote
from tests.evaluation.votes_by_hand import handed_in, judged

SAID = st.dictionaries(
    st.tuples(st.sampled_from(["wang", "li", "zhao", "chen"]), st.sampled_from("12345")),
    st.tuples(st.text("ab=", min_size=1, max_size=3), st.sampled_from("ab")),
    max_size=12,
)


def votes_of(said: dict[tuple[str, str], tuple[str, str]]) -> list[Vote]:
    return [vote for (who, pair), (choices, left) in said.items() for vote in judged(who, pair, choices, left=left)]


def report(votes: list[Vote], *, run_a: str = "A") -> VotesReport:
    other = {"A": "B", "B": "A"}[run_a]
    return votes_report(votes, handed_in("wang", "li", "zhao"), run_a=run_a, run_b=other, pairs=5)


@given(SAID, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_votes_is_of_no_matter(said, random) -> None:
    votes = votes_of(said)
    shuffled = random.sample(votes, len(votes))
    assert report(shuffled) == report(votes)


@given(SAID)
@settings(max_examples=25, deadline=None)
def test_what_one_run_wins_the_other_loses(said) -> None:
    one, other = report(votes_of(said)), report(votes_of(said), run_a="B")
    for dimension in Dimension:
        mine, theirs = one.dimensions[dimension], other.dimensions[dimension]
        assert (mine.win, mine.tie, mine.lose, mine.p) == (theirs.lose, theirs.tie, theirs.win, theirs.p)
    assert (one.overall.win, one.overall.lose) == (other.overall.lose, other.overall.win)
    assert (one.position, one.voters) == (other.position, other.voters)


@given(SAID)
@settings(max_examples=25, deadline=None)
def test_every_judged_pair_is_won_tied_or_lost(said) -> None:
    made = report(votes_of(said))
    for result in (*made.dimensions.values(), made.overall):
        assert result.win.pairs + result.tie.pairs + result.lose.pairs == result.pairs == made.judged
        assert 0 <= result.split <= result.tie.pairs
