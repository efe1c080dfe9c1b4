"""Commands that tell how reviewers agree and work: agreement, reviewers with what `account_commands` adds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pedcorpus.cli import account_commands
from pedcorpus.cli.console import JsonOption, WorkspaceOption, data, print_json, talk, workspace_of
from pedcorpus.errors import UsageError

if TYPE_CHECKING:
    from pedcorpus.records import Agreement, AgreementReport
    from pedcorpus.review import ReviewerRecord

__all__ = ["register"]

PngOption = Annotated[Path | None, typer.Option("--png", metavar="FILE", help="Draw it into this file, too.")]

_AGREEMENT = ("", "instructions", "readings", "agreed", "alpha", "95 %", "kappa")
_RELIABLE, _TENTATIVE = 0.8, 0.667
_TELLING = 20
"""Instructions read twice from which on anything is said of what alpha means."""
_REVIEWERS = (
    "reviewer",
    "decisions",
    "accepted",
    "rejected",
    "edited",
    "put off",
    "accept rate",
    "median s",
    "an hour",
    "days",
    "agreed",
    "alpha",
    "known items",
)


def register(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    app.command(epilog="Example: pedcorpus agreement --png agreement.png")(agreement)
    group = typer.Typer()
    group.callback(invoke_without_command=True, epilog="Example: pedcorpus reviewers --json")(reviewers)
    account_commands.register(group)
    app.add_typer(group, name="reviewers")


def agreement(
    context: typer.Context, png: PngOption = None, as_json: JsonOption = False, workspace: WorkspaceOption = None
) -> None:
    """How far reviewers agree on what several of them read blind: by task, reason and pair, and what they dispute.

    Alpha is Krippendorff's, with bounds within which it lies in 95 of 100 cases; kappa is Cohen's for a pair, else
    Fleiss'. Only readings without a sight of the others count (docs/second-readings.md).
    """
    from pedcorpus import flow
    from pedcorpus.cli.reports import table
    from pedcorpus.review import agreement_png

    report = flow.agreement(workspace_of(context, workspace))
    if as_json:
        print_json(_json(report))
    elif report.whole:
        data(table("", _AGREEMENT, list(_rows(report))))
    for line in _words(report):
        talk("{}", line)
    if png:
        _write(png, agreement_png(report))


def reviewers(
    context: typer.Context, png: PngOption = None, as_json: JsonOption = False, workspace: WorkspaceOption = None
) -> None:
    """What each reviewer decided, how fast, and how far others agree; and who may log in."""
    if context.invoked_subcommand:
        return
    from pedcorpus import flow
    from pedcorpus.cli.reports import table
    from pedcorpus.review import reviewers_png

    records = flow.reviewers(workspace_of(context, workspace))
    if as_json:
        print_json([asdict(record) for record in records])
    else:
        data(table("", _REVIEWERS, [_work(record) for record in records]))
    if png:
        _write(png, reviewers_png(records))


def _json(report: AgreementReport) -> dict[str, Any]:  # JSON values
    return {
        "whole": asdict(report.whole) if report.whole else None,
        "tasks": {name: asdict(each) for name, each in report.tasks.items()},
        "reasons": {name: asdict(each) for name, each in report.reasons.items()},
        "pairs": [{"reviewers": list(pair), **asdict(each)} for pair, each in report.pairs.items()],
        "disputes": asdict(report.disputes),
    }


def _rows(report: AgreementReport) -> Iterator[tuple[object, ...]]:
    if report.whole:
        yield _row("all", report.whole)
    yield from (_row(f"task {name}", each) for name, each in report.tasks.items())
    yield from (_row(f"reason {name}", each) for name, each in report.reasons.items())
    yield from (_row(" and ".join(pair), each) for pair, each in report.pairs.items())


def _row(name: str, each: Agreement) -> tuple[object, ...]:
    bounds = f"{each.interval[0]:.2f} to {each.interval[1]:.2f}" if each.interval else "–"
    kappa = each.fleiss if each.cohen is None else each.cohen
    numbers = (f"{each.agreed:.1%}", _number(each.alpha, 3), bounds, _number(kappa, 3))
    return name, each.instructions, each.judgements, *numbers


def _words(report: AgreementReport) -> Iterator[str]:
    """What the numbers mean, and what to do next."""
    if report.whole:
        yield _meaning(report.whole)
    else:
        yield (
            "no instruction was read by two reviewers without a sight of each other yet; set share under "
            "[review.overlap] in pedcorpus.toml (docs/second-readings.md)"
        )
    disputes = report.disputes
    settled = ", ".join(f"{count} by {name}" for name, count in disputes.settled.items())
    if disputes.awaited:
        yield f"{disputes.awaited} wait for another reader"
    if disputes.open or settled or disputes.came_round:
        yield (
            f"readers disagree: {disputes.open} wait for an adjudicator (pedcorpus review --adjudicate), "
            f"{settled or 'none'} settled, {disputes.came_round} ended when a reader came round"
        )


def _meaning(whole: Agreement) -> str:
    if whole.alpha is None:
        return f"over {whole.instructions} instructions everybody said one and the same: nothing tells that from chance"
    found = f"alpha is {whole.alpha:.2f} over {whole.instructions} instructions"
    if whole.interval is None or whole.instructions < _TELLING:
        return f"{found}: too few to tell anything; read more of them twice"
    low, high = whole.interval
    where = f"{found}, and lies between {low:.2f} and {high:.2f}: "
    if low >= _RELIABLE:
        return where + "reliable (0.80 and above)"
    if high < _TENTATIVE:
        return where + "below 0.667, from which Krippendorff would conclude nothing; agree on the reasons first"
    if low >= _TENTATIVE:
        return where + "good enough for tentative conclusions (0.667 and above)"
    return where + "these are too few, or too mixed, to tell whether it reaches 0.667; read more of them twice"


def _work(record: ReviewerRecord) -> tuple[object, ...]:
    return (
        *(record.reviewer, record.decisions, record.accepted, record.rejected, record.edited, record.put_off),
        *(f"{record.accept_rate:.1%}", _number(record.median_seconds, 1), _number(record.per_hour, 0), record.days),
        "–" if record.agreed is None else f"{record.agreed:.1%}",
        _number(record.alpha, 3),
        f"{record.calibration_right} of {record.calibration_answered}" if record.calibration_answered else "–",
    )


def _number(value: float | None, places: int) -> str:
    return "–" if value is None else f"{value:.{places}f}"


def _write(path: Path, picture: bytes) -> None:
    try:
        path.write_bytes(picture)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; name another file") from error
    talk("drawn into {}", path)
