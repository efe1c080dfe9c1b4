"""One phase from start to end: a model folder and a view in; a model or adapter folder, metrics and a curve out."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pedcorpus.errors import TrainingStopped
from pedcorpus.export import open_export
from pedcorpus.training.build import load_base, trainer_config, with_experts
from pedcorpus.training.checkpoints import CHECKPOINTS, Checkpoint
from pedcorpus.training.data_keys import MIXED
from pedcorpus.training.held_out import measured
from pedcorpus.training.metrics import MetricsFile, curves_of, losses, plot_losses
from pedcorpus.training.plan import PlannedPhase
from pedcorpus.training.preparing import kept_precision, light_tokenizer
from pedcorpus.training.processes import first_before_others, this_process, wait_for_all
from pedcorpus.training.progress import OnProgress
from pedcorpus.training.row_files import ROW_FILES, load_rows
from pedcorpus.training.runs import PhaseRecord
from pedcorpus.training.stopping import Stop

if TYPE_CHECKING:
    from transformers import Trainer

__all__ = ["run_phase"]


def run_phase(
    planned: PlannedPhase,
    *,
    start: Path,
    root: Path,
    on_progress: OnProgress,
    stop: Stop,
    checkpoint: Checkpoint | None = None,
) -> PhaseRecord:
    """Trains one phase from the model in `start`, or on from `checkpoint`, and writes `root/<phase>`.

    Raises:
        UsageError: the model, its tokenizer or the recipe do not fit one another.
        TrainingStopped: `stop` was asked for; what was done is kept in a checkpoint.
        TrainingHalted: it cannot go on; the message names the last good checkpoint.
    """
    from pedcorpus.models.mue import trainable_share

    began = time.monotonic()
    folder = root / planned.phase.id
    trainer = _trainer(planned, start, folder, stop, checkpoint)
    share = trainable_share(_model(trainer))
    _train(trainer, planned, folder, on_progress, checkpoint)
    if stop.is_asked and trainer.state.global_step < trainer.state.max_steps:
        raise TrainingStopped(f"{planned.phase.id} was stopped after step {trainer.state.global_step}")
    if planned.measures and not _is_just_measured(trainer, planned):
        trainer.evaluate()
    output = folder / ("adapter" if planned.phase.adapter else "model")
    _save(trainer, output)
    train = losses(folder / "metrics.jsonl")
    if trainer.is_world_process_zero():
        plot_losses(folder / "loss.png", title=planned.phase.title, curves=curves_of(folder / "metrics.jsonl"))
        if planned.phase.adapter and not _is_split(trainer):
            _tell_gates(trainer, planned, folder)
    record = PhaseRecord(
        phase=planned.phase.id,
        output=output.relative_to(root).as_posix(),
        adapter=planned.phase.adapter,
        rows=planned.rows,
        parts=dict(planned.mixture.parts),
        steps=trainer.state.global_step,
        first_loss=train[0][1] if train else None,
        last_loss=train[-1][1] if train else None,
        held_out=measured(folder / "metrics.jsonl", planned.held_out),
        trainable=share.trainable,
        parameters=share.total,
        seed=trainer.args.seed,
        seconds=round(time.monotonic() - began, 1),
    )
    wait_for_all()
    if trainer.is_world_process_zero():
        for needless in (CHECKPOINTS, ROW_FILES):  # the phase has its model
            shutil.rmtree(folder / needless, ignore_errors=True)
    return record


def _trainer(planned: PlannedPhase, start: Path, folder: Path, stop: Stop, checkpoint: Checkpoint | None) -> Trainer:
    from transformers import PrinterCallback, set_seed

    from pedcorpus.training.keeping import keeping

    config = trainer_config(planned, folder / CHECKPOINTS, resume_from=checkpoint.path if checkpoint else None)
    set_seed(config.seed)
    model, tokenizer = load_base(start, planned.recipe)
    trained: Any = with_experts(model, planned.recipe) if planned.phase.adapter else model
    with first_before_others():  # they find its files
        rows = _datasets(planned, folder / ROW_FILES)
    with light_tokenizer(tokenizer), kept_precision(trained):
        trainer: Trainer = keeping(_trainer_class(planned))(
            model=trained,
            args=config,
            processing_class=tokenizer,
            stop=stop,
            keep=planned.recipe.trainer.get("save_total_limit"),
            **rows,
            **_order(planned),
        )
    trainer.remove_callback(PrinterCallback)
    return trainer


def _trainer_class(planned: PlannedPhase) -> Any:
    if planned.phase.config == "DPOConfig":
        from pedcorpus.training.preference_trainer import PreferenceTrainer

        return PreferenceTrainer
    from pedcorpus.training.text_trainer import TextTrainer

    return TextTrainer


def _datasets(planned: PlannedPhase, folder: Path) -> dict[str, Any]:
    columns, mixture = planned.phase.columns, planned.mixture
    rows = np.arange(mixture.count) if mixture.rows is None else mixture.rows
    held_out = {
        name: load_rows(planned.evaluation, folder, columns=columns, rows=numbers)
        for name, numbers in planned.held_out.items()
        if planned.evaluation
    }
    return {
        "train_dataset": load_rows(planned.table, folder, columns=columns, rows=rows),
        "eval_dataset": held_out.get("", held_out) or None,
    }


def _order(planned: PlannedPhase) -> dict[str, Any]:
    schedule = planned.recipe.data.get("schedule", MIXED)
    if schedule == MIXED or planned.mixture.instructions is None:
        return {}
    from pedcorpus.training.text_trainer import Scheduled

    return {"order": Scheduled(schedule, planned.mixture.instructions, planned.mixture.seed)}


def _train(
    trainer: Trainer, planned: PlannedPhase, folder: Path, on_progress: OnProgress, checkpoint: Checkpoint | None
) -> None:
    from pedcorpus.training.boards import BOARD_FOLDER, board
    from pedcorpus.training.watch import watcher

    until = checkpoint.step if checkpoint else 0
    if trainer.is_world_process_zero():
        metrics = MetricsFile(folder / "metrics.jsonl", until=until)
        if planned.phase.adapter:
            from pedcorpus.training.gate_log import GATES_LOG, gate_log

            trainer.add_callback(gate_log(_model(trainer), folder / GATES_LOG, until=until))
        trainer.add_callback(board(folder / BOARD_FOLDER, until=until))
        trainer.add_callback(watcher(planned.phase.id, metrics, on_progress, tokens=lambda: _tokens(trainer)))
    trainer.train(resume_from_checkpoint=str(checkpoint.path) if checkpoint else None)


def _is_just_measured(trainer: Trainer, planned: PlannedPhase) -> bool:
    """Whether the model as it is now was measured already; every process of a run answers the same."""
    keys = {f"eval_{name}_loss" for name in planned.held_out}
    return any(keys & line.keys() and line["step"] == trainer.state.global_step for line in trainer.state.log_history)


def _tokens(trainer: Any) -> float:
    """Tokens trained on so far, as TRL counts them."""
    return float(trainer._total_train_tokens)


def _tell_gates(trainer: Trainer, planned: PlannedPhase, folder: Path) -> None:
    from pedcorpus.training.gate_map import write_gates

    export, tokenizer = open_export(planned.table.parent.parent, verify=False), trainer.processing_class
    args: Any = trainer.args  # TRL's
    write_gates(_model(trainer), tokenizer, export, folder, max_length=args.max_length)


def _model(trainer: Trainer) -> Any:  # a PreTrainedModel or a PeftModel, which share no type
    return trainer.accelerator.unwrap_model(trainer.model)


def _is_split(trainer: Trainer) -> bool:
    """Whether no process has the whole model, so that none can ask it anything alone."""
    return bool(trainer.is_fsdp_enabled or trainer.is_deepspeed_enabled)


def _save(trainer: Trainer, output: Path) -> None:
    """Writes model or adapter with its tokenizer; complete once the folder has its final name."""
    process = this_process()
    # whole from all processes' parts: each has to give its own
    weights = None if process.is_alone else trainer.accelerator.get_state_dict(trainer.model_wrapped)
    if process.is_first:
        draft = output.with_name(f".{output.name}")
        for earlier in (draft, output):  # of a run that ended while it wrote them
            shutil.rmtree(earlier, ignore_errors=True)
        _model(trainer).save_pretrained(draft, state_dict=weights)
        tokenizer: Any = trainer.processing_class
        tokenizer.save_pretrained(draft)
        draft.rename(output)
    wait_for_all()
