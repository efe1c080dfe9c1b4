"""Tokens a second of each phase beside the plainest TRL script that does the same, and how full packed steps are.

Each phase is trained twice from the same model on the same rows by the same settings, ours and the plain script's in
turn; what is compared is processor time between the first step and the last, of which medians are told. The export is
the sample shelf's. Run as:

    python -m benchmarks.train_phases [--times 3]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import torch
from datasets import Dataset
from transformers import AutoModelForCausalLM, AutoTokenizer, TrainerCallback
from trl import DPOConfig, DPOTrainer, SFTConfig, SFTTrainer

from benchmarks.figures import Figure, report
from pedcorpus import flow
from pedcorpus.models.quiet import quiet_libraries
from pedcorpus.settings import Workspace
from pedcorpus.shipped import shipped_folder
from pedcorpus.training import PHASES, PlannedPhase, Progress, plan_training, run_plan

_LEAST = 0.98
_FULL = 0.98
_STEPS = {"cpt": 30, "sft": 30, "dfpo": 10, "mue": 30}


class Watch(TrainerCallback):
    """Processor seconds between the end of the first step and the end of the last."""

    def __init__(self) -> None:
        self.began = self.ended = 0.0

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:  # noqa: ARG002  # transformers'
        """As transformers calls it."""
        self.at(state.global_step)

    def at(self, step: int) -> None:
        """A step has ended."""
        if step == 1:
            self.began = _now()
        self.ended = _now()

    @property
    def seconds(self) -> float:
        """What the steps but the first took."""
        return self.ended - self.began


def _now() -> float:
    if torch.cuda.is_available():
        torch.cuda.synchronize()
        return time.perf_counter()
    return time.process_time()


def plain(planned: PlannedPhase, model: Path, folder: Path) -> float:
    """The plainest script: TRL's trainer on the view, as its documentation shows."""
    settings = {key: value for key, value in planned.recipe.trainer.items() if not key.startswith("save_")}
    settings |= {"output_dir": str(folder), "save_strategy": "no", "report_to": "none", "disable_tqdm": True}
    rows = Dataset.from_parquet(str(planned.table), columns=list(planned.phase.columns), cache_dir=str(folder))
    rows = rows.select(range(planned.rows))
    base, tokenizer = AutoModelForCausalLM.from_pretrained(model), AutoTokenizer.from_pretrained(model)
    if planned.phase.adapter:
        from peft import get_peft_model

        from pedcorpus.models.mue import MueConfig

        base = get_peft_model(base, MueConfig(task_type="CAUSAL_LM", **planned.recipe.mue))
    config, trainer = (DPOConfig, DPOTrainer) if planned.phase.id == "dfpo" else (SFTConfig, SFTTrainer)
    watch = Watch()
    trainer(
        model=base,
        args=config(**settings),
        train_dataset=rows,
        processing_class=tokenizer,
        callbacks=[watch],
    ).train()
    return watch.seconds


def ours(export: Path, phase: str, model: Path, folder: Path, overrides: list[str]) -> float:
    """The same by `pedcorpus train`."""
    watch = Watch()

    def told(progress: Progress) -> None:
        if progress.step:
            watch.at(progress.step)

    plan = plan_training(export=export, runs=folder, phases=[phase], model=model, overrides=overrides)
    run_plan(plan, on_progress=told)
    return watch.seconds


def shelf_export(folder: Path) -> Path:
    """The sample shelf, ingested, accepted in bulk and exported."""
    workspace = Workspace.at(folder)
    flow.build(workspace, [shipped_folder("sources")])
    flow.accept_all(workspace, "bench")
    return flow.export(workspace, "v1").root


def figures(folder: Path, times: int) -> Iterator[Figure]:
    """Each phase, then packing."""
    export = shelf_export(folder / "workspace")
    first = run_plan(
        plan_training(export=export, runs=folder / "runs", phases=["cpt"], overrides=["cpt.trainer.max_steps=2"])
    )
    for phase in PHASES:
        overrides = [f"{phase}.trainer.max_steps={_STEPS[phase]}", f"{phase}.trainer.logging_steps=5"]
        overrides += [f"{phase}.trainer.save_strategy=no"]
        plan = plan_training(export=export, runs=folder, phases=[phase], model=first.model_path, overrides=overrides)
        (planned,) = plan.phases
        seconds: dict[str, list[float]] = {"ours": [], "plain": []}
        for turn in range(times):
            seconds["ours"].append(ours(export, phase, first.model_path, folder / "runs", overrides))
            with quiet_libraries():
                seconds["plain"].append(plain(planned, first.model_path, folder / f"plain-{phase}-{turn}"))
        mine, peer = (1 / median(seconds[name]) for name in ("ours", "plain"))
        yield Figure(f"{phase}: speed beside the plainest TRL script", mine, peer, _LEAST, unit="1/s")
    yield from packing(export, first.model_path, folder)


def packing(export: Path, model: Path, folder: Path) -> Iterator[Figure]:
    """Real tokens in a packed sequence, of those that it has room for."""
    tokenizer = AutoTokenizer.from_pretrained(model)
    for phase in ("cpt", "sft"):
        (planned,) = plan_training(export=export, runs=folder, phases=[phase], model=model).phases
        rows = Dataset.from_parquet(str(planned.table), cache_dir=str(folder / f"packing-{phase}"))
        config = SFTConfig(
            output_dir=str(folder / "packing"),
            report_to="none",
            **{key: value for key, value in planned.recipe.trainer.items() if not key.startswith("save_")},
        )
        trainer = SFTTrainer(
            model=AutoModelForCausalLM.from_pretrained(model),
            args=config,
            train_dataset=rows.select_columns(list(planned.phase.columns)),
            processing_class=tokenizer,
        )
        lengths = [len(row["input_ids"]) for row in trainer.train_dataset]
        room = len(lengths) * config.max_length
        yield Figure(f"{phase}: real tokens of a packed step's room", sum(lengths), room, _FULL, unit="tokens")


def main() -> int:
    """The figures, and 1 if a target was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        return report(figures(Path(folder), given.times))


if __name__ == "__main__":
    sys.exit(main())
