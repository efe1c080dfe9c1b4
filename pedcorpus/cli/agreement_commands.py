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
    from pedcorpus.review import Agreement, AgreementReport, ReviewerRecord

__all__ = ["register"]

PngOption = Annotated[Path | None, typer.Option("--png", metavar="FILE", help="Draw it into this file, too.")]

_AGREEMENT = ("", "instructions", "judgements", "agreed", "alpha")
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
    """How far reviewers agree on what two or more of them decided, by task, reason and pair (Krippendorff's alpha)."""
    from pedcorpus import flow
    from pedcorpus.cli.reports import table
    from pedcorpus.review import agreement_png

    report = flow.agreement(workspace_of(context, workspace))
    if as_json:
        print_json(_json(report))
    elif report.whole:
        data(table("", _AGREEMENT, list(_rows(report))))
    if not report.whole:
        talk("no instruction was decided by two reviewers yet")
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
    }


def _rows(report: AgreementReport) -> Iterator[tuple[object, ...]]:
    if report.whole:
        yield _row("all", report.whole)
    yield from (_row(f"task {name}", each) for name, each in report.tasks.items())
    yield from (_row(f"reason {name}", each) for name, each in report.reasons.items())
    yield from (_row(" and ".join(pair), each) for pair, each in report.pairs.items())


def _row(name: str, each: Agreement) -> tuple[object, ...]:
    return name, each.instructions, each.judgements, f"{each.agreed:.1%}", _number(each.alpha, 3)


def _work(record: ReviewerRecord) -> tuple[object, ...]:
    return (
        *(record.reviewer, record.decisions, record.accepted, record.rejected, record.edited, record.put_off),
        *(f"{record.accept_rate:.1%}", _number(record.median_seconds, 1), _number(record.per_hour, 0), record.days),
        "–" if record.agreed is None else f"{record.agreed:.1%}",
        _number(record.alpha, 3),
    )


def _number(value: float | None, places: int) -> str:
    return "–" if value is None else f"{value:.{places}f}"


def _write(path: Path, picture: bytes) -> None:
    try:
        path.write_bytes(picture)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; name another file") from error
    talk("drawn into {}", path)
