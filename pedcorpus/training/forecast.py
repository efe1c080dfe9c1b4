"""What a planned run would read, take and need, phase by phase, told before anything is loaded."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pedcorpus.training.extent import Extent, extent_of
from pedcorpus.training.fit import start_shape
from pedcorpus.training.memory import Memory, memory_of, trained_parameters
from pedcorpus.training.needs import missing_needs
from pedcorpus.training.plan import PlannedPhase, TrainingPlan

__all__ = ["Forecast", "forecast"]


@dataclass(frozen=True)
class Forecast:
    """One phase that would be run."""

    planned: PlannedPhase
    extent: Extent
    parameters: int | None
    """Of the model, an adapter's included; none where no config.json tells its sizes."""
    trained: int | None
    memory: Memory | None
    """Of each device."""
    missing: tuple[str, ...]
    """What its recipe needs and is not installed."""

    def to_json(self) -> dict[str, Any]:
        """As `pedcorpus train --dry-run --json` prints it."""
        recipe = asdict(self.planned.recipe)
        return {
            "phase": self.planned.phase.id,
            "rows": self.planned.rows,
            **asdict(self.extent),
            "parameters": self.parameters,
            "trained": self.trained,
            "memory_bytes": {**asdict(self.memory), "total": self.memory.total} if self.memory else None,
            "missing": list(self.missing),
            "recipe": {key: value for key, value in recipe.items() if value},
        }


def forecast(plan: TrainingPlan, *, processes: int = 1) -> list[Forecast]:
    """What each phase of `plan` would take in `processes` together; reads no weights, and loads no torch."""
    model = _model(plan)
    is_known = model is not None or plan.start.gguf is None
    shape = start_shape(model, plan.phases[0].recipe) if is_known else None
    told = []
    for planned in plan.phases:
        trained = trained_parameters(planned, shape) if shape else None
        whole = shape.parameters + (trained or 0 if planned.phase.adapter else 0) if shape else None
        told.append(
            Forecast(
                planned=planned,
                extent=extent_of(planned, tokenizer=model, processes=processes),
                parameters=whole,
                trained=trained,
                memory=memory_of(planned, shape, processes=processes) if shape else None,
                missing=tuple(missing_needs(planned.recipe)),
            )
        )
    return told


def _model(plan: TrainingPlan) -> Path | None:
    """Folder of what the first phase starts from; none where it is not made yet."""
    if plan.resumed is not None and plan.resumed.model_path.is_dir():
        return plan.resumed.model_path
    return plan.start.model
