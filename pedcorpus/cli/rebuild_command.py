"""The command `rebuild`: a finished version made again from the corpus, and what became of its bytes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pedcorpus.cli.console import JsonOption, RichProgress, WorkspaceOption, print_json, talk, workspace_of
from pedcorpus.errors import ExitCode

if TYPE_CHECKING:
    from pedcorpus import flow

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command(epilog="Example: pedcorpus rebuild v1")(rebuild)


def rebuild(
    context: typer.Context,
    version: Annotated[str, typer.Argument(help="Version, as `pedcorpus exports` lists it.")],
    into: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Leave it there, as FOLDER/VERSION; else only a lost version is put back."),
    ] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    """Make a version again from the corpus, with nothing from the network: same bytes, or what differs and why (3)."""
    from pedcorpus import flow

    made = flow.rebuild(workspace_of(context, workspace), version, into=into, progress=RichProgress())
    if as_json:
        print_json(_told(made))
    else:
        _talk(made)
    return ExitCode.DONE if made.is_same and not made.problems else ExitCode.NOT_SOUND


def _told(made: flow.Rebuilt) -> dict[str, object]:
    names = ("version", "differs", "reasons", "problems", "put_back", "settings", "withdrawn")
    return {"same": made.is_same, "manifest": made.sha256, "expected": made.expected} | {
        name: getattr(made, name) for name in names
    }


def _talk(made: flow.Rebuilt) -> None:
    for source, reason in made.withdrawn.items():
        talk("[yellow]warning[/] it rests on {}, withdrawn since: {}", source, reason)
    for change in made.settings:
        talk("{}; it was made by the settings of its day", change)
    for problem in made.problems:
        talk("[bold red]error[/] {}", problem)
    if made.is_same:
        talk("{} made again: same bytes, {} files, manifest {}", made.version, made.files, made.sha256[:12])
    else:
        talk("[bold red]error[/] {} made again: {} is not what it was", made.version, made.differs)
        for reason in made.reasons:
            talk("because: {}", reason)
    if made.put_back:
        talk("exports/{} was lost, and is there again", made.version)
    elif made.problems and made.is_same:
        talk("move its folder away and run this again: what was written then is put in its place")
