"""Voting: a doctor's ballot over the corpus; each call is one short unit of work, each vote durable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

from pedcorpus.corpus import (
    Corpus,
    StoredPairing,
    Unit,
    add_hand_in,
    add_votes,
    common_ids,
    current_votes,
    hand_ins,
    replies_of_run,
)
from pedcorpus.errors import UsageError
from pedcorpus.evaluation import BlindPair, Side, ballot_order, choice_of, left_run, side_of
from pedcorpus.flow.pairings import chosen_pairing, earlier_pairings, judged_in
from pedcorpus.flow.reviewer import reviewer_name
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Dimension, HandIn, Vote
from pedcorpus.settings import Workspace
from pedcorpus.settings.voting import VoteSettings

__all__ = ["CorpusBallot", "asked_pairs", "open_ballot"]


def open_ballot(workspace: Workspace, voter: str | None, *, pairing: str = "") -> CorpusBallot:
    """A ballot for `voter`, else for the name in the settings, else for the login name.

    `pairing` is the beginning of a pairing's id; empty takes the only one there is.

    Raises:
        UsageError: there is no such pairing, or more than one.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    return CorpusBallot(
        open_corpus(workspace), reviewer_name(workspace, voter), pairing=pairing, settings=workspace.settings.vote
    )


def asked_pairs(unit: Unit, pairing: StoredPairing, settings: VoteSettings) -> list[str]:
    """Ids of the pairs that doctors are asked to judge, in the order in which they are shown."""
    ids = common_ids(unit, pairing.a.id, pairing.b.id)
    return ballot_order(ids, pairing=pairing.id, salt=settings.salt)[: settings.pairs or None]


class CorpusBallot:
    """Implements `evaluation.Ballot` over a corpus file."""

    def __init__(self, corpus: Corpus, voter: str, *, pairing: str, settings: VoteSettings) -> None:
        self.voter = voter
        self._corpus = corpus
        self._salt = settings.salt
        with corpus.unit(read_only=True) as unit:
            self._pairing = chosen_pairing(unit, pairing)
            a, b = self._pairing.a.id, self._pairing.b.id
            self.pairs: Sequence[BlindPair] = self._blind(unit, asked_pairs(unit, self._pairing, settings))
            self.handed_in = voter in hand_ins(unit, a, b)
            self._judged = self._sides(current_votes(unit, a, b, voter=voter))
            before = earlier_pairings(unit, self._pairing)
            self.earlier = sum(judged_in(unit, each, voter=voter) for each in before)

    @property
    def pairing(self) -> str:
        """Id of what is voted on."""
        return self._pairing.id

    def _blind(self, unit: Unit, ids: Sequence[str]) -> list[BlindPair]:
        run_a, run_b = (replies_of_run(unit, run.id) for run in (self._pairing.a, self._pairing.b))
        return [
            BlindPair(
                id=name,
                messages=tuple(turn for turn in run_a[name].messages if turn.role != "system"),
                left=(run_a if self._left(name) == "a" else run_b)[name].reply,
                right=(run_b if self._left(name) == "a" else run_a)[name].reply,
                task=run_a[name].task,
                topic=run_a[name].topic,
            )
            for name in ids
        ]

    def _left(self, pair_id: str) -> Literal["a", "b"]:
        return left_run(self._pairing.a.id, self._pairing.b.id, pair=pair_id, voter=self.voter, salt=self._salt)

    def _sides(self, votes: Sequence[Vote]) -> dict[str, dict[Dimension, Side]]:
        said: dict[str, dict[Dimension, Side]] = defaultdict(dict)
        for vote in votes:
            said[vote.pair][vote.dimension] = side_of(vote.choice, left=self._left(vote.pair))
        return said

    def judged(self) -> Mapping[str, Mapping[Dimension, Side]]:
        return self._judged

    def cast(self, pair_id: str, said: Mapping[Dimension, Side], *, seconds: float | None) -> None:
        left, at = self._left(pair_id), datetime.now(UTC)
        votes = [
            Vote(
                run_a=self._pairing.a.id,
                run_b=self._pairing.b.id,
                pair=pair_id,
                voter=self.voter,
                dimension=dimension,
                choice=choice_of(side, left=left),
                left=left,
                seconds=seconds,
                at=at,
            )
            for dimension, side in said.items()
        ]
        with self._corpus.unit() as unit:
            self._refuse_if_done(unit)
            add_votes(unit, votes)
        self._judged[pair_id].update(said)

    def hand_in(self) -> None:
        with self._corpus.unit() as unit:
            self._refuse_if_done(unit)
            mine = current_votes(unit, self._pairing.a.id, self._pairing.b.id, voter=self.voter)
            judged = sum(len(said) == len(Dimension) for said in self._sides(mine).values())
            add_hand_in(
                unit,
                HandIn(
                    run_a=self._pairing.a.id,
                    run_b=self._pairing.b.id,
                    voter=self.voter,
                    judged=judged,
                    pairs=len(self.pairs),
                    at=datetime.now(UTC),
                ),
            )
        self.handed_in = True

    def _refuse_if_done(self, unit: Unit) -> None:
        if self.voter in hand_ins(unit, self._pairing.a.id, self._pairing.b.id):
            self.handed_in = True
            raise UsageError(f"{self.voter} has handed these votes in; they stand as they are")
