"""Going on with a run that did not finish: the same export, the recipes it wrote down, its last good checkpoint."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pedcorpus.errors import UsageError
from pedcorpus.export import open_export
from pedcorpus.models.hub import find_on_hub
from pedcorpus.training.checkpoints import CHECKPOINTS, Checkpoint, checkpoint_in, checkpoints
from pedcorpus.training.fit import check_adapter
from pedcorpus.training.phase import PHASES, Phase
from pedcorpus.training.plan import TrainingPlan, planned_phase
from pedcorpus.training.processes import this_process
from pedcorpus.training.recipe import load_recipes
from pedcorpus.training.runs import Run, find_run, list_runs, open_run
from pedcorpus.training.start import Start

__all__ = ["LAST", "plan_resuming"]

LAST = "last"
"""Calls the newest run that did not finish."""


def plan_resuming(runs: Path, name: str) -> TrainingPlan:
    """What is left to do of a run.

    Args:
        runs: folder of all runs.
        name: of a run, its folder, the folder of one of its checkpoints, or `last`. What a run had done after the
            checkpoint that is named is done anew.

    Raises:
        UsageError: there is no such run, it has finished, or somebody else trains it.
        ExportError: its export is not what it was trained from.
    """
    run, checkpoint = _found(runs, name)
    if run.is_under_way:
        raise UsageError(f"{run.root}: is being trained by another process")
    run, left = _left(run, checkpoint)
    export = open_export(run.export_path, verify=this_process().is_first)
    if export.sha256 != run.record.export_sha256:
        raise UsageError(
            f"{run.root}: was trained from another export than {run.export_path} is now; begin a run anew with "
            "`pedcorpus train`"
        )
    planned = []
    for phase in left:
        recipes = load_recipes([phase], source=run.root / phase.id / "recipe.yaml", overrides=())
        planned.append(planned_phase(export, phase, recipes[phase.id]))
    whole = checkpoints(run.root / left[0].id / CHECKPOINTS)
    checkpoint = checkpoint or (whole[-1] if whole else None)
    if left[0].adapter and checkpoint and run.model_path.is_dir():
        check_adapter(checkpoint.path, run.model_path)
    start = _start(run)
    return TrainingPlan(
        export=export,
        runs=runs,
        start=start,
        phases=tuple(planned),
        resumed=run,
        checkpoint=checkpoint,
    )


def _start(run: Run) -> Start:
    """What the run started from, fetched anew where it came from the Hub and is gone from the cache."""
    told = run.record.downloaded
    hub = find_on_hub(f"{told.repository}@{told.commit}") if told and not run.record.finished else None
    model = hub.folder if hub else None if run.makes_base else run.start_path
    return Start(model, run.record.parent, run.gguf_path, hub)


def _found(runs: Path, name: str) -> tuple[Run, Checkpoint | None]:
    if name == LAST:
        unfinished = [run for run in list_runs(runs) if run.is_unfinished]
        if not unfinished:
            raise UsageError(f"{runs}: no run is unfinished; `pedcorpus runs` lists all")
        return unfinished[-1], None
    if checkpoint := checkpoint_in(Path(name)):
        return open_run(checkpoint.path.parent.parent.parent), checkpoint
    return find_run(runs, name), None


def _left(run: Run, checkpoint: Checkpoint | None) -> tuple[Run, tuple[Phase, ...]]:
    """The run without what will be done anew, and the phases that are left, in order."""
    record = run.record
    if checkpoint:
        at = checkpoint.path.parent.parent.name
        before = [phase for phase in record.phases if list(PHASES).index(phase) < list(PHASES).index(at)]
        run = replace(run, record=record.model_copy(update={"finished": record.finished[: len(before)]}))
    done = {phase.phase for phase in run.record.finished}
    left = tuple(PHASES[name] for name in record.phases if name not in done)
    if not left:
        raise UsageError(f"{run.root}: has finished; there is nothing to go on with")
    return run, left
