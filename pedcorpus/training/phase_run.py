"""One phase from start to end: a model folder and a view in; a model or adapter folder, metrics and a curve out."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pedcorpus.training.build import load_base, load_rows, trainer_config, with_experts
from pedcorpus.training.metrics import MetricsFile, losses, plot_losses
from pedcorpus.training.plan import PlannedPhase
from pedcorpus.training.progress import OnProgress
from pedcorpus.training.recipe import recipe_text
from pedcorpus.training.runs import PhaseRecord

if TYPE_CHECKING:
    from transformers import Trainer

__all__ = ["run_phase"]


def run_phase(planned: PlannedPhase, *, start: Path, root: Path, on_progress: OnProgress) -> PhaseRecord:
    """Trains one phase from the model in `start` and writes `root/<phase>`.

    Raises:
        UsageError: the model, its tokenizer or the recipe do not fit one another.
    """
    from pedcorpus.models.mue import trainable_share

    began = time.monotonic()
    folder = root / planned.phase.id
    folder.mkdir()
    (folder / "recipe.yaml").write_text(recipe_text(planned.recipe), encoding="utf-8")
    trainer = _trainer(planned, start, folder)
    share = trainable_share(_model(trainer))
    _train(trainer, planned, folder, on_progress)
    output = folder / ("adapter" if planned.phase.adapter else "model")
    _save(trainer, output)
    train = losses(folder / "metrics.jsonl")
    held_out = losses(folder / "metrics.jsonl", "eval_loss")
    plot_losses(folder / "loss.png", title=planned.phase.title, train=train, held_out=held_out)
    return PhaseRecord(
        phase=planned.phase.id,
        output=output.relative_to(root).as_posix(),
        adapter=planned.phase.adapter,
        rows=planned.rows,
        steps=trainer.state.global_step,
        first_loss=train[0][1] if train else None,
        last_loss=train[-1][1] if train else None,
        trainable=share.trainable,
        parameters=share.total,
        seed=trainer.args.seed,
        seconds=round(time.monotonic() - began, 1),
    )


def _trainer(planned: PlannedPhase, start: Path, folder: Path) -> Trainer:
    from transformers import PrinterCallback, set_seed
    from trl.trainer.dpo_trainer import DPOTrainer
    from trl.trainer.sft_trainer import SFTTrainer

    config = trainer_config(planned, folder / "checkpoints")
    set_seed(config.seed)
    model, tokenizer = load_base(start, planned.recipe)
    trainer_class: Any = DPOTrainer if planned.phase.config == "DPOConfig" else SFTTrainer
    trainer: Trainer = trainer_class(
        model=with_experts(model, planned.recipe) if planned.phase.adapter else model,
        args=config,
        train_dataset=load_rows(planned.table, planned, limit=planned.rows),
        eval_dataset=load_rows(planned.evaluation, planned, limit=None) if planned.evaluation else None,
        processing_class=tokenizer,
    )
    trainer.remove_callback(PrinterCallback)
    return trainer


def _train(trainer: Trainer, planned: PlannedPhase, folder: Path, on_progress: OnProgress) -> None:
    from pedcorpus.training.watch import watcher

    trainer.add_callback(watcher(planned.phase.id, MetricsFile(folder / "metrics.jsonl"), on_progress))
    trainer.train()


def _model(trainer: Trainer) -> Any:  # a PreTrainedModel or a PeftModel, which share no type
    return trainer.accelerator.unwrap_model(trainer.model)


def _save(trainer: Trainer, output: Path) -> None:
    """Writes model or adapter with its tokenizer; complete once the folder has its final name."""
    draft = output.with_name(f".{output.name}")
    _model(trainer).save_pretrained(draft)
    tokenizer: Any = trainer.processing_class
    tokenizer.save_pretrained(draft)
    draft.rename(output)
    checkpoints = Path(str(trainer.args.output_dir))
    if checkpoints.is_dir() and not any(checkpoints.iterdir()):
        shutil.rmtree(checkpoints)
