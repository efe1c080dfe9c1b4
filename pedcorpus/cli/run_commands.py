"""Commands of what was trained: runs, runs show."""

from __future__ import annotations

from typing import Annotated

import typer

from pedcorpus.cli.console import JsonOption, WorkspaceOption, data, print_json, talk, workspace_of

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    group = typer.Typer()
    group.callback(invoke_without_command=True, epilog="Example: pedcorpus runs --json")(runs)
    group.command(epilog="Example: pedcorpus runs show 0001-v1")(show)
    app.add_typer(group, name="runs")


def runs(context: typer.Context, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """What was trained, oldest first: from which export, how far, with what losses."""
    from pedcorpus.cli.reports import table
    from pedcorpus.training import LAST, list_runs, state_of

    if context.invoked_subcommand:
        return
    place = workspace_of(context, workspace)
    found = list_runs(place.runs)
    if as_json:
        print_json([run.record.model_dump(mode="json") | {"state": state_of(run)} for run in found])
        return
    rows = []
    for run in found:
        done = [f"{phase.phase} {_loss(phase.last_loss)}" for phase in run.record.finished]
        left = run.record.phases[len(run.record.finished) :]
        record = run.record
        names = (record.id, state_of(run), record.export_version, record.parent or "")
        rows.append((*names, ", ".join(done), ", ".join(left)))
    data(table("", ("run", "state", "export", "goes on from", "done, with last loss", "left"), rows, numbers_from=6))
    if not found:
        talk("{}: no run yet; `pedcorpus train` makes one", place.runs)
    elif found[-1].is_unfinished:
        talk("go on with the last one: pedcorpus train --resume {}", LAST)


def show(
    context: typer.Context,
    run: Annotated[str, typer.Argument(help="Name of a run, or its folder.")],
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """One run: what it was trained from, with what, what came of it; and its curves as a picture."""
    from pedcorpus.training import PHASES, find_run, plot_run, run_card, state_of

    found = find_run(workspace_of(context, workspace).runs, run)
    curves = [
        (PHASES[phase].title, path)
        for phase in found.record.phases
        if (path := found.root / phase / "metrics.jsonl").is_file()
    ]
    if curves:
        plot_run(found.root / "curves.png", curves)
    if as_json:
        print_json(found.record.model_dump(mode="json") | {"state": state_of(found)})
        return
    typer.echo(run_card(found), nl=False)
    if curves:
        talk("drew {}", found.root / "curves.png")


def _loss(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
