"""The command that writes a version in another format: convert."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pedcorpus.cli.console import RichProgress, WorkspaceOption, talk, workspace_of
from pedcorpus.errors import UsageError

if TYPE_CHECKING:
    from pedcorpus.export import View
    from pedcorpus.export.formats import Converted
    from pedcorpus.settings import Workspace

__all__ = ["FormatsOption", "convert_each", "known_formats", "register"]

_FORMATS = "jsonl, alpaca, sharegpt, llamafactory, swift, openai, or an installed one"

FormatsOption = Annotated[
    list[str] | None,
    typer.Option("-f", "--format", help=f"Write it in this format besides Parquet: {_FORMATS}; repeatable."),
]


def register(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command(epilog="Example: pedcorpus convert v1 --format llamafactory")(convert)


def convert(
    context: typer.Context,
    version: Annotated[str, typer.Argument(help="Version, or folder of an export.")],
    form: Annotated[str, typer.Option("-f", "--format", help=f"One of {_FORMATS}.")],
    view: Annotated[
        list[str] | None, typer.Option(help="Only this view, as sft; repeatable; default all that the format carries.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="A new folder; default converted/VERSION/FORMAT.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Write a version in the format of another trainer, from its Parquet; the version stays as it is."""
    from pedcorpus import flow
    from pedcorpus.export import VIEWS

    place = workspace_of(context, workspace)
    chosen = _views(view) if view else VIEWS
    withdrawn = flow.withdrawals(place)
    made = flow.convert(place, version, form, out=out, views=chosen, progress=RichProgress())
    _tell(made)
    for source in made.origin.sources:
        if source in withdrawn:
            talk("[yellow]warning[/] it rests on {}, withdrawn since: {}", source, withdrawn[source].reason)


def _views(names: list[str]) -> list[View]:
    from pedcorpus.export import VIEWS

    if unknown := [name for name in names if name not in VIEWS]:
        raise UsageError(f"--view {unknown[0]}: expected one of {', '.join(VIEWS)}")
    return [view for view in VIEWS if view in names]


def known_formats(names: list[str] | None) -> list[str]:
    """`names`, each once, refused before any work where one is no format."""
    from pedcorpus.export.formats import format_of

    return [format_of(name).name for name in dict.fromkeys(names or ())]


def convert_each(place: Workspace, version: str, forms: list[str]) -> None:
    """Write `version` in each of `forms`."""
    from pedcorpus import flow

    for form in forms:
        _tell(flow.convert(place, version, form, progress=RichProgress()))


def _tell(made: Converted) -> None:
    """What was written, and what the format could not carry."""
    rows = sum(file.rows for file in made.files)
    manifest = made.origin.manifest_sha256[:16]
    talk("made {}: {} rows in {} files, from manifest {}", made.root, f"{rows:,}", len(made.files), manifest)
    for view in made.origin.views_left_out:
        talk("left out {}: {} has no way to say it", view, made.origin.format)
    for table, reasons in made.origin.rows_left_out.items():
        talk("left out of {}: {}", table, ", ".join(f"{count} rows, {reason}" for reason, count in reasons.items()))
