"""What a judge made of two runs, on the terminal: the table or JSON to stdout, the rest to stderr."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pedcorpus.cli.console import data, print_json, talk

if TYPE_CHECKING:
    from pedcorpus.evaluation.judge import AspectResult, Bias
    from pedcorpus.flow import JudgedRuns

__all__ = ["tell_judged"]

_COLUMNS = ("", "pairs", "win", "tie", "lose", "wins, 95 %", "flips", "sign test")


def tell_judged(found: JudgedRuns, *, as_json: bool = False) -> None:
    """Wins, ties and losses of the first run by aspect, the biases, and the doctors beside it."""
    from pedcorpus.cli.reports import table
    from pedcorpus.evaluation.judge import judge_data

    report = found.report
    if as_json:
        print_json(json.loads(json.dumps(judge_data(found.names, report, found.doctors))))
    else:
        results = [*((name.value, each) for name, each in report.aspects.items()), ("over all", report.overall)]
        title = f"{found.names[0]} against {found.names[1]}, judged by {report.judge}"
        data(table(title, _COLUMNS, [_row(name, each) for name, each in results]))
    for line in _lines(found):
        talk("{}", line)


def _row(name: str, result: AspectResult) -> tuple[object, ...]:
    counts = [
        f"{each.pairs} ({each.share.estimate:.1%})" if each.share else str(each.pairs)
        for each in (result.win, result.tie, result.lose)
    ]
    share = result.win.share
    bounds = f"{share.low:.1%} to {share.high:.1%}" if share else "–"
    return (name, result.pairs, *counts, bounds, result.flips, "–" if result.p is None else f"p = {result.p:.3g}")


def _lines(found: JudgedRuns) -> Iterator[str]:
    report = found.report
    yield from found.left_out
    yield f"{report.judged} of {report.pairs} pairs count, {report.equal} of them equal replies"
    for reason, count in report.unusable.items():
        yield f"{count} judgements cannot be used: {reason.replace('_', ' ')}"
    if report.missing:
        yield f"{report.missing} judgements are missing; the same command goes on from here"
    yield from _bias("the reply shown first was preferred", report.position)
    yield from _bias("the longer reply won", report.length)
    for each in found.doctors:
        agreed = f"{each.agreed.estimate:.0%}" if each.agreed else "–"
        kappa = "–" if each.kappa is None else f"{each.kappa:.2f}"
        yield f"doctors, {each.judged_on} / {each.doctors_on}: {agreed} of {each.pairs} pairs alike, kappa {kappa}"
    yield f"judgements: {found.path}"


def _bias(words: str, bias: Bias) -> Iterator[str]:
    if bias.share and bias.p is not None:
        yield f"{words} in {bias.cases} of {bias.of} ({bias.share.estimate:.0%}, p = {bias.p:.3g})"
