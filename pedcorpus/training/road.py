"""The training road: the planned phases one after another, each from the last one's output, on record throughout."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from contextlib import nullcontext
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from pedcorpus.errors import MissingExtra, PedcorpusError, TrainingHalted, TrainingStopped, UsageError
from pedcorpus.models.hub import HubModel, with_weights
from pedcorpus.models.threads import wait_without_spinning
from pedcorpus.training.fit import check_fit
from pedcorpus.training.needs import missing_needs
from pedcorpus.training.phase import PHASES
from pedcorpus.training.plan import TrainingPlan, plan_training
from pedcorpus.training.processes import join_others, tell_launcher, this_process, told_by_first, wait_for_all
from pedcorpus.training.progress import OnProgress, Progress
from pedcorpus.training.recipe import recipe_text
from pedcorpus.training.run_changes import changed, end, written
from pedcorpus.training.runs import (
    BASE_FOLDER,
    Converted,
    Downloaded,
    Resumption,
    Run,
    RunRecord,
    new_run_folder,
    open_run,
    path_from,
)
from pedcorpus.training.stopping import Stop, stopping

__all__ = ["check_ready", "run_plan", "train"]

_PACKAGES = ("pedcorpus", "torch", "transformers", "trl", "peft", "accelerate", "datasets", "tokenizers")


def train(
    *,
    export: Path,
    runs: Path,
    phases: Sequence[str] = tuple(PHASES),
    model: str | Path | None = None,
    recipe: str | Path | None = None,
    overrides: Sequence[str] = (),
    on_progress: OnProgress | None = None,
) -> Run:
    """Checks everything that can be, then trains; arguments and errors are those of `plan_training`.

    Raises:
        MissingExtra: torch or TRL is not installed.
    """
    plan = plan_training(export=export, runs=runs, phases=phases, model=model, recipe=recipe, overrides=overrides)
    return run_plan(plan, on_progress=on_progress)


def run_plan(plan: TrainingPlan, *, on_progress: OnProgress | None = None) -> Run:
    """Trains what was planned, in a run folder of its own.

    An interrupt or an error is passed on after it is on record; phases that had finished stay usable.

    Raises:
        MissingExtra: torch or TRL is not installed.
        UsageError: model, tokenizer and recipe do not fit one another.
    """
    check_ready(plan)
    try:
        return _run_together(plan, on_progress)
    except PedcorpusError as error:
        tell_launcher(str(error))
        raise


def check_ready(plan: TrainingPlan) -> None:
    """Everything is installed that the recipes ask for.

    Raises:
        MissingExtra: torch or TRL is not.
        UsageError: something that a recipe's key needs is not; all of it is named.
    """
    if any(find_spec(name) is None for name in ("torch", "transformers", "trl", "peft", "datasets")):
        raise MissingExtra("training", "train")
    if missing := [line for planned in plan.phases for line in missing_needs(planned.recipe)]:
        raise UsageError("\n".join(missing))


def _run_together(plan: TrainingPlan, on_progress: OnProgress | None) -> Run:
    process = this_process()
    _refuse_mixed_devices(plan)
    join_others(use_cpu=bool(plan.phases[0].recipe.trainer.get("use_cpu")))
    run = _same_run(plan)
    with run.held() if process.is_first else nullcontext():
        return _recorded(plan, run, on_progress if on_progress and process.is_first else _say_nothing)


def _refuse_mixed_devices(plan: TrainingPlan) -> None:
    used = {bool(planned.recipe.trainer.get("use_cpu")) for planned in plan.phases}
    if len(used) > 1 and not this_process().is_alone:
        raise UsageError("trainer.use_cpu differs between phases; several processes need the same for all")


def _same_run(plan: TrainingPlan) -> Run:
    """Begun or gone on with by the first process, known to all."""
    run: Run | None = None
    if this_process().is_first:
        run = _gone_on_with(plan.resumed, plan) if plan.resumed else _begin(plan)
    root = told_by_first(run.root if run else None)
    return run or open_run(Path(str(root)))


def _recorded(plan: TrainingPlan, run: Run, on_progress: OnProgress) -> Run:
    try:
        with stopping() as stop:
            return _run_phases(plan, run, on_progress, stop)
    except KeyboardInterrupt:
        end(run.root, "interrupted", "interrupted by the user")
        raise
    except TrainingStopped as error:
        end(run.root, "interrupted", str(error))
        raise TrainingStopped(f"{error}; go on with `pedcorpus train --resume {run.root.name}`") from error
    except PedcorpusError as error:
        end(run.root, "failed", str(error))
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        end(run.root, "failed", reason)
        if this_process().is_alone:
            raise
        raise TrainingHalted(f"{this_process()}: {' '.join(reason.split())}") from error


def _begin(plan: TrainingPlan) -> Run:
    root = new_run_folder(plan.runs, plan.export.manifest.version)
    start = plan.start.model or root / BASE_FOLDER
    record = RunRecord(
        id=root.name,
        state="running",
        export=path_from(root, plan.export.root),
        export_version=plan.export.manifest.version,
        export_sha256=plan.export.sha256,
        start=path_from(root, start),
        converted_from=_converted(root, plan.start.gguf) if plan.start.gguf else None,
        downloaded=_downloaded(plan.start.hub),
        parent=plan.start.run,
        phases=tuple(planned.phase.id for planned in plan.phases),
        versions=_versions(),
    )
    for planned in plan.phases:
        (root / planned.phase.id).mkdir()
        (root / planned.phase.id / "recipe.yaml").write_text(recipe_text(planned.recipe), encoding="utf-8")
    return written(Run(root, record))


def _converted(root: Path, file: Path) -> Converted:
    with file.open("rb") as opened:
        return Converted(file=path_from(root, file), sha256=file_digest(opened, "sha256").hexdigest())


def _downloaded(hub: HubModel | None) -> Downloaded | None:
    return Downloaded(repository=hub.repository, commit=hub.commit) if hub else None


def _gone_on_with(run: Run, plan: TrainingPlan) -> Run:
    before, now = int(run.record.hardware.get("processes", "1")), this_process().count
    if plan.checkpoint and before != now:
        raise UsageError(
            f"{run.root}: its checkpoint is one of {before} processes, this is a run of {now}, whose batches would be "
            f"others; go on with --processes {before}"
        )
    step = plan.checkpoint.step if plan.checkpoint else 0
    again = Resumption(phase=plan.phases[0].phase.id, step=step)
    start = path_from(run.root, plan.start.model or run.start_path)  # what was fetched anew may lie elsewhere
    resumed = (*run.record.resumed, again)
    return changed(run, state="running", reason="", start=start, resumed=resumed, versions=_versions())


def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: _version(name) for name in _PACKAGES}}


def _run_phases(plan: TrainingPlan, run: Run, on_progress: OnProgress, stop: Stop) -> Run:
    first = plan.phases[0]
    on_progress(Progress(first.phase.id, 0, 0, None))  # before the imports, which take seconds
    wait_without_spinning()
    from pedcorpus.models.quiet import quiet_libraries
    from pedcorpus.training.build import no_dataset_bars
    from pedcorpus.training.phase_run import run_phase

    with quiet_libraries(), no_dataset_bars():
        run = changed(run, hardware=_hardware())
        if run.makes_base and not run.start_path.is_dir() and this_process().is_first:
            _make_base(plan, run.start_path)
        if plan.start.hub is not None:
            with_weights(plan.start.hub)
        wait_for_all()
        checkpoint = plan.checkpoint
        for planned in plan.phases:
            on_progress(Progress(planned.phase.id, 0, 0, None))
            start, root = run.model_path, run.root
            done = run_phase(planned, start=start, root=root, on_progress=on_progress, stop=stop, checkpoint=checkpoint)
            checkpoint = None
            run = changed(run, finished=(*run.record.finished, done))
    return changed(run, state="finished")


def _make_base(plan: TrainingPlan, folder: Path) -> None:
    """Writes the model to start from as `folder`."""
    from pedcorpus.models.gguf import convert_gguf
    from pedcorpus.training.build import make_tiny

    if plan.start.gguf is None:
        make_tiny(plan.export, plan.phases[0].recipe, folder)
    else:
        convert_gguf(plan.start.gguf, folder)
        check_fit(folder, [planned.recipe for planned in plan.phases])


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _hardware() -> dict[str, str]:
    import torch

    device = torch.cuda.get_device_name(0) if torch.cuda.is_available() else platform.processor() or platform.machine()
    return {
        "machine": platform.machine(),
        "processors": str(os.cpu_count()),
        "threads": str(torch.get_num_threads()),
        "device": device,
        "processes": str(this_process().count),
    }


def _say_nothing(progress: Progress) -> None:
    """For callers that did not ask."""
