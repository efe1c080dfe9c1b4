# ruff: noqa: ARG002  # the callback's signatures are transformers'
"""How a mixture's routers share tokens out: in the log while it is trained. Imports torch: import it late."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import fmean
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from pedcorpus.models.mue import GateWatch, LayerGates
from pedcorpus.training.metrics import keep_steps

__all__ = ["GATES_LOG", "gate_log"]

GATES_LOG = "gates.jsonl"


class _GateLog(TrainerCallback):
    """Watches the step before each line of the log; the steps between cost nothing."""

    def __init__(self, watch: GateWatch, path: Path) -> None:
        self._watch, self._path = watch, path

    def on_step_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        if state.logging_steps and (state.global_step + 1) % state.logging_steps == 0:
            self._watch.begin()

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any) -> None:
        self._watch.end()

    def on_log(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        logs: dict[str, float] | None = None,
        **kwargs: Any,
    ) -> None:
        layers = self._watch.taken()
        if logs is None or "loss" not in logs or not layers:
            return
        logs |= _means(layers)
        told = {name: gates.told() for name, gates in layers.items()}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"step": state.global_step, "layers": told}) + "\n")


def _means(layers: dict[str, LayerGates]) -> dict[str, float]:
    """Over layers: each expert's share, how evenly they are asked, and how evenly the least even layer asks them."""
    shares = [gates.share for gates in layers.values()]
    means = {f"gates/expert_{number}": fmean(each) for number, each in enumerate(zip(*shares, strict=True), 1)}
    evenness = [min(share) * len(share) for share in shares]  # 1: all alike; 0: one is never asked
    return means | {
        "gates/entropy": fmean(gates.entropy for gates in layers.values()),
        "gates/balance": fmean(evenness),
        "gates/balance_least": min(evenness),
    }


def gate_log(model: Any, path: Path, *, until: int = 0) -> TrainerCallback:
    """A callback that adds gates to the log, and each layer's to `path`, where the first `until` steps are kept."""
    keep_steps(path, until=until)
    return _GateLog(GateWatch(model), path)
