"""The command that trains an assistant from an export: what it is asked for made into a plan, and that told or run."""

from __future__ import annotations

import shlex
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from pedcorpus.cli.console import WorkspaceOption, talk, workspace_of
from pedcorpus.cli.export_choice import export_folder
from pedcorpus.errors import ExitCode, UsageError
from pedcorpus.settings import Workspace

if TYPE_CHECKING:
    from pedcorpus.training import TrainingPlan

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add this file's command to the program."""
    app.command(epilog="Example: pedcorpus train --phase sft sft.trainer.max_steps=50")(train)


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
        str | None,
        typer.Option(
            metavar="FOLDER|FILE|NAME",
            help="A model's folder, GGUF file or name on the Hugging Face Hub, or a run; default a tiny one is made.",
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
    from pedcorpus.training import forecast, torchrun_line

    if as_json and not dry_run:
        raise UsageError("--json goes with --dry-run; `pedcorpus runs show RUN --json` tells of a run")
    place = workspace_of(context, workspace)
    asked = _Asked(export, phase, model, recipe, resume, tuple(overrides or ()))
    plan = _planned(place, asked)
    line = None if processes is None else torchrun_line(processes, _arguments(place, asked))
    _tell(plan, line, "would run {}" if dry_run else "running {}")
    if dry_run:
        tell_forecast(forecast(plan, processes=processes or 1), as_json=as_json)
    else:
        _train(plan, line)


@dataclass(frozen=True)
class _Asked:
    """What to train, as the command line says; none is left to the default."""

    export: str | None
    phase: list[str] | None
    model: str | None
    recipe: str | None
    resume: str | None
    overrides: tuple[str, ...]


def _planned(place: Workspace, asked: _Asked) -> TrainingPlan:
    from pedcorpus.training import PHASES, plan_resuming, plan_training

    if asked.resume is not None:
        if any(value for name, value in asdict(asked).items() if name != "resume"):
            raise UsageError("--resume goes on with what a run wrote down; it takes no other settings")
        return plan_resuming(place.runs, asked.resume)
    return plan_training(
        export=export_folder(place, asked.export),
        runs=place.runs,
        phases=tuple(PHASES) if asked.phase is None or "all" in asked.phase else tuple(asked.phase),
        model=asked.model,
        recipe=asked.recipe,
        overrides=asked.overrides,
    )


def _tell(plan: TrainingPlan, line: list[str] | None, running: str) -> None:
    """What is planned, and the line that starts several processes; of those, each started by hand, the first tells."""
    from pedcorpus.cli.training_report import tell_plan
    from pedcorpus.training import is_launched, this_process

    if is_launched() or not this_process().is_first:
        return
    tell_plan(plan)
    if line:
        talk(running, shlex.join(line))


def _train(plan: TrainingPlan, line: list[str] | None) -> None:
    """Here, or in the processes that `line` starts.

    Raises:
        SystemExit: Ctrl-C; of several processes, the one that started them says so.
    """
    from pedcorpus.cli.training_report import train_plan
    from pedcorpus.training import check_ready, is_launched, launch

    try:
        if line is None:
            train_plan(plan)
        else:
            check_ready(plan)
            launch(line, plan)
    except KeyboardInterrupt:
        if not is_launched():
            talk("interrupted; go on with `pedcorpus train --resume last`")
        raise SystemExit(ExitCode.INTERRUPTED) from None


def _arguments(place: Workspace, asked: _Asked) -> list[str]:
    """The command line of `train` that asks for the same."""
    options = [("workspace", place.root), *((name, v) for name, v in asdict(asked).items() if name != "overrides")]
    pairs = [(name, each) for name, value in options for each in (value if isinstance(value, list) else [value])]
    words = [word for name, value in pairs if value is not None for word in (f"--{name}", str(value))]
    return ["train", *words, *asked.overrides]
