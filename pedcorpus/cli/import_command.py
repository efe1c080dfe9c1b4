"""The command that makes a corpus from a version: import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pedcorpus.cli.console import JsonOption, RichProgress, WorkspaceOption, print_json, talk, workspace_of

if TYPE_CHECKING:
    from pedcorpus import flow

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command("import", epilog="Example: pedcorpus import ../ward/exports/v3 -w our-ward")(import_version)


def import_version(
    context: typer.Context,
    version: Annotated[str, typer.Argument(help="Folder of an export, or a version in the workspace's exports.")],
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Make the corpus of a workspace that has none from a finished version, to carry on another team's work."""
    from pedcorpus import flow

    made = flow.import_export(workspace_of(context, workspace), version, progress=RichProgress())
    if as_json:
        print_json(_told(made))
        return
    manifest = made.export.manifest
    for path in made.made:
        talk("made {}", path)
    tasks = ", ".join(f"{task} {rows}" for task, rows in sorted(made.carried.instructions.items()))
    talk("imported {}: {}", manifest.version, tasks)
    talk("with what they rest on: {}", ", ".join(f"{count} {name}" for name, count in _counts(made).items() if count))
    talk("passages that no row cites, thresholds and page pictures do not travel; see docs/exports.md")
    talk("next: pedcorpus curate, then pedcorpus review")


def _counts(made: flow.ImportedExport) -> dict[str, int]:
    names = ("passages", "triples", "dialogues", "decisions", "preferences")
    return {name: getattr(made.carried, name) for name in names}


def _told(made: flow.ImportedExport) -> dict[str, object]:
    manifest = made.export.manifest
    return {
        "version": manifest.version,
        "manifest": made.export.sha256,
        "instructions": dict(made.carried.instructions),
        **_counts(made),
        "made": [str(path) for path in made.made],
    }
