"""Commands that carry decisions to other houses and back: decisions export, decisions import."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pedcorpus.cli.console import JsonOption, WorkspaceOption, print_json, talk, workspace_of
from pedcorpus.errors import ExitCode

if TYPE_CHECKING:
    from pedcorpus.flow import ImportedDecisions

__all__ = ["register"]

_TOLD = 50
"""Refused lines that are told one by one; --json has all."""


class Format(StrEnum):
    """Formats that decisions are exchanged in."""

    JSONL = "jsonl"
    ARGILLA = "argilla"
    LABEL_STUDIO = "label-studio"


def register(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    decisions = typer.Typer(no_args_is_help=True, help="Reviewers' decisions, to other tools and back.")
    decisions.command("export", epilog="Example: pedcorpus decisions export to-review --format argilla")(export)
    decisions.command("import", epilog="Example: pedcorpus decisions import reviewed.json --reviewer wang")(import_)
    app.add_typer(decisions, name="decisions")


def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to write; a folder for Argilla, a .json for Label Studio.")],
    form: Annotated[
        Format, typer.Option("--format", help="jsonl: what was decided; the others: records to decide on.")
    ] = Format.JSONL,
    waiting: Annotated[
        bool, typer.Option("--waiting", help="Only records that nobody has decided on; not for jsonl.")
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that are there already.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Write decisions as JSON Lines, or the records to review for Argilla or Label Studio."""
    from pedcorpus import flow

    place = workspace_of(context, workspace)
    report = flow.export_decisions(place, file, form=flow.DecisionFormat(form), waiting=waiting, overwrite=overwrite)
    what = "decisions" if form is Format.JSONL else "records"
    talk("{} {} in {}", f"{report.rows:,}", what, ", ".join(str(path) for path in report.files))
    if form is not Format.JSONL:
        talk("next: docs/decisions.md tells how to load them; pedcorpus decisions import takes the answers")


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="JSON Lines, Argilla's folder or records.json, Label Studio's JSON.")],
    form: Annotated[Format | None, typer.Option("--format", help="Default: recognised.")] = None,
    reviewer: Annotated[
        list[str] | None,
        typer.Option(metavar="[ACCOUNT=]NAME", help="Who decided, where the file names an account or nobody."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Judge every line and store nothing.")] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    """Take decisions from a file; those that are not sound are told with their place and left out."""
    from pedcorpus import flow

    report = flow.import_decisions(
        workspace_of(context, workspace),
        file,
        form=flow.DecisionFormat(form) if form else None,
        reviewers=reviewer or [],
        dry_run=dry_run,
    )
    _print(report, dry_run=dry_run) if as_json else _tell(report, dry_run=dry_run)
    return ExitCode.SOME_FAILED if report.refused else ExitCode.DONE


def _print(report: ImportedDecisions, *, dry_run: bool) -> None:
    from dataclasses import asdict

    print_json({**asdict(report), "dry_run": dry_run})


def _tell(report: ImportedDecisions, *, dry_run: bool) -> None:
    for refusal in report.refused[:_TOLD]:
        talk("[yellow]left out[/] {}:{}", report.path, f" {refusal}")
    if len(report.refused) > _TOLD:
        talk("… and {} more; see --json", f"{len(report.refused) - _TOLD:,}")
    verdicts = ", ".join(f"{number:,} {verdict}" for verdict, number in sorted(report.taken.items()))
    talk(
        "{} decisions in {}: {} {} ({}), {} here already, {} left out",
        f"{report.read:,}",
        report.format,
        f"{report.taken.total():,}",
        "would be taken" if dry_run else "taken",
        verdicts or "none",
        f"{report.repeated:,}",
        f"{len(report.refused):,}",
    )
