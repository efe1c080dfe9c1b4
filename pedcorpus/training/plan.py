"""What a training run would do, with everything checked that can be before the first step, without torch."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pedcorpus.errors import UsageError
from pedcorpus.export import Export, open_export
from pedcorpus.models.tiny import TinyShape
from pedcorpus.training.checkpoints import Checkpoint
from pedcorpus.training.drawing import Numbers
from pedcorpus.training.fit import check_fit, check_lengths
from pedcorpus.training.held_out import held_out_rows
from pedcorpus.training.mixture import Mixture, mixture_of
from pedcorpus.training.phase import PHASES, Phase, chosen_phases
from pedcorpus.training.processes import this_process
from pedcorpus.training.recipe import Recipe, load_recipes
from pedcorpus.training.runs import Run
from pedcorpus.training.start import Start, find_start

__all__ = ["PlannedPhase", "TrainingPlan", "plan_training", "planned_phase"]


@dataclass(frozen=True)
class PlannedPhase:
    """One phase that will be run."""

    phase: Phase
    recipe: Recipe
    table: Path
    """Parquet file of the rows to train on."""
    evaluation: Path | None
    """Parquet file of the rows to evaluate on; where the recipe asks for evaluation, and always where there is one for
    `cpt`."""
    mixture: Mixture
    held_out: Mapping[str, Numbers] = field(default_factory=dict)
    """Numbers of the rows to evaluate on, apart by what they are; all together have no name."""

    @property
    def rows(self) -> int:
        """How many rows are trained on in a pass."""
        return self.mixture.count

    @property
    def measures(self) -> bool:
        """Whether it is measured on what is held out at its start and its end, whatever the recipe asks besides."""
        return self.phase.id == "cpt" and bool(self.held_out)

    @property
    def steps(self) -> int | None:
        """Optimiser steps; none where packing decides how many."""
        trainer = self.recipe.trainer
        limit = int(trainer.get("max_steps", -1))
        if limit > 0:
            return limit
        if trainer.get("packing"):
            return None
        # TRL's own defaults where the recipe is silent
        batch, joined = (
            int(trainer.get("per_device_train_batch_size", 8)),
            trainer.get("gradient_accumulation_steps", 1),
        )
        per_epoch = math.ceil(math.ceil(self.rows / batch) / int(joined))
        return math.ceil(per_epoch * float(trainer.get("num_train_epochs", 3)))


@dataclass(frozen=True)
class TrainingPlan:
    """A run whose settings, export, views and start have been checked."""

    export: Export
    runs: Path
    start: Start
    phases: tuple[PlannedPhase, ...]
    resumed: Run | None = None
    """Run to go on with; none begins one."""
    checkpoint: Checkpoint | None = None
    """Where the first of its phases goes on; none begins it anew."""


def plan_training(
    *,
    export: Path,
    runs: Path,
    phases: Sequence[str] = tuple(PHASES),
    model: str | Path | None = None,
    recipe: str | Path | None = None,
    overrides: Sequence[str] = (),
) -> TrainingPlan:
    """The run that `train` would do.

    Args:
        export: folder of a finished export.
        runs: folder of all runs.
        phases: ids; run in the road's order.
        model: folder of a Hugging Face causal language model or of a run to go on from, a GGUF file, or a name on the
            Hugging Face Hub, of which only the weights are left to be fetched. None: a road that does not begin with
            the first phase goes on from the newest run that has finished an earlier one; any other starts from a tiny
            model made from the export.
        recipe: a recipe, a folder of them or the name of a shipped set, to use instead of those for a CPU.
        overrides: `[phase.]section.key=value`.

    Raises:
        UsageError: an unknown phase, a missing model, recipe or view; a model that the recipes do not fit.
        SettingsError: a wrong recipe or override.
        ExportError: the export does not hold what its manifest says.
    """
    chosen = chosen_phases(phases)
    recipes = load_recipes(chosen, source=recipe, overrides=overrides)
    opened = open_export(export, verify=this_process().is_first)  # of several the first one sees for all
    planned = tuple(planned_phase(opened, phase, recipes[phase.id]) for phase in chosen)
    start = find_start(model, runs, chosen[0])
    _check_start(start, planned)
    return TrainingPlan(export=opened, runs=runs, start=start, phases=planned)


def _check_start(start: Start, phases: Sequence[PlannedPhase]) -> None:
    recipes = [planned.recipe for planned in phases]
    if start.model is not None:
        check_fit(start.model, recipes)
    elif start.gguf is None:  # that is checked once it is converted
        check_lengths(TinyShape(**recipes[0].tiny).max_position_embeddings, recipes)


def planned_phase(export: Export, phase: Phase, recipe: Recipe) -> PlannedPhase:
    """A phase with the tables that it reads.

    Raises:
        UsageError: the export does not hold them, or the recipe's `data` names what they are not or lets none through.
    """
    table = export.view_file(phase.view, "train")
    if table is None:
        raise UsageError(_missing_view(export, phase))
    evaluation = _evaluation(export, phase, recipe)
    held_out = held_out_rows(export, phase, recipe) if evaluation else {}
    known = export.manifest.files[table.relative_to(export.root).as_posix()].rows or 0
    return PlannedPhase(phase, recipe, table, evaluation, mixture_of(export, phase, recipe, known=known), held_out)


def _evaluation(export: Export, phase: Phase, recipe: Recipe) -> Path | None:
    found = export.view_file(phase.view, "validation")
    is_asked = recipe.trainer.get("eval_strategy", "no") != "no"
    if is_asked and found is None:
        raise UsageError(
            f"{export.root}: has no {phase.view}/validation.parquet to evaluate on; "
            f"set {phase.id}.trainer.eval_strategy=no, or export with a larger validation share"
        )
    return found if is_asked or phase.id == "cpt" else None


def _missing_view(export: Export, phase: Phase) -> str:
    if phase.id == "dfpo":
        return (
            f"{export.root}: holds no preference pairs (dfpo/train.parquet); `pedcorpus export` makes one of each "
            "accepted instruction that has a neighbouring disease: accept more and export anew, or leave dfpo out"
        )
    return f"{export.root}: holds no {phase.view}/train.parquet to train {phase.id} on; export more, or leave it out"
