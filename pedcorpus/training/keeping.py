# ruff: noqa: ARG002  # the callback's signatures are transformers'
"""A trainer that can be stopped and gone on with to the last digit. Imports torch when called.

transformers keeps weights, optimiser, scheduler and random numbers in a checkpoint, but not what it and TRL gather
between two lines of the log; with that kept, too, an interrupted run logs what it would have logged. A checkpoint of
weights that are no numbers any more is never made.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from transformers import Trainer, TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from pedcorpus.errors import TrainingDiverged, TrainingHalted
from pedcorpus.training.checkpoints import checkpoints, drop_older, mark_whole
from pedcorpus.training.stopping import Stop

__all__ = ["keeping"]

_GATHERED = "gathered-{}.pt"
"""What a process has gathered since the last line of the log, by its rank."""


def keeping(trainer_class: type[Trainer]) -> Any:  # a class of its own, which takes `stop` and `keep` besides
    """`trainer_class`, with checkpoints that are whole or none, of which `keep` stay; it ends where `stop` asks."""

    class Keeping(trainer_class):  # type: ignore[misc, valid-type]  # a class that is known at run time only
        def __init__(self, *args: Any, stop: Stop, keep: int | None, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.keep = keep
            self.add_callback(_Stepping(self, stop))

        def _save_checkpoint(self, model: Any, trial: Any) -> None:
            folder = Path(self.args.output_dir)
            path = folder / f"checkpoint-{self.state.global_step}"
            _refuse_no_numbers(self)
            try:
                super()._save_checkpoint(model, trial)
                torch.save(_gathered(self), path / _GATHERED.format(self.args.process_index))
                self.accelerator.wait_for_everyone()
                if self.args.should_save:
                    mark_whole(path, self.state.global_step)
                    best = self.state.best_model_checkpoint
                    drop_older(folder, keep=self.keep, besides=Path(best) if best else None)
            except (OSError, RuntimeError, SafetensorError) as error:  # each library tells of a full disk in its way
                raise TrainingHalted(
                    f"step {self.state.global_step} could not be kept: {_first_line(error)}; {last_good(folder)}"
                ) from error

    return Keeping


class _Stepping(TrainerCallback):
    """Brings back what was gathered, watches for numbers that are none, and ends where it was asked to."""

    def __init__(self, trainer: Any, stop: Stop) -> None:
        self._trainer, self._stop = trainer, stop

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        path = Path(str(args.resume_from_checkpoint or "")) / _GATHERED.format(args.process_index)
        if args.resume_from_checkpoint and path.exists():
            _bring_back(self._trainer, torch.load(path, weights_only=True, map_location="cpu"))
        self._stop.is_stepping = True

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any) -> None:
        if _any(self._trainer, self._stop.is_asked):  # every process has to stop at the same step
            self._stop.is_asked = True
            control.should_save = control.should_training_stop = True

    def on_log(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        logs: dict[str, float] | None = None,
        **kwargs: Any,
    ) -> None:
        loss = (logs or {}).get("loss")
        if loss is not None and loss - loss != 0:  # neither a number nor finite
            raise _diverged(self._trainer)

    def on_train_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        self._stop.is_stepping = False


def last_good(folder: Path) -> str:
    """Which checkpoint of `folder` is the last one, as the end of a sentence."""
    whole = checkpoints(folder)
    return f"the last good checkpoint is {whole[-1].path}" if whole else "there is no checkpoint yet"


def _any(trainer: Any, mine: bool) -> bool:
    """Whether it is so in any process; all get the same answer."""
    if trainer.args.world_size == 1:
        return mine
    told = torch.tensor([float(mine)], device=trainer.args.device)
    return bool(trainer.accelerator.reduce(told, "sum").item())


def _gathered(trainer: Any) -> dict[str, Any]:
    return {
        "tr_loss": trainer._tr_loss.detach().cpu(),
        "total_loss_scalar": trainer._total_loss_scalar,
        "globalstep_last_logged": trainer._globalstep_last_logged,
        "metrics": {mode: dict(values) for mode, values in trainer._metrics.items()},
        "total_train_tokens": trainer._total_train_tokens,
    }


def _bring_back(trainer: Any, kept: dict[str, Any]) -> None:
    trainer._tr_loss = kept["tr_loss"].to(trainer.args.device)
    trainer._total_loss_scalar = kept["total_loss_scalar"]
    trainer._globalstep_last_logged = kept["globalstep_last_logged"]
    trainer._metrics = {mode: defaultdict(list, values) for mode, values in kept["metrics"].items()}
    trainer._total_train_tokens = kept["total_train_tokens"]


def _refuse_no_numbers(trainer: Any) -> None:
    weights = (_own_part(each) for each in trainer.model.parameters() if each.requires_grad)
    sound = bool(torch.isfinite(trainer._tr_loss)) and all(bool(torch.isfinite(each).all()) for each in weights)
    if _any(trainer, not sound):
        raise _diverged(trainer)


def _own_part(weight: torch.Tensor) -> torch.Tensor:
    """This process's part of a weight that is split among processes, else all of it."""
    local = getattr(weight, "to_local", None)
    return local() if local else weight


def _diverged(trainer: Any) -> TrainingDiverged:
    folder = Path(trainer.args.output_dir)
    return TrainingDiverged(
        f"loss or weights are no numbers any more at step {trainer.state.global_step}; {last_good(folder)}: lower "
        "trainer.learning_rate or trainer.max_grad_norm, and start from it with --model"
    )


def _first_line(error: BaseException) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
