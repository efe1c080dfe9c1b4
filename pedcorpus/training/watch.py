# ruff: noqa: ARG002  # the callback's signatures are transformers'
"""The trainer's callback that writes metrics and tells progress. Imports transformers: import it late."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from pedcorpus.training.metrics import MetricsFile
from pedcorpus.training.progress import OnProgress, Progress

__all__ = ["watcher"]

_STEPS = 20
"""The pace told is that of so many steps: it does not jump, and follows when something else slows the machine."""


class _Watcher(TrainerCallback):
    def __init__(
        self, phase: str, metrics: MetricsFile, on_progress: OnProgress, *, tokens: Callable[[], float]
    ) -> None:
        self._phase, self._metrics, self._on_progress = phase, metrics, on_progress
        self._loss: float | None = None
        self._tokens = tokens
        self._pace: deque[tuple[float, float]] = deque(maxlen=_STEPS)

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
        if logs and any(key == "loss" or key.endswith("_loss") for key in logs if key != "train_loss"):
            self._metrics.add(state.global_step, logs)
            self._loss = logs.get("loss", self._loss)

    def _tell(self, state: TrainerState) -> None:
        self._pace.append((time.monotonic(), self._tokens()))
        told = Progress(self._phase, state.global_step, state.max_steps, self._loss, _pace(self._pace))
        self._on_progress(told)


def _pace(moments: Sequence[tuple[float, float]]) -> float | None:
    """Tokens a second between the first and the last of `moments`."""
    (began, before), (ended, after) = moments[0], moments[-1]
    return (after - before) / (ended - began) if ended > began and after > before else None


def watcher(
    phase: str, metrics: MetricsFile, on_progress: OnProgress, *, tokens: Callable[[], float]
) -> TrainerCallback:
    """A callback for one phase's trainer, which has trained on so many `tokens` up to now."""
    return _Watcher(phase, metrics, on_progress, tokens=tokens)
