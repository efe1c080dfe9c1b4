"""Files of two runs → a pairing that doctors can vote on; and finding one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pedcorpus.corpus import (
    StoredPairing,
    StoredRun,
    Unit,
    add_pairing,
    add_run,
    current_votes,
    stored_pairings,
)
from pedcorpus.errors import UsageError
from pedcorpus.evaluation import Run, pair_runs, read_run
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.settings import Workspace

__all__ = ["EarlierPairing", "PreparedVote", "chosen_pairing", "earlier_pairings", "judged_in", "prepare_vote"]


@dataclass(frozen=True)
class EarlierPairing:
    """A pairing of the same files, as they were before."""

    id: str
    judged: int
    """Pairs that doctors have judged in it; each counts once for every doctor."""


@dataclass(frozen=True)
class PreparedVote:
    """A pairing that can be voted on."""

    pairing: str
    pairs: int
    left_out: Sequence[str]
    """What of the files is not compared, and what is without an answer; a line each."""
    earlier: Sequence[EarlierPairing]
    """What was voted on while the files held something else; votes stay there."""


def prepare_vote(workspace: Workspace, run_a: Path, run_b: Path) -> PreparedVote:
    """Keep two runs as a pairing; doing it twice is doing it once.

    Raises:
        UsageError: a file cannot be read, holds what is no reply, or the two cannot be compared.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    corpus = open_corpus(workspace)
    made = pair_runs(read_run(run_a), read_run(run_b))
    with corpus.unit() as unit:
        for run, path in ((made.a, run_a), (made.b, run_b)):
            add_run(unit, _stored(workspace, run, path), run.replies.values())
        add_pairing(unit, made.id, run_a=made.a.id, run_b=made.b.id)
        stored = next(each for each in stored_pairings(unit) if each.id == made.id)
        earlier = [EarlierPairing(each.id, judged_in(unit, each)) for each in earlier_pairings(unit, stored)]
    return PreparedVote(made.id, len(made.pairs), made.left_out, [each for each in earlier if each.judged])


def _stored(workspace: Workspace, run: Run, path: Path) -> StoredRun:
    whole = path.resolve()
    inside = whole.relative_to(workspace.root) if whole.is_relative_to(workspace.root) else whole
    return StoredRun(run.id, run.model, inside.as_posix())


def earlier_pairings(unit: Unit, pairing: StoredPairing) -> list[StoredPairing]:
    """Other pairings of files that lay where those of `pairing` lie."""
    return [each for each in stored_pairings(unit) if each.id != pairing.id and _paths(each) == _paths(pairing)]


def judged_in(unit: Unit, pairing: StoredPairing, *, voter: str | None = None) -> int:
    """Pairs that doctors, or one doctor, said anything of; each counts once for every doctor."""
    votes = current_votes(unit, pairing.a.id, pairing.b.id, voter=voter)
    return len({(vote.voter, vote.pair) for vote in votes})


def _paths(pairing: StoredPairing) -> frozenset[str]:
    return frozenset((pairing.a.path, pairing.b.path))


def chosen_pairing(unit: Unit, wanted: str) -> StoredPairing:
    """The pairing whose id begins with `wanted`; where that is empty, the only one, files that changed left aside.

    Raises:
        UsageError: there is none, or more than one.
    """
    known = stored_pairings(unit)
    if not known:
        raise UsageError("nothing to vote on yet; run: pedcorpus vote prepare RUN_A RUN_B")
    standing = list({_paths(each): each for each in known}.values())
    found = [each for each in known if each.id.startswith(wanted)] if wanted else standing
    if len(found) == 1:
        return found[0]
    listed = ", ".join(each.id for each in found or known)
    raise UsageError(f"{'several' if found else 'no'} such pairings; name one with --pairing: {listed}")
