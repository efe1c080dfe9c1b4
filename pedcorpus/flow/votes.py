"""Votes: what doctors said of pairings → who won, and how far to trust it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from pedcorpus.corpus import StoredPairing, StoredRun, Unit, current_votes, hand_ins, stored_pairings
from pedcorpus.errors import UsageError
from pedcorpus.evaluation import VotesReport, pair_runs, read_run, votes_report
from pedcorpus.flow.ballot import asked_pairs
from pedcorpus.flow.pairings import chosen_pairing
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.settings import Workspace

__all__ = ["PairingVotes", "votes_beside", "votes_of"]


@dataclass(frozen=True)
class PairingVotes:
    """A pairing with the names of its runs, and what doctors say of it."""

    pairing: str
    names: tuple[str, str]
    """Models, or files where they do not say whose they are."""
    report: VotesReport


def votes_of(
    workspace: Workspace, runs: Sequence[Path] = (), *, pairing: str = "", everybody: bool = False
) -> list[PairingVotes]:
    """Votes on the two `runs` as they are now, on the pairing whose id begins with `pairing`, or on every pairing.

    Wins are those of the run named first. `everybody` counts doctors who have not handed in, too.

    Raises:
        UsageError: nothing of this kind was ever prepared, or a file cannot be read.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    corpus = open_corpus(workspace)
    first, wanted = _of_files(runs) if runs else ("", pairing)
    with corpus.unit(read_only=True) as unit:
        known = stored_pairings(unit)
        if runs and all(each.id != wanted for each in known):
            raise UsageError(
                f"{' and '.join(map(str, runs))}: nobody was asked about these two as they are now; "
                "run: pedcorpus vote prepare RUN_A RUN_B, or name an earlier pairing with --pairing"
            )
        chosen = [chosen_pairing(unit, wanted)] if wanted or not known else known
        return [_report(unit, each, workspace, first=first, everybody=everybody) for each in chosen]


def votes_beside(workspace: Workspace, run_a: Path, run_b: Path) -> PairingVotes | None:
    """Votes on two files as they are now, of doctors who handed in; none where there is no corpus or no such vote.

    Raises:
        UsageError: a file cannot be read.
        CorpusError: the corpus cannot be used.
    """
    if not workspace.corpus_path.exists():
        return None
    first, wanted = _of_files((run_a, run_b))
    with open_corpus(workspace).unit(read_only=True) as unit:
        stored = next((each for each in stored_pairings(unit) if each.id == wanted), None)
        found = _report(unit, stored, workspace, first=first, everybody=False) if stored else None
    return found if found is not None and found.report.judged else None


def _of_files(runs: Sequence[Path]) -> tuple[str, str]:
    """The first run, and the pairing."""
    made = pair_runs(*map(read_run, runs))
    return made.a.id, made.id


def _report(unit: Unit, pairing: StoredPairing, workspace: Workspace, *, first: str, everybody: bool) -> PairingVotes:
    a, b = (pairing.b, pairing.a) if first == pairing.b.id else (pairing.a, pairing.b)
    report = votes_report(
        current_votes(unit, pairing.a.id, pairing.b.id),
        hand_ins(unit, pairing.a.id, pairing.b.id),
        run_a=a.id,
        run_b=b.id,
        pairs=len(asked_pairs(unit, pairing, workspace.settings.vote)),
        everybody=everybody,
    )
    return PairingVotes(pairing.id, _names(a, b), report)


def _names(a: StoredRun, b: StoredRun) -> tuple[str, str]:
    """The shortest names that tell the runs apart: models, names of files, or where these lie."""
    for name in (lambda run: run.model, lambda run: PurePath(run.path).name, lambda run: run.path):
        if name(a) and name(b) and name(a) != name(b):
            return name(a), name(b)
    return a.id, b.id
