"""What doctors' votes came to, as tables, JSON or a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pedcorpus.cli.console import data, talk
from pedcorpus.errors import UsageError

if TYPE_CHECKING:
    from pedcorpus.evaluation import Counted, DimensionResult, Interval, PositionBias, VoterRecord
    from pedcorpus.flow import PairingVotes

__all__ = ["draw_votes", "tell_votes", "votes_json"]

_RESULTS = ("", "pairs", "win", "tie", "lose", "split", "wins, 95 %", "sign test", "agreed", "alpha")
_VOTERS = ("doctor", "judged", "of", "begun", "handed in", "counted", "median s", "first side ahead")


def votes_json(votes: PairingVotes) -> dict[str, Any]:  # JSON values
    """A pairing's votes as JSON; `win` is the run `names[0]`."""
    return {"pairing": votes.pairing, "names": list(votes.names), **asdict(votes.report)}


def tell_votes(votes: PairingVotes) -> None:
    """Wins, ties and losses by dimension, then each doctor's session."""
    from rich.text import Text

    from pedcorpus.cli.reports import table

    report = votes.report
    data(Text(f"{votes.names[0]} against {votes.names[1]} (pairing {votes.pairing})", style="bold"))
    results = [*((name.value, result) for name, result in report.dimensions.items()), ("over all", report.overall)]
    data(table("", _RESULTS, [_result(name, result) for name, result in results]))
    if report.voters:
        data(table("", _VOTERS, [_voter(each) for each in report.voters]))
    for line in _said(votes):
        talk("{}", line)


def _result(name: str, result: DimensionResult) -> tuple[object, ...]:
    agreement = result.agreement
    return (
        *(name, result.pairs, _counted(result.win), _counted(result.tie), _counted(result.lose), result.split),
        *(_bounds(result.win.share), "–" if result.p is None else f"p = {result.p:.3g}"),
        "–" if agreement is None else f"{agreement.agreed:.1%}",
        "–" if agreement is None or agreement.alpha is None else f"{agreement.alpha:.3f}",
    )


def _counted(counted: Counted) -> str:
    return f"{counted.pairs} ({counted.share.estimate:.1%})" if counted.share else str(counted.pairs)


def _bounds(share: Interval | None) -> str:
    return f"{share.low:.1%} to {share.high:.1%}" if share else "–"


def _voter(voter: VoterRecord) -> tuple[object, ...]:
    return (
        *(voter.voter, voter.judged, voter.pairs, voter.begun),
        *("yes" if voter.handed_in else "no", "yes" if voter.counted else "no"),
        "–" if voter.median_seconds is None else f"{voter.median_seconds:.0f}",
        _position(voter.position),
    )


def _position(bias: PositionBias) -> str:
    return f"{bias.first} of {bias.first + bias.second}" + (f" ({bias.share.estimate:.0%})" if bias.share else "")


def _said(votes: PairingVotes) -> Iterator[str]:
    report = votes.report
    doctors = ", ".join(f"{pairs} by {number}" for number, pairs in report.doctors_per_pair.items())
    yield f"{report.judged} of {report.pairs} pairs judged{f' ({doctors})' if doctors else ''}; more than half decide"
    bias = report.position
    if bias.share and bias.p is not None:
        bounds = f"95 % {_bounds(bias.share)}, p = {bias.p:.3g}"
        yield f"the answer that stood first was ahead in {_position(bias)}, level in {bias.level}: {bounds}"
    if waiting := [each.voter for each in report.voters if not each.counted]:
        yield f"not handed in and not counted: {', '.join(waiting)}; --all counts them"
    if partly := [each.voter for each in report.voters if each.counted and each.judged < each.pairs]:
        yield f"counted with what was judged, which is not all: {', '.join(partly)}"


def draw_votes(found: Sequence[PairingVotes], path: Path, *, language: Literal["zh", "en"]) -> None:
    """Draw one pairing's votes into `path`.

    Raises:
        UsageError: there are several pairings, or the file cannot be written.
    """
    from pedcorpus.evaluation import votes_png

    if len(found) != 1:
        known = ", ".join(each.pairing for each in found)
        raise UsageError(f"a picture is of one pairing; name it with --pairing: {known}")
    try:
        path.write_bytes(votes_png(found[0].report, names=found[0].names, language=language))
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; name another file") from error
    talk("drawn into {}", path)
