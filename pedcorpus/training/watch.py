# ruff: noqa: ARG002  # the callback's signatures are transformers'
"""The trainer's callback that writes metrics and tells progress. Imports transformers: import it late."""

from __future__ import annotations

from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from pedcorpus.training.metrics import MetricsFile
from pedcorpus.training.progress import OnProgress, Progress

__all__ = ["watcher"]


class _Watcher(TrainerCallback):
    def __init__(self, phase: str, metrics: MetricsFile, on_progress: OnProgress) -> None:
        self._phase, self._metrics, self._on_progress = phase, metrics, on_progress
        self._loss: float | None = None

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        self._tell(state)

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any) -> None:
        self._tell(state)

    def on_log(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        logs: dict[str, float] | None = None,
        **kwargs: Any,
    ) -> None:
        if logs and ("loss" in logs or "eval_loss" in logs):  # the last line of all has times and means only
            self._metrics.add(state.global_step, logs)
            self._loss = logs.get("loss", self._loss)

    def _tell(self, state: TrainerState) -> None:
        self._on_progress(Progress(self._phase, state.global_step, state.max_steps, self._loss))


def watcher(phase: str, metrics: MetricsFile, on_progress: OnProgress) -> TrainerCallback:
    """A callback for one phase's trainer."""
    return _Watcher(phase, metrics, on_progress)
