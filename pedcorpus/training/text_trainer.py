"""TRL's fine-tuning trainer for text: text and instructions by a schedule, and held-out losses by the token.

Imports torch when called.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from datasets import Dataset, concatenate_datasets
from numpy.typing import NDArray
from trl.trainer.sft_trainer import SFTTrainer

from pedcorpus.training.schedule import scheduled

if TYPE_CHECKING:
    from transformers.trainer_utils import EvalLoopOutput

__all__ = ["Scheduled", "TextTrainer"]


@dataclass(frozen=True)
class Scheduled:
    """How text and instructions follow one another."""

    schedule: str
    instructions: NDArray[np.bool_]
    """Which rows of the training set are instructions."""
    seed: int


class TextTrainer(SFTTrainer):
    """SFTTrainer whose training set may be in an order of its own, and whose held-out loss is the mean over tokens."""

    def __init__(self, *args: Any, order: Scheduled | None = None, **kwargs: Any) -> None:
        self._order = order
        self._held_out = torch.zeros(2, dtype=torch.float64)
        super().__init__(*args, **kwargs)

    def _prepare_dataset(
        self,
        dataset: Any,
        processing_class: Any,
        args: Any,
        packing: bool,
        formatting_func: Any,
        dataset_name: str,
    ) -> Any:  # TRL's signature
        prepare = partial(
            super()._prepare_dataset,
            processing_class=processing_class,
            args=args,
            packing=packing,
            formatting_func=formatting_func,
            dataset_name=dataset_name,
        )
        return _in_order(dataset, self._order, args, prepare) if dataset_name == "train" else prepare(dataset)

    def compute_loss(self, model: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        result = super().compute_loss(model, inputs, *args, **kwargs)  # type: ignore[no-untyped-call]  # TRL's
        if not model.training:
            loss = result[0] if isinstance(result, tuple) else result
            tokens = (inputs["labels"][..., 1:] != -100).sum()
            self._held_out += torch.stack([loss * tokens, tokens]).double().cpu()
        return result

    def evaluation_loop(
        self,
        dataloader: Any,
        description: str,
        prediction_loss_only: bool | None = None,
        ignore_keys: list[str] | None = None,
        metric_key_prefix: str = "eval",
    ) -> EvalLoopOutput:
        """With the mean over all tokens as the loss, where transformers has the mean of batches, and its perplexity."""
        self._held_out.zero_()
        output = super().evaluation_loop(dataloader, description, prediction_loss_only, ignore_keys, metric_key_prefix)
        total, tokens = self.accelerator.reduce(self._held_out.to(self.args.device), "sum").tolist()
        loss = total / tokens if tokens else math.nan
        told = {f"{metric_key_prefix}_loss": loss, f"{metric_key_prefix}_perplexity": _perplexity(loss)}
        return output._replace(metrics={**(output.metrics or {}), **told})


def _in_order(dataset: Dataset, order: Scheduled | None, args: Any, prepare: Callable[[Dataset], Dataset]) -> Dataset:
    """Text and instructions made ready, and so packed, apart, and the whole of the training as one pass over them."""
    if order is None:
        return prepare(dataset)
    sides = [(kind, np.flatnonzero(order.instructions == kind)) for kind in (False, True)]
    ready = [(kind, prepare(dataset.select(rows))) for kind, rows in sides if len(rows)]
    together = concatenate_datasets([side for _, side in ready])
    are_instructions = np.repeat([kind for kind, _ in ready], [len(side) for _, side in ready])
    step = args.train_batch_size * args.gradient_accumulation_steps * args.world_size
    total = args.max_steps * step if args.max_steps > 0 else int(len(together) * args.num_train_epochs)
    args.num_train_epochs, args.train_sampling_strategy = 1, "sequential"
    return together.select(scheduled(are_instructions, total, schedule=order.schedule, seed=order.seed))


def _perplexity(loss: float) -> float:
    return math.exp(loss) if loss < 700 else math.inf  # the greatest that a float can tell
