"""Commands that train an assistant from an export and talk to it: train, chat; and demo, the whole road at once."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from pedcorpus.cli.console import WorkspaceOption, talk, workspace_of
from pedcorpus.errors import UsageError
from pedcorpus.settings import Workspace

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    app.command(epilog="Example: pedcorpus train --phase sft sft.trainer.max_steps=50")(train)
    app.command(epilog="Example: pedcorpus chat")(chat)
    app.command(epilog="Example: pedcorpus demo --folder /tmp/demo")(demo)


def train(
    context: typer.Context,
    overrides: Annotated[
        list[str] | None,
        typer.Argument(metavar="KEY=VALUE…", help="Changes to the recipes, as sft.trainer.max_steps=50."),
    ] = None,
    export: Annotated[str | None, typer.Option(help="Version to train from; default the newest.")] = None,
    phase: Annotated[
        list[str] | None, typer.Option(help="cpt, sft, dfpo, mue or all; may be given several times.")
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(
            help="A causal language model's folder or GGUF file, or a run's folder; default a tiny one is made."
        ),
    ] = None,
    recipe: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE|FOLDER",
            help="A shipped set (gpu-7b, 8gpu-13b, cluster-13b), a recipe or a folder of them; default: for a CPU.",
        ),
    ] = None,
    resume: Annotated[
        str | None,
        typer.Option(metavar="RUN", help="Go on with an unfinished run: its name, a checkpoint's folder, or `last`."),
    ] = None,
    processes: Annotated[
        int | None, typer.Option(metavar="N", help="Train in N processes under torchrun, one for each GPU.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check everything; tell rows, tokens, steps, memory and recipes.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --dry-run: as JSON.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Train the four phases from an export, each from the last one's output."""
    from pedcorpus.cli.training_forecast import tell_forecast
    from pedcorpus.cli.training_report import tell_plan, train_plan
    from pedcorpus.training import (
        PHASES,
        check_ready,
        forecast,
        is_launched,
        launch,
        plan_resuming,
        plan_training,
        this_process,
        torchrun_line,
    )

    if as_json and not dry_run:
        raise UsageError("--json goes with --dry-run; `pedcorpus runs show RUN --json` tells of a run")
    place = workspace_of(context, workspace)
    if resume is not None and (overrides or export or phase or model or recipe):
        raise UsageError("--resume goes on with what a run wrote down; it takes no other settings")
    if resume is not None:
        plan = plan_resuming(place.runs, resume)
    else:
        plan = plan_training(
            export=export_folder(place, export),
            runs=place.runs,
            phases=tuple(PHASES) if phase is None or "all" in phase else tuple(phase),
            model=model,
            recipe=recipe,
            overrides=overrides or (),
        )
    line = None
    if processes is not None:
        given = {"export": export, "phase": phase, "model": model, "recipe": recipe, "resume": resume}
        line = torchrun_line(processes, _arguments(place, given, overrides or ()))
    if not is_launched() and this_process().is_first:
        tell_plan(plan)
        if line:
            talk("would run {}" if dry_run else "running {}", shlex.join(line))
    if dry_run:
        tell_forecast(forecast(plan, processes=processes or 1), as_json=as_json)
    elif line:
        check_ready(plan)
        launch(line)
    else:
        train_plan(plan)


def _arguments(place: Workspace, given: dict[str, Any], overrides: Sequence[str]) -> list[str]:
    """The command line of `train` with what was given to it."""
    options = [("workspace", place.root), *given.items()]
    pairs = [(name, each) for name, value in options for each in (value if isinstance(value, list) else [value])]
    words = [word for name, value in pairs if value is not None for word in (f"--{name}", str(value))]
    return ["train", *words, *overrides]


def export_folder(workspace: Workspace, version: str | None) -> Path:
    """Folder of an export by version, else of the newest.

    Raises:
        UsageError: there is none.
    """
    from pedcorpus.export import newest_export

    if version is not None:
        return workspace.exports / version
    newest = newest_export(workspace.exports)
    if newest is None:
        raise UsageError(f"{workspace.exports}: no export yet; make one with `pedcorpus export --version v1`")
    return newest


def chat(
    context: typer.Context,
    model: Annotated[
        Path | None,
        typer.Option("--model", "--model_name_or_path", help="Folder of a model; default the newest run's."),
    ] = None,
    adapter: Annotated[
        Path | None,
        typer.Option("--adapter", "--adapter_name_or_path", help="Folder of a MUE or LoRA adapter for that model."),
    ] = None,
    template: Annotated[str | None, typer.Option(help="Prompt template; default the tokenizer's own.")] = None,
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
