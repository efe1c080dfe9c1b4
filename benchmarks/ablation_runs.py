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


_GEMMA = (
    *(
        f"{phase}.trainer.{key}={value}"
        for phase, key, value in (
            ("cpt", "max_steps", 40),
            ("sft", "max_steps", 60),
            ("dfpo", "max_steps", 15),
            ("mue", "max_steps", 40),
            ("cpt", "learning_rate", 5e-5),
            ("sft", "learning_rate", 5e-5),
            ("dfpo", "learning_rate", 1e-5),
            ("mue", "learning_rate", 1e-3),
            ("dfpo", "max_length", 256),
        )
    ),
    *(f"{phase}.trainer.per_device_train_batch_size=1" for phase in ("cpt", "sft", "mue")),
    "dfpo.trainer.per_device_train_batch_size=2",
    "dfpo.data.max_rows=30",
    "cpt.data.eval_rows=8",
    *(f"{phase}.trainer.save_strategy=no" for phase in PHASES),
)  # a step takes three to five seconds on two cores, so that three seeds take about an hour

MODELS = {
    "tiny": Subject("tiny", "the recipes' tiny model, of random weights (4 layers, 128 wide)", (), 256, None),
    "gemma": Subject(
        "gemma", "Gemma 3 270M, a base model, from a GGUF file of 4 bits a weight, in float32", _GEMMA, 96, 24
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
