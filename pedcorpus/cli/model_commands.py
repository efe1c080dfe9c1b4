"""Commands of an assistant: chat, which talks to one; demo, the whole road to one at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pedcorpus.cli.console import WorkspaceOption, talk, workspace_of
from pedcorpus.cli.model_options import AdapterOption, ModelOption, TemplateOption
from pedcorpus.errors import UsageError
from pedcorpus.settings import Workspace

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    app.command(epilog="Example: pedcorpus chat")(chat)
    app.command(epilog="Example: pedcorpus demo --folder /tmp/demo")(demo)


def chat(
    context: typer.Context,
    model: ModelOption = None,
    adapter: AdapterOption = None,
    template: TemplateOption = None,
    export: Annotated[str | None, typer.Option(help="Version whose nearest passages stand under replies.")] = None,
    finetuning_type: Annotated[
        str | None,
        typer.Option("--finetuning_type", metavar="lora", help="Accepted as other tools' command lines have it."),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Talk to the newest run, or to any model; no medical advice."""
    if finetuning_type not in (None, "lora"):
        raise UsageError(
            f"--finetuning_type {finetuning_type} is not known here: `lora` stands for any adapter that PEFT saved; "
            "a model that was tuned whole is given with --model alone"
        )
    from pedcorpus.cli.chat_session import chat_with

    place = workspace_of(context, workspace)
    chat_with(place, model=model, adapter=adapter, template=template, export=export)


def demo(
    folder: Annotated[Path, typer.Option(help="Folder of the demo's workspace.")] = Path("demo-workspace"),
) -> None:
    """Run the whole road on the sample shelf: ingest, review, export, train, one reply."""
    from pedcorpus.cli.demo import run_demo

    talk("the sample shelf is sample data: not for care; its workspace is {}", folder.resolve())
    run_demo(Workspace.at(folder))
