"""Training on the terminal: what is planned, a bar a phase, and what came of it."""

from __future__ import annotations

from types import TracebackType

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from pedcorpus.cli.console import ERR, data, talk
from pedcorpus.cli.reports import AFTER_TRAINING, table
from pedcorpus.errors import PedcorpusError
from pedcorpus.training import Progress as Step
from pedcorpus.training import Run, TrainingPlan, is_launched, run_plan, this_process

__all__ = ["TrainingBars", "tell_plan", "tell_run", "train_plan"]


def tell_plan(plan: TrainingPlan) -> None:
    """Export, start and phases, before the first step."""
    talk("export {} · starting from {}", plan.export.manifest.version, plan.start)
    for planned in plan.phases:
        steps = planned.steps if planned.steps is not None else "as many as packing gives"
        talk("{}: {}, {} rows, steps: {}", planned.phase.id, planned.phase.title, planned.rows, steps)
        if parts := planned.mixture.parts:
            told = ", ".join(f"{name} {count:,} ({count / planned.rows:.1%})" for name, count in parts.items())
            schedule = planned.recipe.data.get("schedule")
            talk("  {}{}", told, f"; schedule: {schedule}" if schedule else "")


class TrainingBars:
    """A listener for `training`: one bar a phase, with the newest loss, tokens a second and the time left."""

    def __init__(self) -> None:
        self._bars = Progress(
            TextColumn("{task.description:<5}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TextColumn("{task.fields[loss]}"),
            TextColumn("{task.fields[pace]}"),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=ERR,
            disable=not (ERR.is_terminal and this_process().is_first),
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> TrainingBars:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def __call__(self, step: Step) -> None:
        if step.phase not in self._tasks:
            self._tasks[step.phase] = self._bars.add_task(step.phase, total=None, loss="making ready", pace="")
        loss = "" if step.loss is None else f"loss {step.loss:.3f}"
        pace = "" if step.tokens_per_s is None else f"{step.tokens_per_s:,.0f} tokens/s"
        self._bars.update(self._tasks[step.phase], completed=step.step, total=step.total or None, loss=loss, pace=pace)


def train_plan(plan: TrainingPlan) -> None:
    """Trains what was planned, with bars meanwhile and losses afterwards; of several processes the first one tells.

    Raises:
        typer.Exit: it failed in a process of several, whose launcher says why.
    """
    try:
        with TrainingBars() as bars:
            run = run_plan(plan, on_progress=bars)
    except PedcorpusError as error:
        if is_launched():
            raise typer.Exit(error.exit_code) from error
        raise
    if this_process().is_first:
        tell_run(run)
        talk("next: {}", AFTER_TRAINING)


def tell_run(run: Run) -> None:
    """Losses by phase, and where the run is."""
    rows = [
        (
            phase.phase,
            phase.steps,
            _loss(phase.first_loss),
            _loss(phase.last_loss),
            f"{phase.trainable:,}",
            f"{phase.seconds:.0f}",
        )
        for phase in run.record.finished
    ]
    data(table("", ("phase", "steps", "first loss", "last loss", "trained parameters", "seconds"), rows))
    for phase in run.record.finished:
        for part in phase.held_out:
            perplexities = (f"{part.first_perplexity:.2f}", f"{part.last_perplexity:.2f}")
            talk("{}, held out, {}: perplexity {} → {}", phase.phase, part.part, *perplexities)
    talk("made {}", run.root)


def _loss(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
