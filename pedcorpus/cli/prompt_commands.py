"""Commands about what a language model is told: prompts show."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer

from pedcorpus.cli.console import JsonOption, WorkspaceOption, print_json, talk, workspace_of

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    prompts = typer.Typer(no_args_is_help=True, help="What a language model is told, task by task.")
    prompts.command("show", epilog="Example: pedcorpus prompts show medkqa --source my-textbook")(show)
    app.add_typer(prompts, name="prompts")


def show(
    context: typer.Context,
    task: Annotated[str, typer.Argument(metavar="TASK", help="Task whose drafts are asked for, as medkqa.")],
    fragment: Annotated[
        str | None, typer.Option(metavar="PASSAGE", help="Id of a passage, or its beginning: the fragment it is in.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="The first fragment of this work that carries the task.")] = None,
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="Language in which the model is told; default by settings.")
    ] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Print exactly what would be sent for one fragment; nothing is sent."""
    from pedcorpus import flow

    place = workspace_of(context, workspace)
    request = flow.prompt_for(place, task, passage=fragment, source=source, language=language)
    payload = flow.sent_payload(place, request)
    talk("{}: {} of {} would be asked for", request.where, sum(request.planned.values()), task)
    if as_json:
        print_json({"where": request.where, "planned": dict(request.planned), "payload": payload})
        return
    for message in request.ask.messages:
        typer.echo(f"--- {message.role}\n{message.content}\n")
    if shape := payload.get("response_format"):
        typer.echo(f"--- response_format\n{json.dumps(shape, ensure_ascii=False)}")
