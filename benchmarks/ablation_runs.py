"""The runs that the ablation compares: each model through all four phases, once for each seed; kept, never redone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pedcorpus import flow
from pedcorpus.llm.local import shipped_model
from pedcorpus.settings import Workspace
from pedcorpus.shipped import shipped_folder
from pedcorpus.training import PHASES, Run, find_run, plan_training, run_plan

__all__ = ["MODELS", "Subject", "runs", "shelf"]


@dataclass(frozen=True)
class Subject:
    """A model that goes through the phases."""

    name: str
    title: str
    overrides: tuple[str, ...]
    """What differs from the recipes for a CPU."""
    max_new_tokens: int
    limit: int | None
    """Questions of each task; none asks all."""

    @property
    def model(self) -> Path | None:
        """What the first phase starts from; none makes a tiny model of random weights from the export."""
        return shipped_model() if self.name == "gemma" else None


_STEPS = {"cpt": 30, "sft": 70, "dfpo": 15, "mue": 35}
"""Of five to eight seconds each on two cores."""
_RATES = {"cpt": 5e-5, "sft": 5e-5, "dfpo": 1e-5, "mue": 1e-3}
_ROWS = {"cpt": 1, "sft": 1, "dfpo": 2, "mue": 1}

_GEMMA = (
    *(f"{phase}.trainer.max_steps={steps}" for phase, steps in _STEPS.items()),
    *(f"{phase}.trainer.learning_rate={rate}" for phase, rate in _RATES.items()),
    *(f"{phase}.trainer.per_device_train_batch_size={rows}" for phase, rows in _ROWS.items()),
    *(f"{phase}.trainer.warmup_steps=2" for phase in PHASES),
    *(f"{phase}.trainer.save_strategy=no" for phase in PHASES),
    "dfpo.trainer.max_length=256",
    f"dfpo.data.max_rows={_STEPS['dfpo'] * _ROWS['dfpo']}",
    "cpt.data.eval_rows=8",
)

MODELS = {
    "tiny": Subject("tiny", "the recipes' tiny model, of random weights (4 layers, 128 wide)", (), 256, None),
    "gemma": Subject(
        "gemma", "Gemma 3 270M, a base model, from a GGUF file of 4 bits a weight, in float32", _GEMMA, 96, 20
    ),
}


def shelf(folder: Path) -> Workspace:
    """A workspace with the sample shelf's export, made where it is missing."""
    workspace = Workspace.at(folder)
    if not (workspace.exports / "v1" / "manifest.json").is_file():
        flow.build(workspace, [shipped_folder("sources")])
        flow.accept_all(workspace, "ablation")
        flow.export(workspace, "v1")
    return workspace


def runs(workspace: Workspace, subject: Subject, seeds: Sequence[int]) -> Iterator[tuple[int, Run]]:
    """The run of each seed."""
    book = workspace.root / f"{subject.name}.json"
    known: dict[str, str] = json.loads(book.read_text("utf-8")) if book.is_file() else {}
    for seed in seeds:
        if str(seed) not in known:
            run = _trained(workspace, subject, seed)
            known[str(seed)] = run.record.id
            book.write_text(json.dumps(known), "utf-8")
        yield seed, find_run(workspace.runs, known[str(seed)])


def _trained(workspace: Workspace, subject: Subject, seed: int) -> Run:
    overrides = [*subject.overrides, f"trainer.seed={seed}"]
    if subject.model is None:
        overrides.append(f"tiny.seed={seed}")
    plan = plan_training(
        export=workspace.exports / "v1",
        runs=workspace.runs,
        phases=tuple(PHASES),
        model=subject.model,
        overrides=overrides,
    )
    return run_plan(plan)
